// What the commands of attention do, fetched when somebody runs one. The server carries them out.

import type { Context } from "./types.ts";
import type { SaidValues, SaidWord } from "./words.ts";

export type AttentionId =
  | "hand.toggle"
  | "help.ask"
  | "help.end"
  | "done.toggle"
  | "laser.toggle"
  | "gather.here"
  | "gather.end"
  | "lead.offer"
  | "lead.control"
  | "lead.end";

/** `place`: what is chosen or seen, if that can be come to. */
type Do = (
  context: Context,
  args: { readonly text?: string; readonly place: object | undefined },
) => void | Promise<void>;

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

const lead =
  (control: boolean): Do =>
  (context) => {
    const body = { type: "lead", control };
    return ask(context, body, control ? "said.controls" : "said.leads");
  };

export const DOING: Readonly<Record<AttentionId, Do>> = {
  "hand.toggle"(context) {
    const isUp = context.permissions.attention?.hand === true;
    return ask(context, { type: isUp ? "lowerHand" : "raiseHand" }, isUp ? "said.handLowered" : "said.handRaised");
  },
  "help.ask"(context, args) {
    if (args.text === undefined) return context.view.ask("help.ask", []);
    const body = { type: "askHelp", text: args.text };
    return ask(context, body, "said.helpAsked");
  },
  "help.end": (context) => ask(context, { type: "endHelp" }, "said.helpEnded"),
  "done.toggle"(context) {
    const { part, done } = context.permissions.attention ?? { part: null, done: false };
    const body = { type: done ? "sayNotDone" : "sayDone", part };
    return ask(context, body, done ? "said.notDone" : "said.done");
  },
  "laser.toggle": ({ view }) => view.announce(view.laser?.() === true ? "said.laserOn" : "said.laserOff", {}),
  "gather.here"(context, { place }) {
    const body = { type: "gather", place };
    return ask(context, body, "said.gathered");
  },
  "gather.end": (context) => ask(context, { type: "endGather" }, "said.gatherEnded"),
  "lead.offer": lead(false),
  "lead.control": lead(true),
  "lead.end": (context) => ask(context, { type: "endLead" }, "said.leadEnded"),
};
