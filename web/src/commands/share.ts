// Commands that open the search, the list of commands and one's own details, and that copy a link to here. Know no dialogs and no address bar.

import type { Item, Link } from "../model/types.ts";
import { command, nameOf, no, OK, theItem, theLink } from "./support.ts";
import type { Context, Permission } from "./types.ts";

/** A place on the board, as the end of an address. */
export function viewFragment(at: readonly [number, number], zoom: number): string {
  const [x, y] = at.map((value) => Math.round(value));
  return `view=${x},${y},${Math.round(zoom * 100) / 100}`;
}

async function give(context: Context, fragment: string): Promise<boolean> {
  return context.page.copy({ text: context.page.address(fragment) });
}

function theObject(context: Context, id?: string): Item | Link | undefined {
  return theItem(context, id) ?? theLink(context, id);
}

export const shareCommands = [
  command("find.open", {
    group: "view",
    keys: [{ key: "f", onBoard: true }],
    can: (): Permission => OK,
    run: ({ view }) => view.ask("find.open", []),
  }),
  command("palette.open", {
    group: "view",
    keys: [{ key: "k", mod: true }],
    can: (): Permission => OK,
    run: ({ view }) => view.ask("palette.open", []),
  }),
  command("me.details", {
    group: "share",
    can: (): Permission => OK,
    run: ({ view }) => view.ask("me.details", []),
  }),
  command("share.view", {
    group: "share",
    can: ({ view }) => (view.viewport?.() === undefined ? no("notHere") : OK),
    async run(context) {
      const seen = context.view.viewport?.();
      if (seen === undefined) return;
      const done = await give(context, viewFragment(seen.at, seen.zoom));
      context.view.announce(done ? "said.viewShared" : "said.clipboardBlocked", {});
    },
  }),
  command("share.object", {
    group: "share",
    can: (context, args) => (theObject(context, args?.id) === undefined ? no("nothingSelected") : OK),
    async run(context, args) {
      const object = theObject(context, args?.id);
      if (object === undefined) return;
      if (await give(context, `object=${object.id}`)) {
        context.view.announce("said.objectShared", { name: nameOf(object) });
      } else context.view.announce("said.clipboardBlocked", {});
    },
  }),
];
