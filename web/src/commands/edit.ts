// Commands that change a thing itself: text, colour, fields. Know no editor and no dialogs.

import { checked } from "../model/check.ts";
import { fieldRule } from "../model/schema.ts";
import type { ArgsOf } from "./arguments.ts";
import { all, command, items, mayAll, nameOf, no, OK, theItem, theLink } from "./support.ts";
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
const NOT_FIELDS = new Set([
  "kind",
  "text",
  "at",
  "size",
  "parent",
  "order",
  "layer",
  "author",
  "made",
  "entered",
  "gone",
]);
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
];
