// Copy, cut and paste. Know no DOM: the page has the clipboard. What pasting does is fetched when somebody pastes.

import type { ArgsOf } from "./arguments.ts";
import { take } from "./clip.ts";
import { formsOf } from "./clipText.ts";
import { hasRoom } from "./create/common.ts";
import { canDelete, remove } from "./remove.ts";
import { all, command, items, no, OK } from "./support.ts";
import type { Context, Permission } from "./types.ts";

type CopyArgs = ArgsOf<"edit.copy">;

function canCopy(context: Context, args: CopyArgs = {}): Permission {
  return items(context, args.ids).length === 0 ? no("nothingSelected") : OK;
}

/** How many were copied; undefined where the clipboard does not take it. */
async function copyOut(context: Context, args: CopyArgs): Promise<number | undefined> {
  const taken = take(context.snapshot, items(context, args.ids));
  const forms = formsOf(taken);
  args.to?.(forms);
  // The page keeps what was copied in any case: pasting works where reading the clipboard is blocked.
  const done = await context.page.copy(forms, args.to !== undefined);
  return done || args.to !== undefined ? taken.items.length : undefined;
}

async function copy(context: Context, args: CopyArgs = {}): Promise<void> {
  const count = await copyOut(context, args);
  if (count === undefined) context.view.announce("said.clipboardBlocked", {});
  else context.view.announce("said.copied", { count });
}

async function cutOut(context: Context, args: CopyArgs = {}): Promise<void> {
  const count = await copyOut(context, args);
  if (count === undefined) {
    context.view.announce("said.clipboardBlocked", {});
    return;
  }
  // With what stands in it: what was cut is to be pasted once, not twice.
  const ids = take(context.snapshot, items(context, args.ids)).items.map((item) => item.id);
  const gone = ids.filter((id) => context.permissions.may("delete", id).ok && context.board.snapshot.items.has(id));
  remove({ ...context, view: { ...quiet(context) } }, { ids: gone });
  context.view.announce("said.cut", { count });
}

/** The view without its voice: one action says one thing. */
function quiet({ view }: Context): Context["view"] {
  return {
    select: (ids) => view.select(ids),
    edit: (id) => view.edit(id),
    zoomToFit: () => view.zoomToFit(),
    zoomTo: (ids) => view.zoomTo(ids),
    zoomBy: (factor) => view.zoomBy(factor),
    pan: (by) => view.pan(by),
    ask: (id, ids) => view.ask(id, ids),
    announce: () => undefined,
  };
}

function canPaste(context: Context): Permission {
  return all(context.permissions.may("create"), hasRoom(context, 1));
}

const key = (letter: string) => [{ key: letter, mod: true, onBoard: true, byBrowser: true }];

export const clipboardCommands = [
  command("edit.copy", { group: "edit", keys: key("c"), can: canCopy, run: copy }),
  command("edit.cut", {
    group: "edit",
    keys: key("x"),
    can: (context, args) => all(canCopy(context, args), canDelete(context, args)),
    run: cutOut,
  }),
  command("edit.paste", {
    group: "edit",
    keys: key("v"),
    can: canPaste,
    run: async (context, args?: ArgsOf<"edit.paste">) => (await import("./paste.ts")).paste(context, args),
  }),
];
