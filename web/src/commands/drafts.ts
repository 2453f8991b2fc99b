// Commands for what people write in silence: facilitators reveal it, throw it away and tell how many have written; everybody
// goes to where it was revealed.

import { contains, middle } from "../model/rects.ts";
import type { Item } from "../model/types.ts";
import { command, no, OK } from "./support.ts";
import { readingOrder } from "./view.ts";
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

/** What stands where the newest reveal put what was written, as one reads it. */
export function revealed({ permissions, snapshot }: Pick<Context, "permissions" | "snapshot">): readonly Item[] {
  const [x, y, w, h] = permissions.silences?.findLast(({ area }) => area !== undefined)?.area ?? [0, 0, 0, 0];
  const isThere = ({ id }: Item): boolean => {
    const rect = snapshot.rect(id);
    return rect !== undefined && contains({ x, y, w, h }, middle(rect));
  };
  return w > 0 ? readingOrder(snapshot).filter(isThere) : [];
}

export const draftCommands = [
  command("drafts.reveal", {
    group: "facilitate",
    can: can(isOpen),
    // The page tells everybody, whoever pressed.
    run: (context, { part } = {}) =>
      context.server.command({ type: "reveal", part: newest(context, part, isOpen)?.part }),
  }),
  command("drafts.revealLate", {
    group: "facilitate",
    can: can(isRevealed),
    run: (context, { part } = {}) =>
      context.server.command({ type: "reveal", part: newest(context, part, isRevealed)?.part, late: true }),
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
  command("drafts.show", {
    group: "view",
    can: (context) => (revealed(context).length > 0 ? OK : no("notHere")),
    run(context) {
      const ids = revealed(context).map(({ id }) => id);
      context.view.zoomTo(ids);
      context.view.announce("said.revealedHere", { count: ids.length });
    },
  }),
];
