// Commands that tie one thing to another without an arrow: pins to items and arrows, relations, and cutting them. Know no pointer.

import type { Fields } from "../model/board.ts";
import { corner, middle, rectOf, whole } from "../model/rects.ts";
import { REACH } from "../model/schema.ts";
import { isPinnable } from "../model/standing.ts";
import type { Item, Link, ObjectId, Point, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { containerFor } from "./containers.ts";
import { carrierOf } from "./create/pinned.ts";
import { hasRoom } from "./create/common.ts";
import { orderAtEnd } from "./ordering.ts";
import { all, command, freeOffset, items, links, mayAll, measuredFrom, nameOf, no, OK, theItem } from "./support.ts";
import type { Context, Permission } from "./types.ts";

/** The pin of an item, whether it leads to an item or to an arrow. */
const pinFrom = (snapshot: Snapshot, id: ObjectId): Link | undefined => snapshot.pinOf(id) ?? snapshot.tetherOf(id);

function canPin(context: Context, args: ArgsOf<"connect.pin"> = {}): Permission {
  const { snapshot, permissions } = context;
  const item = theItem(context, args.id);
  if (item === undefined) return no("nothingSelected");
  const pin = pinFrom(snapshot, item.id);
  return all(
    permissions.may("connect", item.id),
    pin === undefined ? OK : permissions.may("delete", pin.id),
    fits(snapshot, item, args.to) ? OK : no("notHere"),
    hasRoom(context, pin === undefined ? 1 : 0),
  );
}

function fits(snapshot: Snapshot, item: Item, to: ObjectId | undefined): boolean {
  // Kinds that belong to a step are asked what to; any other kind can still be told.
  if (to === undefined) return isPinnable(item.kind) || item.kind === "nextStep";
  const carrier = carrierOf(snapshot, to);
  if (carrier === undefined || carrierOf(snapshot, item.id) === undefined) return false;
  if ("arrow" in carrier) return carrier.arrow.from !== item.id && carrier.arrow.to !== item.id;
  return !rests(snapshot, carrier.item.id, item.id);
}

/** Whether the one is, or is carried by, the other. */
function rests(snapshot: Snapshot, id: ObjectId, on: ObjectId): boolean {
  const seen = new Set<ObjectId>();
  for (let at: ObjectId | undefined = id; at !== undefined && !seen.has(at); at = snapshot.pinOf(at)?.to) {
    if (at === on) return true;
    seen.add(at);
  }
  return false;
}

function pin(context: Context, args: ArgsOf<"connect.pin"> = {}): void {
  const { snapshot, board, view, permissions } = context;
  const item = theItem(context, args.id);
  if (item === undefined) return;
  const carrier = args.to === undefined ? undefined : carrierOf(snapshot, args.to);
  if (carrier === undefined) {
    view.ask("connect.pin", [item.id]);
    return;
  }
  const old = pinFrom(snapshot, item.id);
  if ("arrow" in carrier) {
    const { id, from, to } = carrier.arrow;
    const rect = snapshot.rect(item.id);
    board.write((writer) => {
      if (old?.to === id) return;
      if (old !== undefined) writer.remove(old.id);
      // It stands by itself: where it was let go, else where it was drawn when something carried it.
      if (rect !== undefined && permissions.may("move", item.id).ok) {
        writer.set(item.id, standing(snapshot, item, rect, args.at));
      }
      writer.addLink("pin", item.id, id);
    });
    const [start, end] = [nameOf(snapshot.items.get(from)), nameOf(snapshot.items.get(to))];
    view.announce("said.pinnedToArrow", { name: nameOf(item), from: start, to: end });
    return;
  }
  const offset = whole(args.offset ?? freeOffset(snapshot, carrier.item, item.size, item.id), REACH);
  board.write((writer) => {
    if (old?.to === carrier.item.id) writer.set(old.id, { offset });
    else {
      if (old !== undefined) writer.remove(old.id);
      writer.addLink("pin", item.id, carrier.item.id, { offset });
    }
  });
  view.announce("said.pinned", { name: nameOf(item), on: nameOf(carrier.item) });
}

/** Where an item stands that nothing carries: there, in the container that is there; else in its own. */
function standing(snapshot: Snapshot, item: Item, rect: Rect, at?: Point): Fields {
  if (at === undefined) return { at: measuredFrom(snapshot, item.parent, corner(rect)) };
  const there = rectOf(whole(at, REACH), item.size);
  const parent = containerFor(snapshot, middle(there), item.kind, item.id)?.id ?? null;
  const order = parent === item.parent ? {} : { order: orderAtEnd(snapshot, parent) };
  return { parent, at: measuredFrom(snapshot, parent, corner(there)), ...order };
}

function relationEnds(context: Context, args: ArgsOf<"connect.relate">): { from?: Item; to?: Item } {
  const [first, second] = items(context);
  const at = (id: ObjectId | undefined, otherwise: Item | undefined) =>
    id === undefined ? otherwise : context.snapshot.items.get(id);
  const from = at(args.from, first);
  const to = at(args.to, args.from === undefined ? second : undefined);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function canRelate(context: Context, args: ArgsOf<"connect.relate"> = {}): Permission {
  const { from, to } = relationEnds(context, args);
  if (from === undefined) return no(args.from === undefined ? "nothingSelected" : "notHere");
  if (args.to !== undefined && to === undefined) return no("notHere");
  const there = context.snapshot.relationsOf(from.id).some((link) => link.from === to?.id || link.to === to?.id);
  return all(
    mayAll(context, "connect", to === undefined ? [from.id] : [from.id, to.id]),
    from.id === to?.id || (to !== undefined && there) ? no("notHere") : OK,
    hasRoom(context, 1),
  );
}

function relate(context: Context, args: ArgsOf<"connect.relate"> = {}): void {
  const { from, to } = relationEnds(context, args);
  if (from === undefined) return;
  if (to === undefined) {
    context.view.ask("connect.relate", [from.id]);
    return;
  }
  context.board.write((writer) => writer.addLink("relation", from.id, to.id));
  context.view.announce("said.related", { from: nameOf(from), to: nameOf(to) });
}

/** Links that were told or selected, and the pins of items that were. */
function cuts(context: Context, ids?: readonly ObjectId[]): Link[] {
  const pins = items(context, ids).flatMap((item) => pinFrom(context.snapshot, item.id) ?? []);
  return [...new Set([...links(context, ids), ...pins])];
}

function canRemove(context: Context, args: ArgsOf<"connect.remove"> = {}): Permission {
  const cut = cuts(context, args.ids);
  if (cut.length === 0) return no((args.ids ?? context.focus.selection).length === 0 ? "nothingSelected" : "notHere");
  return mayAll(
    context,
    "delete",
    cut.map((link) => link.id),
  );
}

function remove(context: Context, args: ArgsOf<"connect.remove"> = {}): void {
  const { snapshot, board, view, permissions } = context;
  const cut = cuts(context, args.ids);
  board.write((writer) => {
    for (const link of cut) {
      writer.remove(link.id);
      const rect = link.kind === "pin" ? snapshot.rect(link.from) : undefined;
      const item = snapshot.items.get(link.from);
      if (rect === undefined || item === undefined || !permissions.may("move", item.id).ok) continue;
      writer.set(item.id, { at: measuredFrom(snapshot, item.parent, corner(rect)) });
    }
  });
  const [first] = cut;
  if (cut.length > 1 || first === undefined) view.announce("said.deletedMany", { count: cut.length });
  else {
    const [from, to] = [nameOf(snapshot.items.get(first.from)), nameOf(snapshot.items.get(first.to))];
    if (first.kind === "pin") view.announce("said.unpinned", { name: from });
    else view.announce(first.kind === "relation" ? "said.unrelated" : "said.disconnected", { from, to });
  }
}

export const pinCommands = [
  command("connect.pin", { group: "connect", can: canPin, run: pin }),
  command("connect.relate", { group: "connect", can: canRelate, run: relate }),
  command("connect.remove", { group: "connect", can: canRemove, run: remove }),
];
