// The command that copies things beside themselves, with what stands in and is pinned to them. Knows no clipboard.

import type { Fields, Writer } from "../model/board.ts";
import { corner, middle, plus, whole } from "../model/rects.ts";
import { isContainer, REACH } from "../model/schema.ts";
import type { Item, ObjectId, Point, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { take } from "./clip.ts";
import { containerFor } from "./containers.ts";
import { hasRoom } from "./create/common.ts";
import { orderAfter, orderAtEnd, orderByPlace } from "./ordering.ts";
import { all, command, freeOffset, items, measuredFrom, no } from "./support.ts";
import type { Context, Permission } from "./types.ts";

function canDuplicate(context: Context, args: ArgsOf<"item.duplicate"> = {}): Permission {
  const chosen = items(context, args.ids);
  if (chosen.length === 0) return no("nothingSelected");
  const may = all(...chosen.map(({ kind }) => context.permissions.may("create", undefined, kind)));
  return may.ok ? all(may, hasRoom(context, chosen.length)) : may;
}

function duplicate(context: Context, args: ArgsOf<"item.duplicate"> = {}): void {
  const { snapshot, board, view } = context;
  const chosen = items(context, args.ids);
  const taken = take(snapshot, chosen);
  const room = hasRoom(context, taken.items.length + taken.links.length + chosen.length);
  if (!room.ok) {
    view.announce("said.pastedPart", { count: 0, left: taken.items.length });
    return;
  }
  const copies = new Map<ObjectId, ObjectId>();
  board.write((writer) => {
    for (const { id, parent } of taken.items) {
      const item = snapshot.items.get(id);
      const into = parent === null ? undefined : copies.get(parent);
      if (item !== undefined) copies.set(id, copy(context, writer, item, into, args.by));
    }
    for (const link of taken.links) {
      const [from, to] = [copies.get(link.from), copies.get(link.to)];
      if (from === undefined || to === undefined) continue;
      const id = writer.addLink(link.kind, from, to, link.fields);
      copies.set(link.id, id);
      if (link.text !== "") writer.setText(id, link.text);
    }
    for (const item of chosen) pinCopy(context, writer, item, copies, args.by);
  });
  view.select(chosen.flatMap((item) => copies.get(item.id) ?? []));
  view.announce("said.duplicated", { count: taken.items.length });
}

/** `into`: the copy of the container, when that is copied too. */
function copy({ snapshot }: Context, writer: Writer, item: Item, into?: ObjectId, by?: Point): ObjectId {
  const shift = isContainer(item.kind) ? ([0, item.size[1] + 24] as const) : ([24, 24] as const);
  const fields: Fields = {
    ...item.fields,
    at: into === undefined ? whole(plus(item.at, shift), REACH) : item.at,
    size: item.size,
    parent: into ?? item.parent,
    order: into === undefined ? orderAfter(snapshot, item.parent, item) : item.order,
    color: item.color,
    ...(item.layer === 0 ? {} : { layer: item.layer }),
    ...(by === undefined || into !== undefined ? {} : placed(snapshot, item, by)),
  };
  return writer.addItem(item.kind, fields, item.text);
}

/** Where a copy stands that was put down elsewhere: in the lane that is there. */
function placed(snapshot: Snapshot, item: Item, by: Point): Fields {
  const rect = snapshot.rect(item.id);
  if (rect === undefined) return {};
  const there = { ...rect, x: rect.x + by[0], y: rect.y + by[1] };
  const lane = containerFor(snapshot, middle(there), item.kind, item.id);
  const parent = lane?.id ?? null;
  const at = measuredFrom(snapshot, parent, corner(there));
  const byPlace =
    lane?.kind === "lane" && item.kind === "step" ? orderByPlace(snapshot, lane.id, item, at[0]) : undefined;
  if (parent === item.parent) return { at, ...(byPlace === undefined ? {} : { order: byPlace }) };
  return { at, parent, order: byPlace ?? orderAtEnd(snapshot, parent) };
}

/** The copy of something pinned to what is not copied is pinned to the same, unless it was put down elsewhere. */
function pinCopy(
  { snapshot }: Context,
  writer: Writer,
  item: Item,
  copies: ReadonlyMap<ObjectId, ObjectId>,
  by?: Point,
): void {
  const pin = snapshot.pinOf(item.id) ?? snapshot.tetherOf(item.id);
  const id = copies.get(item.id);
  if (by !== undefined || pin === undefined || id === undefined || copies.has(pin.to)) return;
  const carrier = snapshot.items.get(pin.to);
  const offset = carrier === undefined ? pin.offset : freeOffset(snapshot, carrier, item.size);
  writer.addLink("pin", id, pin.to, { offset });
}

export const duplicateCommands = [
  command("item.duplicate", {
    group: "edit",
    keys: [{ key: "d", mod: true, onBoard: true }],
    can: canDuplicate,
    run: duplicate,
  }),
];
