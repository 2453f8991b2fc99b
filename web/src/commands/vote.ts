// Commands of votes: showing them, and giving what is selected one more or one less. Knows no ballots: the page has them.

import { all, command, no, OK, theItem } from "./support.ts";
import type { Context, Permission } from "./types.ts";

type One = { readonly id?: string };

const canVote = (context: Context, args: One = {}): Permission =>
  all(
    context.permissions.votes === true ? OK : no("noVote"),
    theItem(context, args.id) === undefined ? no("nothingSelected") : OK,
  );

function ask(id: "vote.give" | "vote.take") {
  return (context: Context, args: One = {}): void => {
    const item = theItem(context, args.id);
    if (item !== undefined) context.view.ask(id, [item.id]);
  };
}

export const voteCommands = [
  command("vote.panel", { group: "facilitate", can: () => OK, run: ({ view }) => view.ask("vote.panel", []) }),
  command("vote.give", {
    group: "edit",
    keys: [{ key: "v", onBoard: true }],
    can: canVote,
    run: ask("vote.give"),
  }),
  command("vote.take", {
    group: "edit",
    keys: [{ key: "v", shift: true, onBoard: true }],
    can: canVote,
    run: ask("vote.take"),
  }),
];
