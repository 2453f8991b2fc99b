// Commands of facilitators: locks, pause, the board's title. The server carries them out; these only ask it.

import { asLine } from "../model/check.ts";
import type { ObjectId } from "../model/types.ts";
import { all, command, items, links, no, OK } from "./support.ts";
import type { Context, Permission } from "./types.ts";

const mayFacilitate = ({ permissions }: Context): Permission => (permissions.facilitates ? OK : no("role"));

/** Those told or selected that are not yet as wanted. */
function targets(context: Context, locked: boolean, ids?: readonly ObjectId[]): ObjectId[] {
  const chosen = [...items(context, ids), ...links(context, ids)].map((object) => object.id);
  return chosen.filter((id) => context.permissions.isLocked(id) !== locked);
}

function canLock(locked: boolean) {
  return (context: Context, args: { ids?: readonly ObjectId[] } = {}): Permission => {
    const some = (args.ids ?? context.focus.selection).length > 0;
    const open = targets(context, locked, args.ids).length > 0 ? OK : no("notHere");
    return all(mayFacilitate(context), some ? OK : no("nothingSelected"), open);
  };
}

function lock(locked: boolean) {
  return async (context: Context, args: { ids?: readonly ObjectId[] } = {}): Promise<void> => {
    const objects = targets(context, locked, args.ids);
    await context.server.command({ type: locked ? "lock" : "unlock", objects });
    context.view.announce(locked ? "said.locked" : "said.unlocked", { count: objects.length });
  };
}

function canPause(paused: boolean) {
  // Of the others it is not known here: what is so already stays.
  return (context: Context, args: { all?: boolean } = {}): Permission =>
    all(mayFacilitate(context), args.all !== true && context.permissions.paused === paused ? no("notHere") : OK);
}

function pause(paused: boolean) {
  return async ({ server, script, view }: Context, args: { all?: boolean } = {}): Promise<void> => {
    const body = { type: paused ? "pause" : "resume" };
    if (args.all === true) await script?.press(body, true);
    else await server.command(body);
    view.announce(args.all === true ? "said.toAll" : paused ? "said.paused" : "said.resumed", {});
  };
}

export const facilitateCommands = [
  command("object.lock", { group: "facilitate", can: canLock(true), run: lock(true) }),
  command("object.unlock", { group: "facilitate", can: canLock(false), run: lock(false) }),
  command("board.pause", { group: "facilitate", can: canPause(true), run: pause(true) }),
  command("board.resume", { group: "facilitate", can: canPause(false), run: pause(false) }),
  command("board.title", {
    group: "facilitate",
    can: ({ permissions }) => permissions.may("meta"),
    run({ board, view }, args) {
      if (args?.title === undefined) {
        view.ask("board.title", []);
        return;
      }
      const title = asLine(args.title, 120);
      board.write((writer) => writer.setTitle(title));
      view.announce("said.titled", { name: title });
    },
  }),
];
