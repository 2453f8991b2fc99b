// Commands on links: arrows, pins, labels, sides. Know no routing and no pointer.

import { corner } from "../model/rects.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import {
  all,
  command,
  freeOffset,
  items,
  links,
  mayAll,
  measuredFrom,
  nameOf,
  no,
  OK,
  theItem,
  theLink,
} from "./support.ts";
import type { Context, Permission } from "./types.ts";

/** From the first selected to the second, unless told. */
function ends(context: Context, args: ArgsOf<"connect.arrow">): { from: Item | undefined; to: Item | undefined } {
  const chosen = items(context);
  const at = (id: ObjectId | undefined, otherwise: Item | undefined) =>
    id === undefined ? otherwise : context.snapshot.items.get(id);
  return { from: at(args.from, chosen[0]), to: at(args.to, args.from === undefined ? chosen[1] : undefined) };
}

function canConnect(context: Context, args: ArgsOf<"connect.arrow"> = {}): Permission {
  const { from, to } = ends(context, args);
  if (from === undefined) return no(args.from === undefined ? "nothingSelected" : "notHere");
  const told = args.to === undefined || to !== undefined;
  const good = told && from.kind !== "lane" && to?.kind !== "lane" && from.id !== to?.id;
  const kind = args.kind ?? "sequence";
  const there = context.snapshot.arrowsOf(from.id).out.some((link) => link.to === to?.id && link.kind === kind);
  return all(
    mayAll(context, "connect", to === undefined ? [from.id] : [from.id, to.id]),
    good && !there ? OK : no("notHere"),
  );
}

function connect(context: Context, args: ArgsOf<"connect.arrow"> = {}): void {
  const { from, to } = ends(context, args);
  if (from === undefined) return;
  if (to === undefined) {
    context.view.ask("connect.arrow", [from.id]);
    return;
  }
  const { kind = "sequence", label, fromSide = "auto", toSide = "auto" } = args;
  context.board.write((writer) => {
    const id = writer.addLink(kind, from.id, to.id, { fromSide, toSide });
    if (label !== undefined) writer.setText(id, label);
  });
  context.view.announce("said.connected", { from: nameOf(from), to: nameOf(to), kind });
}

function canPin(context: Context, args: ArgsOf<"connect.pin"> = {}): Permission {
  const item = theItem(context, args.id);
  if (item === undefined) return no("nothingSelected");
  const carrier = args.to === undefined ? undefined : context.snapshot.items.get(args.to);
  const pin = context.snapshot.pinOf(item.id);
  const good =
    args.to === undefined ||
    (carrier !== undefined && carrier.kind !== "lane" && !rests(context.snapshot, carrier.id, item.id));
  return all(
    context.permissions.may("connect", item.id),
    pin === undefined ? OK : context.permissions.may("delete", pin.id),
    item.kind === "lane" || !good ? no("notHere") : OK,
  );
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
  const { snapshot, board, view } = context;
  const item = theItem(context, args.id);
  if (item === undefined) return;
  const carrier = args.to === undefined ? undefined : snapshot.items.get(args.to);
  if (carrier === undefined) {
    view.ask("connect.pin", [item.id]);
    return;
  }
  const old = snapshot.pinOf(item.id);
  const offset = args.offset ?? freeOffset(snapshot, carrier, item.size, item.id);
  board.write((writer) => {
    if (old?.to === carrier.id) writer.set(old.id, { offset });
    else {
      if (old !== undefined) writer.remove(old.id);
      writer.addLink("pin", item.id, carrier.id, { offset });
    }
  });
  view.announce("said.pinned", { name: nameOf(item), on: nameOf(carrier) });
}

/** Links that were told or selected, and the pins of items that were. */
function cuts(context: Context, ids?: readonly ObjectId[]) {
  const pins = items(context, ids).flatMap((item) => context.snapshot.pinOf(item.id) ?? []);
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
    else view.announce("said.disconnected", { from, to });
  }
}

function canLabel(context: Context, args: ArgsOf<"link.label"> = {}): Permission {
  const link = theLink(context, args.id);
  return link === undefined ? no("nothingSelected") : context.permissions.may("edit", link.id);
}

function label(context: Context, args: ArgsOf<"link.label"> = {}): void {
  const link = theLink(context, args.id);
  if (link === undefined) return;
  const { text } = args;
  if (text === undefined) context.view.edit(link.id);
  else {
    context.board.write((writer) => writer.setText(link.id, text));
    context.view.announce("said.labelled", { name: nameOf({ text }) });
  }
}

function canKind(context: Context, args: ArgsOf<"link.kind"> = {}): Permission {
  const link = theLink(context, args.id);
  if (link === undefined) return no("nothingSelected");
  const { kind = link.kind } = args;
  const twin = context.snapshot.arrowsOf(link.from).out.some((other) => {
    return other.id !== link.id && other.to === link.to && other.kind === kind;
  });
  const { permissions } = context;
  return all(
    permissions.may("delete", link.id),
    mayAll(context, "connect", [link.from, link.to]),
    link.kind === "pin" || twin ? no("notHere") : OK,
  );
}

/** An object's kind never changes: another arrow of the same ends and name takes its place. */
function kind(context: Context, args: ArgsOf<"link.kind"> = {}): void {
  const { snapshot, board, view } = context;
  const link = theLink(context, args.id);
  if (link === undefined) return;
  const { kind: wanted } = args;
  if (wanted === undefined) {
    view.edit(link.id);
    return;
  }
  if (wanted === link.kind) return;
  let id = link.id;
  board.write((writer) => {
    writer.remove(link.id);
    id = writer.addLink(wanted, link.from, link.to, { fromSide: link.fromSide, toSide: link.toSide });
    if (link.text !== "") writer.setText(id, link.text);
  });
  view.select([id]);
  const [from, to] = [nameOf(snapshot.items.get(link.from)), nameOf(snapshot.items.get(link.to))];
  view.announce("said.kindChanged", { from, to, kind: wanted });
}

function canSide(context: Context, args: ArgsOf<"link.sides"> = {}): Permission {
  const link = theLink(context, args.id);
  if (link === undefined) return no("nothingSelected");
  return all(context.permissions.may("connect", link.id), link.kind === "pin" ? no("notHere") : OK);
}

function side(context: Context, args: ArgsOf<"link.sides"> = {}): void {
  const { snapshot, board, view } = context;
  const link = theLink(context, args.id);
  if (link === undefined) return;
  const { fromSide = link.fromSide, toSide = link.toSide } = args;
  board.write((writer) => writer.set(link.id, { fromSide, toSide }));
  view.announce("said.sidesChanged", {
    from: nameOf(snapshot.items.get(link.from)),
    to: nameOf(snapshot.items.get(link.to)),
  });
}

export const connectCommands = [
  command("connect.arrow", { group: "connect", keys: [{ key: "c", onBoard: true }], can: canConnect, run: connect }),
  command("connect.pin", { group: "connect", can: canPin, run: pin }),
  command("connect.remove", { group: "connect", can: canRemove, run: remove }),
  command("link.label", { group: "connect", can: canLabel, run: label }),
  command("link.kind", { group: "connect", can: canKind, run: kind }),
  command("link.sides", { group: "connect", can: canSide, run: side }),
];
