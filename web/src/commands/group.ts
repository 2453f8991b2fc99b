// Commands on groups: put things that stand together into one, and take a group apart again. Know no pointer.

import type { Writer } from "../model/board.ts";
import { orderBetween, spread } from "../model/order.ts";
import { around, corner, whole } from "../model/rects.ts";
import { REACH } from "../model/schema.ts";
import { ancestorsOf, GROUP_HEAD, mayHold } from "../model/standing.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { movers } from "./arrange.ts";
import { commonContainer } from "./containers.ts";
import { hasRoom } from "./create/common.ts";
import { orderAtEnd } from "./ordering.ts";
import { all, command, items, mayAll, measuredFrom, no, OK } from "./support.ts";
import type { Context, Permission } from "./types.ts";
import { readingOrder } from "./view.ts";

/** Between a group's edge and what stands in it. */
const EDGE = 24;

/** What can be grouped of these: what moves by itself and is not carried by something. */
function members({ snapshot }: Context, chosen: readonly Item[]): Item[] {
  return movers(snapshot, chosen).filter(
    (item) => mayHold("group", item.kind) && snapshot.pinOf(item.id) === undefined,
  );
}

function canGroup(context: Context, args: ArgsOf<"item.group"> = {}): Permission {
  const chosen = items(context, args.ids);
  if (chosen.length === 0) return no("nothingSelected");
  const found = members(context, chosen);
  return all(
    context.permissions.may("create", undefined, "group"),
    found.length >= 2 ? OK : chosen.length >= 2 ? no("notHere") : no("selectMore"),
    ...found.map((item) => context.permissions.may("move", item.id)),
    hasRoom(context, 1),
  );
}

function group(context: Context, args: ArgsOf<"item.group"> = {}): void {
  const { snapshot, board, view } = context;
  const found = inOrder(snapshot, members(context, items(context, args.ids)));
  const rects = found.flatMap((item) => snapshot.rect(item.id) ?? []);
  const box = around(rects);
  const [first] = found;
  if (box === undefined || first === undefined) return;
  const parent = commonContainer(snapshot, found, "group");
  const at = whole([box.x - EDGE, box.y - EDGE - GROUP_HEAD], REACH);
  const size = whole([box.x + box.w + EDGE - at[0], box.y + box.h + EDGE - at[1]], REACH);
  const keeps = found.every((item) => item.parent === first.parent);
  const order = first.parent === parent ? first.order : orderAtEnd(snapshot, parent);
  const keys = spread(found.length);
  let id = "";
  board.write((writer) => {
    id = writer.addItem("group", { parent, at: measuredFrom(snapshot, parent, at), size, order }, args.text);
    for (const [index, item] of found.entries()) {
      const rect = snapshot.rect(item.id);
      if (rect === undefined) continue;
      const place = whole([rect.x - at[0], rect.y - at[1]], REACH);
      writer.set(item.id, { parent: id, at: place, ...(keeps ? {} : { order: keys[index] ?? item.order }) });
    }
  });
  view.select([id]);
  if (args.text === undefined && args.quiet !== true) view.edit(id);
  view.announce("said.grouped", { count: found.length });
}

/** As one reads the board. */
function inOrder(snapshot: Snapshot, found: readonly Item[]): Item[] {
  const ids = new Set(found.map((item) => item.id));
  return readingOrder(snapshot).filter((item) => ids.has(item.id));
}

function groupsOf(context: Context, ids?: readonly ObjectId[]): Item[] {
  return items(context, ids).filter((item) => item.kind === "group");
}

function canUngroup(context: Context, args: ArgsOf<"item.ungroup"> = {}): Permission {
  const groups = groupsOf(context, args.ids);
  if (items(context, args.ids).length === 0) return no("nothingSelected");
  const inside = groups.flatMap((one) => context.snapshot.children(one.id));
  return all(
    groups.length === 0 ? no("notHere") : OK,
    ...groups.map((one) => context.permissions.may("delete", one.id)),
    inside.length === 0
      ? OK
      : mayAll(
          context,
          "move",
          inside.map((item) => item.id),
        ),
  );
}

function ungroup(context: Context, args: ArgsOf<"item.ungroup"> = {}): void {
  const { snapshot, board, view } = context;
  const groups = groupsOf(context, args.ids);
  const away = new Set(groups.map((one) => one.id));
  const inside = groups.flatMap((one) => snapshot.children(one.id));
  board.write((writer) => {
    for (const one of groups) {
      release(context, writer, one, away);
      writer.remove(one.id);
    }
  });
  view.select(inside.map((item) => item.id));
  view.announce("said.ungrouped", { count: inside.length });
}

/** What stands in a group that goes stays where it is, in what the group stood in, in the group's place of the order. */
export function release(
  { snapshot, permissions }: Context,
  writer: Writer,
  one: Item,
  away: ReadonlySet<ObjectId>,
): void {
  const parent = ancestorsOf(snapshot, one).find((container) => !away.has(container.id))?.id ?? null;
  const siblings = snapshot.children(one.parent);
  const next = siblings[siblings.findIndex((item) => item.id === one.id) + 1]?.order ?? null;
  let before = one.order;
  for (const item of snapshot.children(one.id)) {
    const rect = snapshot.rect(item.id);
    if (rect === undefined || away.has(item.id) || !permissions.may("move", item.id).ok) continue;
    // A pinned one stands at its carrier; its own place is measured anew all the same.
    const pinned = snapshot.pinOf(item.id) !== undefined;
    const home = snapshot.rect(one.id);
    const drawn = pinned && home !== undefined ? ([home.x + item.at[0], home.y + item.at[1]] as const) : corner(rect);
    const order = (parent === one.parent ? orderBetween(before, next) : undefined) ?? before;
    before = order;
    writer.set(item.id, { parent, at: measuredFrom(snapshot, parent, drawn), order });
  }
}

export const groupCommands = [
  command("item.group", { group: "arrange", keys: [{ key: "g", onBoard: true }], can: canGroup, run: group }),
  command("item.ungroup", {
    group: "arrange",
    keys: [{ key: "g", shift: true, onBoard: true }],
    can: canUngroup,
    run: ungroup,
  }),
];
