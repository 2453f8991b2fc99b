// Commands by which one asks for attention, and by which facilitators ask for everybody's. The server carries them out.

import { all, command, items, no, OK } from "./support.ts";
import type { AttentionId } from "./attending.ts";
import type { AttentionOfMine, Context, Permission } from "./types.ts";

const known = ({ permissions }: Context): Permission => (permissions.attention === undefined ? no("readOnly") : OK);
const mayLead = (context: Context): Permission =>
  all(known(context), context.permissions.facilitates ? OK : no("role"));
/** Whether it is not so already. */
const unless = (so: (mine: AttentionOfMine) => boolean) => (context: Context) => {
  const { attention } = context.permissions;
  return attention !== undefined && so(attention) ? no("already") : OK;
};
const mayTakeLead = (how: "offer" | "control") => (context: Context) => {
  const isAnothers = context.permissions.attention?.lead === "others";
  return all(mayLead(context), isAnothers ? no("led") : OK, unless((mine) => mine.lead === how)(context));
};
/** The frame that is chosen, or what is on the screen. */
function here({ view, ...context }: Context): object | undefined {
  const chosen = items({ view, ...context });
  const [first] = chosen;
  if (chosen.length === 1 && first?.kind === "frame") return { frame: first.id };
  const seen = view.viewport?.();
  if (seen === undefined) return undefined;
  const { at, size } = seen;
  const whole = [at[0] - size[0] / 2, at[1] - size[1] / 2, size[0], size[1]].map(Math.round);
  return { rect: whole };
}

/** What it does is fetched when somebody does it. */
const later =
  (id: AttentionId) =>
  async (context: Context, args: { readonly text?: string } = {}) =>
    (await import("./attending.ts")).DOING[id](context, { ...args, place: here(context) });

export const attentionCommands = [
  command("hand.toggle", {
    group: "attention",
    keys: [{ key: "h", onBoard: true }],
    can: known,
    run: later("hand.toggle"),
  }),
  command("help.ask", {
    group: "attention",
    keys: [{ key: "h", shift: true, onBoard: true }],
    can: known,
    run: later("help.ask"),
  }),
  command("help.end", {
    group: "attention",
    can: (context) => all(known(context), unless(({ help }) => !help)(context)),
    run: later("help.end"),
  }),
  command("done.toggle", {
    group: "attention",
    keys: [{ key: "d", onBoard: true }],
    can: (context) => all(known(context), (context.permissions.attention?.part ?? null) === null ? no("noPart") : OK),
    run: later("done.toggle"),
  }),
  command("laser.toggle", {
    group: "attention",
    keys: [{ key: "p", onBoard: true }],
    can: ({ view }) => (view.laser === undefined ? no("canvasOnly") : OK),
    run: later("laser.toggle"),
  }),
  command("gather.here", {
    group: "facilitate",
    can: (context) => all(mayLead(context), here(context) === undefined ? no("canvasOnly") : OK),
    run: later("gather.here"),
  }),
  command("gather.end", {
    group: "facilitate",
    can: (context) => all(mayLead(context), unless(({ gathers }) => !gathers)(context)),
    run: later("gather.end"),
  }),
  command("lead.offer", {
    group: "facilitate",
    can: mayTakeLead("offer"),
    run: later("lead.offer"),
  }),
  command("lead.control", {
    group: "facilitate",
    can: mayTakeLead("control"),
    run: later("lead.control"),
  }),
  command("lead.end", {
    group: "facilitate",
    can: (context) => all(mayLead(context), unless((mine) => mine.lead === "none")(context)),
    run: later("lead.end"),
  }),
];
