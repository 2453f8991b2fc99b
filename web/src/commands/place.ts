// Commands that put things elsewhere by name: into a container, and to another place in the reading order. Know no pointer.

import type { Writer } from "../model/board.ts";
import { plus, corner, rectOf } from "../model/rects.ts";
import type { Item, Point, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { put, tell } from "./arrange.ts";
import { grownFor, roomIn, takes } from "./containers.ts";
import { reorder } from "./ordering.ts";
import { all, command, GAP, items, LANE_HEAD, mayAll, nameOf, no, OK, theItem } from "./support.ts";
import type { Context, Permission } from "./types.ts";

function canPlace(context: Context, args: ArgsOf<"item.parent"> = {}): Permission {
  const { snapshot, permissions } = context;
  const chosen = items(context, args.ids);
  const ids = chosen.map((item) => item.id);
  const { parent } = args;
  const fits = chosen.every((item) =>
    parent === undefined ? item.kind !== "frame" : takes(snapshot, parent, item) && item.kind !== "frame",
  );
  // What is put into a container is no longer pinned to anything.
  const pins = ids.flatMap((id) => snapshot.pinOf(id) ?? []);
  const unpin = pins.map((pin) => permissions.may("delete", pin.id));
  return all(mayAll(context, "move", ids), ...unpin, fits ? OK : no("notHere"));
}

function place(context: Context, args: ArgsOf<"item.parent"> = {}): void {
  const { snapshot, board, view, permissions } = context;
  const chosen = items(context, args.ids);
  const { parent } = args;
  if (parent === undefined) {
    view.ask(
      "item.parent",
      chosen.map((item) => item.id),
    );
    return;
  }
  const container = parent === null ? undefined : snapshot.items.get(parent);
  const corners = container === undefined ? undefined : snapshot.rect(container.id);
  board.write((writer) => {
    const placed: Rect[] = [];
    for (const item of chosen) {
      const rect = snapshot.rect(item.id);
      if (rect === undefined || (item.parent === parent && !item.unplaced)) continue;
      if (container === undefined || corners === undefined) {
        put(context, writer, item, rect, null);
        continue;
      }
      const slot = rectOf(slotIn(snapshot, container, item, placed), item.size);
      placed.push(slot);
      put(context, writer, item, rectOf(plus(corner(corners), [slot.x, slot.y]), item.size), parent);
    }
    const grown = container === undefined ? undefined : grownFor(container, placed);
    if (container !== undefined && grown !== undefined && permissions.may("move", container.id).ok) {
      writer.set(container.id, { size: grown });
    }
  });
  tell(context, chosen, new Set([parent]));
}

/** Where the next thing in a container goes, from its corner: in a lane at its end, else where there is room. */
function slotIn(snapshot: Snapshot, container: Item, item: Item, placed: readonly Rect[]): Point {
  if (container.kind !== "lane") return roomIn(snapshot, container, item.size, placed);
  const inside = snapshot.children(container.id).map((other) => other.at[0] + other.size[0] + GAP);
  const x = Math.max(LANE_HEAD, ...inside, ...placed.map((rect) => rect.x + rect.w + GAP));
  return [x, Math.round(Math.max(0, (container.size[1] - item.size[1]) / 2))];
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

export const placeCommands = [
  command("item.parent", { group: "arrange", keys: [{ key: "m", onBoard: true }], can: canPlace, run: place }),
  command("item.reorder", { group: "arrange", can: canReorder, run: runReorder }),
];
