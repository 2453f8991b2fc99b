// Commands by which one asks for attention, and by which facilitators ask for everybody's. The server carries them out.

import { all, command, items, no, OK } from "./support.ts";
import type { AttentionOfMine, Context, Permission } from "./types.ts";
import type { SaidValues, SaidWord } from "./words.ts";

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
/** What is said without values. */
type Silent = {
  [Word in SaidWord]: SaidValues[Word] extends Record<never, never>
    ? keyof SaidValues[Word] extends never
      ? Word
      : never
    : never;
}[SaidWord];

async function ask(context: Context, body: { readonly type: string }, said: Silent): Promise<void> {
  await context.server.command(body);
  context.view.announce(said, {} as never);
}

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

const lead = (control: boolean) => async (context: Context) => {
  const body = { type: "lead", control };
  await ask(context, body, control ? "said.controls" : "said.leads");
};

export const attentionCommands = [
  command("hand.toggle", {
    group: "attention",
    keys: [{ key: "h", onBoard: true }],
    can: known,
    run(context) {
      const isUp = context.permissions.attention?.hand === true;
      return ask(context, { type: isUp ? "lowerHand" : "raiseHand" }, isUp ? "said.handLowered" : "said.handRaised");
    },
  }),
  command("help.ask", {
    group: "attention",
    keys: [{ key: "h", shift: true, onBoard: true }],
    can: known,
    run(context, args) {
      if (args?.text === undefined) return context.view.ask("help.ask", []);
      const body = { type: "askHelp", text: args.text };
      return ask(context, body, "said.helpAsked");
    },
  }),
  command("help.end", {
    group: "attention",
    can: (context) => all(known(context), unless(({ help }) => !help)(context)),
    run: (context) => ask(context, { type: "endHelp" }, "said.helpEnded"),
  }),
  command("done.toggle", {
    group: "attention",
    keys: [{ key: "d", onBoard: true }],
    can: (context) => all(known(context), (context.permissions.attention?.part ?? null) === null ? no("noPart") : OK),
    run(context) {
      const { part, done } = context.permissions.attention ?? { part: null, done: false };
      const body = { type: done ? "sayNotDone" : "sayDone", part };
      return ask(context, body, done ? "said.notDone" : "said.done");
    },
  }),
  command("laser.toggle", {
    group: "attention",
    keys: [{ key: "p", onBoard: true }],
    can: ({ view }) => (view.laser === undefined ? no("canvasOnly") : OK),
    run({ view }) {
      view.announce(view.laser?.() === true ? "said.laserOn" : "said.laserOff", {});
    },
  }),
  command("gather.here", {
    group: "facilitate",
    can: (context) => all(mayLead(context), here(context) === undefined ? no("canvasOnly") : OK),
    run(context) {
      const body = { type: "gather", place: here(context) };
      return ask(context, body, "said.gathered");
    },
  }),
  command("gather.end", {
    group: "facilitate",
    can: (context) => all(mayLead(context), unless(({ gathers }) => !gathers)(context)),
    run: (context) => ask(context, { type: "endGather" }, "said.gatherEnded"),
  }),
  command("lead.offer", {
    group: "facilitate",
    can: mayTakeLead("offer"),
    run: lead(false),
  }),
  command("lead.control", {
    group: "facilitate",
    can: mayTakeLead("control"),
    run: lead(true),
  }),
  command("lead.end", {
    group: "facilitate",
    can: (context) => all(mayLead(context), unless((mine) => mine.lead === "none")(context)),
    run: (context) => ask(context, { type: "endLead" }, "said.leadEnded"),
  }),
];
