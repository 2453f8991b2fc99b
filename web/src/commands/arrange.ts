// Commands that put things elsewhere by their place: move and resize. Know no pointer.

import type { Writer } from "../model/board.ts";
import { corner, middle, minus, plus, whole } from "../model/rects.ts";
import { isContainer, REACH } from "../model/schema.ts";
import type { Item, ObjectId, Point, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf, Direction, MoveArgs } from "./arguments.ts";
import { containerFor, takes } from "./containers.ts";
import { orderAtEnd, orderByPlace } from "./ordering.ts";
import { all, command, items, mayAll, measuredFrom, nameOf, no, OK, snapIntoLane, theItem } from "./support.ts";
import type { Context, Permission } from "./types.ts";

/** How far one press of an arrow key moves a thing that was picked up. */
export function nudge(direction: Direction, far: boolean): Point {
  const by = far ? 80 : 8;
  if (direction === "left") return [-by, 0];
  if (direction === "right") return [by, 0];
  return direction === "up" ? [0, -by] : [0, by];
}

/** What moves by itself: not what stands in, or is pinned to, something that moves too. */
export function movers(snapshot: Snapshot, chosen: readonly Item[]): Item[] {
  const ids = new Set(chosen.map((item) => item.id));
  return chosen.filter((item) => {
    const seen = new Set<ObjectId>([item.id]);
    const above = (id: ObjectId) => snapshot.pinOf(id)?.to ?? snapshot.items.get(id)?.parent ?? null;
    for (let id = above(item.id); id !== null && !seen.has(id); id = above(id)) {
      if (ids.has(id)) return false;
      seen.add(id);
    }
    return true;
  });
}

function canMove(context: Context, args: MoveArgs = {}): Permission {
  const chosen = movers(context.snapshot, items(context, args.ids));
  const { into } = args;
  const fits = into === undefined || chosen.every((item) => takes(context.snapshot, into, item));
  const told = args.by !== undefined || (args.to !== undefined && chosen.length === 1);
  const pins = chosen.flatMap((item) => context.snapshot.pinOf(item.id)?.id ?? []);
  return all(mayAll(context, "move", [...chosen.map((item) => item.id), ...pins]), fits && told ? OK : no("notHere"));
}

function move(context: Context, args: MoveArgs = {}): void {
  const { snapshot, board } = context;
  const chosen = movers(snapshot, items(context, args.ids));
  const lanes = new Set<ObjectId | null>();
  board.write((writer) => {
    for (const item of chosen) {
      const rect = snapshot.rect(item.id);
      if (rect === undefined) continue;
      const at = whole(args.to ?? plus(corner(rect), args.by ?? [0, 0]), REACH);
      lanes.add(put(context, writer, item, { ...rect, x: at[0], y: at[1] }, args.into));
    }
  });
  tell(context, chosen, lanes);
}

/** Puts one item there; the answer is its container. */
export function put(
  { snapshot }: Context,
  writer: Writer,
  item: Item,
  rect: Rect,
  into?: ObjectId | null,
): ObjectId | null {
  const pin = snapshot.pinOf(item.id);
  const carrier = pin === undefined ? undefined : snapshot.rect(pin.to);
  if (pin !== undefined && carrier !== undefined && into === undefined) {
    writer.set(pin.id, { offset: whole(minus(corner(rect), corner(carrier)), REACH) });
    return item.parent;
  }
  if (pin !== undefined) writer.remove(pin.id);
  const lane = intoFor(snapshot, item, rect, into);
  const free = measuredFrom(snapshot, lane?.id ?? null, corner(rect));
  if (lane === undefined) {
    const order = item.parent === null ? {} : { order: orderAtEnd(snapshot, null) };
    writer.set(item.id, { parent: null, at: free, ...order });
    return null;
  }
  const entering = item.parent !== lane.id;
  const isStep = item.kind === "step" && lane.kind === "lane";
  const at = isStep ? snapIntoLane(lane.size, item.size, free, entering) : free;
  const order = isStep
    ? orderByPlace(snapshot, lane.id, item, at[0])
    : entering
      ? orderAtEnd(snapshot, lane.id)
      : undefined;
  writer.set(item.id, { parent: lane.id, at, ...(order === undefined ? {} : { order }) });
  return lane.id;
}

function intoFor(snapshot: Snapshot, item: Item, rect: Rect, into?: ObjectId | null): Item | undefined {
  if (into === null) return undefined;
  return into === undefined ? containerFor(snapshot, middle(rect), item.kind, item.id) : snapshot.items.get(into);
}

const MOVED = {
  lane: ["said.movedTo", "said.movedManyTo"],
  frame: ["said.movedToFrame", "said.movedManyToFrame"],
  group: ["said.movedToGroup", "said.movedManyToGroup"],
} as const;

export function tell({ snapshot, view }: Context, moved: readonly Item[], lanes: ReadonlySet<ObjectId | null>): void {
  const [first] = moved;
  if (first === undefined) return;
  const count = moved.length;
  const [lane] = lanes;
  const sameLane =
    lanes.size === 1 && lane !== undefined && moved.some((item) => item.parent !== lane || item.unplaced);
  const name = nameOf(first);
  if (sameLane && lane !== null) {
    const container = snapshot.items.get(lane);
    const to = nameOf(container);
    const [one, many] = MOVED[container !== undefined && isContainer(container.kind) ? container.kind : "lane"];
    if (count === 1) view.announce(one, { name, lane: to });
    else view.announce(many, { count, lane: to });
  } else if (sameLane && moved.every((item) => item.parent !== null)) {
    if (count === 1) view.announce("said.movedOut", { name });
    else view.announce("said.movedManyOut", { count });
  } else if (count === 1) view.announce("said.moved", { name });
  else view.announce("said.movedMany", { count });
}

function canResize(context: Context, args: ArgsOf<"item.resize"> = {}): Permission {
  const item = theItem(context, args.id);
  if (item === undefined) return no("nothingSelected");
  return all(context.permissions.may("move", item.id), args.size === undefined ? no("notHere") : OK);
}

/** Nothing gets smaller than what can still be hit with a finger. */
const LEAST = 24;

function resize(context: Context, args: ArgsOf<"item.resize"> = {}): void {
  const { snapshot, board, view } = context;
  const item = theItem(context, args.id);
  const rect = item === undefined ? undefined : snapshot.rect(item.id);
  const { size } = args;
  if (item === undefined || rect === undefined || size === undefined) return;
  const fit = whole([Math.max(LEAST, size[0]), Math.max(LEAST, size[1])], REACH);
  board.write((writer) => {
    writer.set(item.id, { size: fit });
    if (args.at === undefined) return;
    const pin = snapshot.pinOf(item.id);
    const by = minus(args.at, corner(rect));
    if (isContainer(item.kind)) keepInside(context, writer, item, by);
    if (pin === undefined) writer.set(item.id, { at: whole(plus(item.at, by), REACH) });
    else writer.set(pin.id, { offset: whole(plus(pin.offset, by), REACH) });
  });
  view.announce("said.resized", { name: nameOf(item) });
}

/** What stands in a container stays where it is when the container's corner moves. */
function keepInside({ snapshot, permissions }: Context, writer: Writer, container: Item, by: Point): void {
  if (by[0] === 0 && by[1] === 0) return;
  for (const child of snapshot.children(container.id)) {
    if (permissions.may("move", child.id).ok) writer.set(child.id, { at: whole(minus(child.at, by), REACH) });
  }
}

export const arrangeCommands = [
  command("item.move", { group: "arrange", can: canMove, run: move }),
  command("item.resize", { group: "arrange", can: canResize, run: resize }),
];
