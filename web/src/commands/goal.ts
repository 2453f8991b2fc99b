// The command that begins a new version of a shared goal: the old one stays, with who agreed to it. Knows no organisations.

import { fieldRule } from "../model/schema.ts";
import type { Item } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { hasRoom } from "./create/common.ts";
import { orderAfter } from "./ordering.ts";
import { all, command, freePlace, nameOf, no, OK, theItem } from "./support.ts";
import type { Context, Permission } from "./types.ts";

/** Between a version and the next, which stands under it. */
const GAP = 24;

function version(goal: Item): number {
  const value = goal.fields["version"];
  return typeof value === "number" ? value : 1;
}

function canRenew(context: Context, { id }: ArgsOf<"goal.renew"> = {}): Permission {
  const goal = theItem(context, id);
  if (goal === undefined) return no("nothingSelected");
  const rule = fieldRule("items", "goal", "version")?.value;
  const most = rule?.type === "number" ? rule.max : 1;
  const fits = goal.kind === "goal" && version(goal) < most;
  return all(fits ? OK : no("notHere"), context.permissions.may("create"), hasRoom(context, 1));
}

function renew(context: Context, { id, quiet }: ArgsOf<"goal.renew"> = {}): void {
  const { snapshot, board, view } = context;
  const goal = theItem(context, id);
  const rect = goal === undefined ? undefined : snapshot.rect(goal.id);
  if (goal === undefined || rect === undefined) return;
  const next = version(goal) + 1;
  const at = freePlace(snapshot, [rect.x, rect.y + rect.h + GAP], goal.parent);
  const { parent, size, color } = goal;
  let renewed = "";
  board.write((writer) => {
    const order = orderAfter(snapshot, parent, goal);
    renewed = writer.addItem("goal", { at, size, parent, color, order, version: next }, goal.text);
  });
  view.select([renewed]);
  if (quiet !== true) view.edit(renewed);
  view.announce("said.renewed", { name: nameOf(goal), version: next });
}

export const goalCommands = [command("goal.renew", { group: "edit", can: canRenew, run: renew })];
