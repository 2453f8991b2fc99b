// Commands on arrows: draw one, its name, kind and sides. Know no routing and no pointer.

import { isContainer, isFlow } from "../model/schema.ts";
import type { Item, ObjectId } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { hasRoom } from "./create/common.ts";
import { all, command, items, mayAll, nameOf, no, OK, theLink } from "./support.ts";
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
  const stands = !isContainer(from.kind) && (to === undefined || !isContainer(to.kind));
  const good = told && stands && from.id !== to?.id;
  const kind = args.kind ?? "sequence";
  const there = context.snapshot.arrowsOf(from.id).out.some((link) => link.to === to?.id && link.kind === kind);
  return all(
    mayAll(context, "connect", to === undefined ? [from.id] : [from.id, to.id]),
    good && !there ? OK : no("notHere"),
    hasRoom(context, 1),
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
    !isFlow(link.kind) || twin ? no("notHere") : OK,
  );
}

/** An object's kind never changes: another arrow of the same ends and name takes its place. */
function kind(context: Context, args: ArgsOf<"link.kind"> = {}): void {
  const { snapshot, board, view, permissions } = context;
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
    const { fromSide, toSide, from, to } = link;
    id = writer.addLink(wanted, from, to, { ...link.fields, fromSide, toSide });
    // What hung on the old arrow hangs on the new one.
    for (const pinned of snapshot.pinsOn(link.id)) {
      const pin = snapshot.tetherOf(pinned.id);
      if (pin === undefined || !permissions.may("delete", pin.id).ok) continue;
      writer.remove(pin.id);
      writer.addLink("pin", pinned.id, id);
    }
    if (link.text !== "") writer.setText(id, link.text);
  });
  view.select([id]);
  const [from, to] = [nameOf(snapshot.items.get(link.from)), nameOf(snapshot.items.get(link.to))];
  view.announce("said.kindChanged", { from, to, kind: wanted });
}

function canSide(context: Context, args: ArgsOf<"link.sides"> = {}): Permission {
  const link = theLink(context, args.id);
  if (link === undefined) return no("nothingSelected");
  return all(context.permissions.may("connect", link.id), !isFlow(link.kind) ? no("notHere") : OK);
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
  command("link.label", { group: "connect", can: canLabel, run: label }),
  command("link.kind", { group: "connect", can: canKind, run: kind }),
  command("link.sides", { group: "connect", can: canSide, run: side }),
];
