// Commands that change a thing itself: text, colour, fields, duplicate, delete. Know no editor and no dialogs.

import type { Fields, Writer } from "../model/board.ts";
import { checked } from "../model/check.ts";
import { corner, middle, plus } from "../model/rects.ts";
import { fieldRule } from "../model/schema.ts";
import type { Item, ObjectId, Point, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { orderAfter, orderAtEnd, orderByPlace } from "./ordering.ts";
import {
  all,
  command,
  freeOffset,
  items,
  laneAt,
  links,
  mayAll,
  measuredFrom,
  nameOf,
  neighbourOf,
  no,
  OK,
  theItem,
  theLink,
} from "./support.ts";
import type { Context, Permission } from "./types.ts";

function canEdit(context: Context, args: ArgsOf<"item.edit"> = {}): Permission {
  const object = theItem(context, args.id) ?? theLink(context, args.id);
  return object === undefined ? no("nothingSelected") : context.permissions.may("edit", object.id);
}

function edit(context: Context, args: ArgsOf<"item.edit"> = {}): void {
  const object = theItem(context, args.id) ?? theLink(context, args.id);
  if (object === undefined) return;
  const { text } = args;
  if (text === undefined) {
    context.view.edit(object.id);
    context.view.announce("said.editing", { name: nameOf(object) });
    return;
  }
  context.board.write((writer) => writer.setText(object.id, text));
  context.view.announce("said.changed", { name: nameOf({ text }) });
}

function canDelete(context: Context, args: ArgsOf<"item.delete"> = {}): Permission {
  const ids = [...items(context, args.ids), ...links(context, args.ids)].map((object) => object.id);
  return mayAll(context, "delete", ids);
}

function remove(context: Context, args: ArgsOf<"item.delete"> = {}): void {
  const { snapshot, board, view } = context;
  const [gone, cut] = [items(context, args.ids), links(context, args.ids)];
  const next = neighbourOf(snapshot, gone);
  const away = new Set(gone.map((item) => item.id));
  board.write((writer) => {
    for (const { id } of gone) keepPinned(context, writer, id, away);
    for (const { id } of [...gone, ...cut]) writer.remove(id);
  });
  view.select(next === undefined ? [] : [next]);
  const [first] = gone;
  if (gone.length + cut.length > 1) view.announce("said.deletedMany", { count: gone.length + cut.length });
  else if (first?.kind === "lane") {
    view.announce("said.deletedLane", { name: nameOf(first), count: snapshot.children(first.id).length });
  } else view.announce("said.deleted", { name: nameOf(first ?? cut[0]) });
}

/** What was pinned to a deleted thing stays where it was drawn. */
function keepPinned(
  { snapshot, permissions }: Context,
  writer: Writer,
  carrier: ObjectId,
  away: ReadonlySet<ObjectId>,
): void {
  for (const pinned of snapshot.pinsOn(carrier)) {
    const rect = snapshot.rect(pinned.id);
    if (rect === undefined || away.has(pinned.id) || !permissions.may("move", pinned.id).ok) continue;
    writer.set(pinned.id, { at: measuredFrom(snapshot, pinned.parent, corner(rect)) });
  }
}

function canColor(context: Context, args: ArgsOf<"item.color"> = {}): Permission {
  return mayAll(
    context,
    "edit",
    items(context, args.ids).map((item) => item.id),
  );
}

function color(context: Context, args: ArgsOf<"item.color"> = {}): void {
  const chosen = items(context, args.ids);
  const { color: token } = args;
  if (token === undefined) {
    context.view.ask(
      "item.color",
      chosen.map((item) => item.id),
    );
    return;
  }
  context.board.write((writer) => {
    for (const { id } of chosen) writer.set(id, { color: token });
  });
  context.view.announce("said.colored", { count: chosen.length, color: token });
}

/** Fields that this command may not set: they have commands of their own. */
const NOT_FIELDS = new Set(["kind", "text", "at", "size", "parent", "order", "layer", "author", "made", "gone"]);
/** As many of an arrow's. */
const NOT_OF_LINKS = new Set([...NOT_FIELDS, "from", "to", "fromSide", "toSide", "offset"]);

function canSetFields(context: Context, args: ArgsOf<"item.fields"> = {}): Permission {
  const [item, link] = [theItem(context, args.id), theLink(context, args.id)];
  const object = item ?? link;
  if (object === undefined) return no("nothingSelected");
  const [root, others] = item === undefined ? (["links", NOT_OF_LINKS] as const) : (["items", NOT_FIELDS] as const);
  const good = Object.entries(args.fields ?? {}).every(([name, value]) => {
    const rule = others.has(name) ? undefined : fieldRule(root, object.kind, name);
    return rule !== undefined && checked(rule.value, value) !== undefined;
  });
  return all(context.permissions.may("edit", object.id), good ? OK : no("notHere"));
}

function setFields(context: Context, args: ArgsOf<"item.fields"> = {}): void {
  const item = theItem(context, args.id) ?? theLink(context, args.id);
  if (item === undefined) return;
  const { fields } = args;
  if (fields === undefined) {
    context.view.ask("item.fields", [item.id]);
    return;
  }
  context.board.write((writer) => writer.set(item.id, fields));
  context.view.announce("said.changed", { name: nameOf(item) });
}

function canDuplicate(context: Context, args: ArgsOf<"item.duplicate"> = {}): Permission {
  const chosen = items(context, args.ids);
  return chosen.length === 0 ? no("nothingSelected") : context.permissions.may("create");
}

function duplicate(context: Context, args: ArgsOf<"item.duplicate"> = {}): void {
  const { snapshot, board, view } = context;
  const chosen = items(context, args.ids);
  const whole = withContents(snapshot, chosen);
  const copies = new Map<ObjectId, ObjectId>();
  board.write((writer) => {
    for (const item of whole) copies.set(item.id, copy(context, writer, item, copies, args.by));
    for (const link of snapshot.links.values()) {
      const [from, to] = [copies.get(link.from), copies.get(link.to)];
      if (from === undefined || to === undefined) continue;
      const ends = link.kind === "pin" ? { offset: link.offset } : { fromSide: link.fromSide, toSide: link.toSide };
      const id = writer.addLink(link.kind, from, to, ends);
      if (link.text !== "") writer.setText(id, link.text);
    }
    for (const item of chosen) pinCopy(context, writer, item, copies, args.by);
  });
  view.select(chosen.flatMap((item) => copies.get(item.id) ?? []));
  view.announce("said.duplicated", { count: whole.length });
}

/** The chosen ones and what stands in or is pinned to them; containers first. */
function withContents(snapshot: Snapshot, chosen: readonly Item[]): Item[] {
  const all = new Map<ObjectId, Item>();
  const add = (item: Item) => {
    if (all.has(item.id)) return;
    all.set(item.id, item);
    for (const inner of [...snapshot.children(item.id), ...snapshot.pinsOn(item.id)]) add(inner);
  };
  for (const item of chosen.toSorted((a, b) => Number(b.kind === "lane") - Number(a.kind === "lane"))) add(item);
  return [...all.values()];
}

type Copies = ReadonlyMap<ObjectId, ObjectId>;

function copy({ snapshot }: Context, writer: Writer, item: Item, copies: Copies, by?: Point): ObjectId {
  const parent = item.parent === null ? null : (copies.get(item.parent) ?? item.parent);
  const inCopy = parent !== item.parent;
  const shift = item.kind === "lane" ? ([0, item.size[1] + 24] as const) : ([24, 24] as const);
  const fields: Fields = {
    ...item.fields,
    at: inCopy ? item.at : plus(item.at, shift),
    size: item.size,
    parent,
    order: inCopy ? item.order : orderAfter(snapshot, item.parent, item),
    color: item.color,
    ...(by === undefined || inCopy ? {} : placed(snapshot, item, by)),
  };
  return writer.addItem(item.kind, fields, item.text);
}

/** Where a copy stands that was put down elsewhere: in the lane that is there. */
function placed(snapshot: Snapshot, item: Item, by: Point): Fields {
  const rect = snapshot.rect(item.id);
  if (rect === undefined) return {};
  const there = { ...rect, x: rect.x + by[0], y: rect.y + by[1] };
  const lane = item.kind === "lane" ? undefined : laneAt(snapshot, middle(there));
  const parent = lane?.id ?? null;
  const at = measuredFrom(snapshot, parent, corner(there));
  const byPlace = lane !== undefined && item.kind === "step" ? orderByPlace(snapshot, lane.id, item, at[0]) : undefined;
  if (parent === item.parent) return { at, ...(byPlace === undefined ? {} : { order: byPlace }) };
  return { at, parent, order: byPlace ?? orderAtEnd(snapshot, parent) };
}

/** The copy of something pinned to what is not copied is pinned to the same, unless it was put down elsewhere. */
function pinCopy({ snapshot }: Context, writer: Writer, item: Item, copies: Copies, by?: Point): void {
  if (by !== undefined) return;
  const pin = snapshot.pinOf(item.id);
  const carrier = pin === undefined || copies.has(pin.to) ? undefined : snapshot.items.get(pin.to);
  const id = copies.get(item.id);
  if (carrier === undefined || id === undefined) return;
  writer.addLink("pin", id, carrier.id, { offset: freeOffset(snapshot, carrier, item.size) });
}

export const editCommands = [
  command("item.edit", {
    group: "edit",
    keys: [
      { key: "F2", onBoard: true },
      { key: "Enter", onBoard: true },
    ],
    can: canEdit,
    run: edit,
  }),
  command("item.color", { group: "edit", can: canColor, run: color }),
  command("item.fields", { group: "edit", can: canSetFields, run: setFields }),
  command("item.duplicate", {
    group: "edit",
    keys: [{ key: "d", mod: true, onBoard: true }],
    can: canDuplicate,
    run: duplicate,
  }),
  command("item.delete", {
    group: "edit",
    keys: [
      { key: "Delete", onBoard: true },
      { key: "Backspace", onBoard: true },
    ],
    can: canDelete,
    run: remove,
  }),
];
