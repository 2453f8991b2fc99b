// Commands of votes: showing them, and giving what is selected one more or one less. Knows no ballots: the page has them.

import { command, no, OK, theItem } from "./support.ts";
import type { Binding } from "./types.ts";

const vote = (id: "vote.give" | "vote.take", key: Binding) =>
  command(id, {
    group: "edit",
    keys: [key],
    can(context) {
      if (context.permissions.votes !== true) return no("noVote");
      return theItem(context) === undefined ? no("nothingSelected") : OK;
    },
    run: ({ view, focus }) => view.ask(id, focus.selection),
  });

export const voteCommands = [
  command("vote.panel", { group: "facilitate", can: () => OK, run: ({ view }) => view.ask("vote.panel", []) }),
  vote("vote.give", { key: "v", onBoard: true }),
  vote("vote.take", { key: "v", shift: true, onBoard: true }),
];
