// Commands that put things elsewhere: move, resize, into and out of lanes, reading order. Know no pointer.

import type { Writer } from "../model/board.ts";
import { corner, middle, minus, plus, rectOf, whole } from "../model/rects.ts";
import { REACH } from "../model/schema.ts";
import type { Item, ObjectId, Point, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf, Direction, MoveArgs } from "./arguments.ts";
import { orderAtEnd, orderByPlace, reorder } from "./ordering.ts";
import {
  all,
  command,
  GAP,
  items,
  LANE_HEAD,
  laneAt,
  mayAll,
  measuredFrom,
  nameOf,
  no,
  OK,
  snapIntoLane,
  theItem,
} from "./support.ts";
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
  const into = args.into === undefined || args.into === null || context.snapshot.items.get(args.into)?.kind === "lane";
  const told = args.by !== undefined || (args.to !== undefined && chosen.length === 1);
  const pins = chosen.flatMap((item) => context.snapshot.pinOf(item.id)?.id ?? []);
  return all(mayAll(context, "move", [...chosen.map((item) => item.id), ...pins]), into && told ? OK : no("notHere"));
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

/** Puts one item there; the answer is its lane. */
function put({ snapshot }: Context, writer: Writer, item: Item, rect: Rect, into?: ObjectId | null): ObjectId | null {
  const pin = snapshot.pinOf(item.id);
  const carrier = pin === undefined ? undefined : snapshot.rect(pin.to);
  if (pin !== undefined && carrier !== undefined && into === undefined) {
    writer.set(pin.id, { offset: whole(minus(corner(rect), corner(carrier)), REACH) });
    return item.parent;
  }
  if (pin !== undefined) writer.remove(pin.id);
  const lane = laneFor(snapshot, item, rect, into);
  const free = measuredFrom(snapshot, lane?.id ?? null, corner(rect));
  if (lane === undefined) {
    const order = item.parent === null ? {} : { order: orderAtEnd(snapshot, null) };
    writer.set(item.id, { parent: null, at: free, ...order });
    return null;
  }
  const entering = item.parent !== lane.id;
  const isStep = item.kind === "step";
  const at = isStep ? snapIntoLane(lane.size, item.size, free, entering) : free;
  const order = isStep
    ? orderByPlace(snapshot, lane.id, item, at[0])
    : entering
      ? orderAtEnd(snapshot, lane.id)
      : undefined;
  writer.set(item.id, { parent: lane.id, at, ...(order === undefined ? {} : { order }) });
  return lane.id;
}

/** Lanes stand in no lane. */
function laneFor(snapshot: Snapshot, item: Item, rect: Rect, into?: ObjectId | null): Item | undefined {
  if (item.kind === "lane" || into === null) return undefined;
  return into === undefined ? laneAt(snapshot, middle(rect)) : snapshot.items.get(into);
}

function tell({ snapshot, view }: Context, moved: readonly Item[], lanes: ReadonlySet<ObjectId | null>): void {
  const [first] = moved;
  if (first === undefined) return;
  const count = moved.length;
  const [lane] = lanes;
  const sameLane =
    lanes.size === 1 && lane !== undefined && moved.some((item) => item.parent !== lane || item.unplaced);
  const name = nameOf(first);
  if (sameLane && lane !== null) {
    const to = nameOf(snapshot.items.get(lane));
    if (count === 1) view.announce("said.movedTo", { name, lane: to });
    else view.announce("said.movedManyTo", { count, lane: to });
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
    if (pin === undefined) writer.set(item.id, { at: whole(plus(item.at, by), REACH) });
    else writer.set(pin.id, { offset: whole(plus(pin.offset, by), REACH) });
  });
  view.announce("said.resized", { name: nameOf(item) });
}

function canPlace(context: Context, args: ArgsOf<"item.parent"> = {}): Permission {
  const { snapshot, permissions } = context;
  const chosen = items(context, args.ids);
  const ids = chosen.map((item) => item.id);
  const lane = args.parent === undefined || args.parent === null || snapshot.items.get(args.parent)?.kind === "lane";
  const fits = lane && chosen.every((item) => item.kind !== "lane");
  // What is put into a lane is no longer pinned to anything.
  const pins = ids.flatMap((id) => snapshot.pinOf(id) ?? []);
  const unpin = pins.map((pin) => permissions.may("delete", pin.id));
  return all(mayAll(context, "move", ids), ...unpin, fits ? OK : no("notHere"));
}

