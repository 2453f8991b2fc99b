// Commands of facilitators for what people write in silence: revealing it, throwing it away, telling how many have written.

import { command, no, OK } from "./support.ts";
import type { Context, Permission, Silence } from "./types.ts";

const newest = (context: Context, part: string | undefined, fits: (round: Silence) => boolean): Silence | undefined =>
  context.permissions.silences?.findLast((round) => (part === undefined || round.part === part) && fits(round));

function can(fits: (round: Silence) => boolean) {
  return (context: Context, args: { readonly part?: string } = {}): Permission => {
    if (!context.permissions.facilitates) return no("role");
    return newest(context, args.part, fits) === undefined ? no("notHere") : OK;
  };
}

const isOpen = (round: Silence): boolean => round.open;
const isRevealed = (round: Silence): boolean => !round.open && !round.discarded;
const isThere = (round: Silence): boolean => !round.discarded;

export const draftCommands = [
  command("drafts.reveal", {
    group: "facilitate",
    can: can(isOpen),
    async run(context, { part } = {}) {
      await context.server.command({ type: "reveal", part: newest(context, part, isOpen)?.part });
      context.view.announce("said.revealed", {});
    },
  }),
  command("drafts.revealLate", {
    group: "facilitate",
    can: can(isRevealed),
    async run(context, { part } = {}) {
      await context.server.command({ type: "reveal", part: newest(context, part, isRevealed)?.part, late: true });
      context.view.announce("said.revealed", {});
    },
  }),
  command("drafts.discard", {
    group: "facilitate",
    // Which one is always said: it cannot be taken back.
    can: (context, args = {}) => (args.part === undefined ? no("notHere") : can(isOpen)(context, args)),
    async run({ server, view }, { part } = {}) {
      await server.command({ type: "discardDrafts", part });
      view.announce("said.draftsDiscarded", {});
    },
  }),
  command("drafts.count", {
    group: "facilitate",
    can: can(isThere),
    async run(context, { part } = {}) {
      const round = newest(context, part, isThere);
      const shown = round?.counted !== true;
      await context.server.command({ type: "showCounts", part: round?.part, shown });
      context.view.announce(shown ? "said.countShown" : "said.countHidden", {});
    },
  }),
];