function place(context: Context, args: ArgsOf<"item.parent"> = {}): void {
  const { snapshot, board, view } = context;
  const chosen = items(context, args.ids);
  const { parent } = args;
  if (parent === undefined) {
    view.ask(
      "item.parent",
      chosen.map((item) => item.id),
    );
    return;
  }
  board.write((writer) => {
    let x = parent === null ? 0 : endOf(snapshot, parent);
    for (const item of chosen) {
      const rect = snapshot.rect(item.id);
      if (rect === undefined || (item.parent === parent && !item.unplaced)) continue;
      const lane = parent === null ? undefined : snapshot.rect(parent);
      if (lane === undefined) put(context, writer, item, rect, null);
      else {
        const y = lane.y + Math.max(0, (lane.h - rect.h) / 2);
        put(context, writer, item, rectOf([lane.x + x, Math.round(y)], item.size), parent);
        x += item.size[0] + GAP;
      }
    }
  });
  tell(context, chosen, new Set([parent]));
}

/** Where the next thing in a lane goes, from the lane's left edge. */
function endOf(snapshot: Snapshot, lane: ObjectId): number {
  const rights = snapshot.children(lane).map((item) => item.at[0] + item.size[0] + GAP);
  return Math.max(LANE_HEAD, ...rights);
}

function siblingsOf(snapshot: Snapshot, item: Item): Item[] {
  return snapshot.children(item.parent).filter((other) => other.kind === item.kind);
}

function canReorder(context: Context, args: ArgsOf<"item.reorder"> = {}): Permission {
  const item = theItem(context, args.id);
  if (item === undefined) return no("nothingSelected");
  const siblings = siblingsOf(context.snapshot, item);
  const at = siblings.findIndex((other) => other.id === item.id) + (args.by ?? 0);
  const before =
    args.before === undefined || args.before === null ? undefined : context.snapshot.items.get(args.before);
  const there =
    args.by === undefined ? args.before === null || before?.parent === item.parent : at >= 0 && at < siblings.length;
  // Without a place the question is asked; there must be an answer to it.
  if (args.by === undefined && args.before === undefined) {
    return all(context.permissions.may("move", item.id), siblings.length > 1 ? OK : no("notHere"));
  }
  return all(context.permissions.may("move", item.id), there && before?.id !== item.id ? OK : no("notHere"));
}

function runReorder(context: Context, args: ArgsOf<"item.reorder"> = {}): void {
  const { snapshot, board, view } = context;
  const item = theItem(context, args.id);
  if (item === undefined) return;
  if (args.by === undefined && args.before === undefined) {
    view.ask("item.reorder", [item.id]);
    return;
  }
  const siblings = siblingsOf(snapshot, item);
  const at = siblings.findIndex((other) => other.id === item.id);
  const other = args.by === undefined ? undefined : siblings[at + args.by];
  const before =
    args.by === undefined ? snapshot.items.get(args.before ?? "") : siblings[at + (args.by === 1 ? 2 : -1)];
  board.write((writer) => {
    reorder(snapshot, writer, item, before ?? null);
    if (other !== undefined) exchange(context, writer, args.by === 1 ? item : other, args.by === 1 ? other : item);
  });
  const now = siblingsOf(board.snapshot, item);
  const number = now.findIndex(({ id }) => id === item.id) + 1;
  view.announce("said.reordered", { name: nameOf(item), place: number, count: now.length });
}

/** Steps of a lane and lanes are drawn in their order, so they change places too. */
function exchange({ permissions }: Context, writer: Writer, first: Item, second: Item): void {
  const axis = first.kind === "lane" ? 1 : first.kind === "step" && first.parent !== null ? 0 : undefined;
  if (axis === undefined || !permissions.may("move", first.id).ok || !permissions.may("move", second.id).ok) return;
  const gap = second.at[axis] - first.at[axis] - first.size[axis];
  if (gap < 0) return;
  const shifted = (item: Item, to: number): Point => (axis === 0 ? [to, item.at[1]] : [item.at[0], to]);
  writer.set(second.id, { at: shifted(second, first.at[axis]) });
  writer.set(first.id, { at: shifted(first, first.at[axis] + second.size[axis] + gap) });
}

export const arrangeCommands = [
  command("item.move", { group: "arrange", can: canMove, run: move }),
  command("item.resize", { group: "arrange", can: canResize, run: resize }),
  command("item.parent", { group: "arrange", keys: [{ key: "m", onBoard: true }], can: canPlace, run: place }),
  command("item.reorder", { group: "arrange", can: canReorder, run: runReorder }),
];
