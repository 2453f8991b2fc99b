// Commands of the step script: workshop, parts, timer, message, for one team or for all. The server carries them out.

import type { ArgsOf } from "./arguments.ts";
import { command, no, OK } from "./support.ts";
import type { Context, ScriptNow, Permission } from "./types.ts";
import type { CommandId, Reason } from "./words.ts";

type ToAll = { readonly all?: boolean };
/** What must be so, and what to say when it is not. */
type Need = readonly [so: (now: ScriptNow) => boolean, why: Reason];

const RUNS: Need = [(now) => now.runs, "noWorkshop"];
const PART: Need = [(now) => now.part, "noPart"];
const TIMER: Need = [(now) => now.timer !== undefined, "noTimer"];

/** What asks the facilitators' panel for the rest when it is told too little. */
export const ASKED_IN_PANEL: ReadonlySet<CommandId> = new Set<CommandId>([
  "workshop.start",
  "part.start",
  "part.skip",
  "part.reorder",
  "part.change",
  "part.minutes",
  "message.say",
]);

function can(needs: readonly Need[]) {
  return ({ permissions, script }: Context, args?: ToAll): Permission => {
    if (!permissions.facilitates || script === undefined) return no("role");
    const now = script.now(args?.all === true);
    if (now === undefined) return no("noWorkshop");
    const missing = needs.find(([so]) => !so(now));
    return missing === undefined ? OK : no(missing[1]);
  };
}

/** A command whose body is made of its arguments; without one the panel asks for them. */
function pressed<Id extends CommandId>(
  id: Id,
  needs: readonly Need[],
  body: (args: ArgsOf<Id> & ToAll) => { readonly type: string; readonly [key: string]: unknown } | undefined,
) {
  return command(id, {
    group: "facilitate",
    can: can(needs),
    async run({ script, view }: Context, args?: ArgsOf<Id>) {
      const told = (args ?? {}) as ArgsOf<Id> & ToAll;
      const asked = body(told);
      if (asked === undefined) {
        view.ask(id, []);
        return;
      }
      await script?.press(asked, told.all === true);
      if (told.all === true) view.announce("said.toAll", {});
    },
  });
}

const minutes = (by: number) => () => ({ type: "addMinutes", minutes: by });

export const scriptCommands = [
  command("script.tell", {
    group: "view",
    keys: [{ key: "t", onBoard: true }],
    can: ({ script }) => (script === undefined ? no("notHere") : OK),
    run: ({ script }) => script?.tell(),
  }),
  command("script.instruction", {
    group: "view",
    keys: [{ key: "i", onBoard: true }],
    can: ({ script }) => (script?.now(false)?.runs === true ? OK : no("noWorkshop")),
    run: ({ script }) => script?.instruct(true),
  }),
  command("script.panel", {
    group: "facilitate",
    keys: [{ key: "F8" }],
    can: can([]),
    run: ({ script }) => script?.toggle(),
  }),
  pressed("part.next", [RUNS], () => ({ type: "nextPart" })),
  command("part.nextForAll", {
    group: "facilitate",
    can: (context) => can([RUNS])(context, { all: true }),
    async run({ script, view }) {
      await script?.press({ type: "nextPart" }, true);
      view.announce("said.toAll", {});
    },
  }),
  pressed("part.start", [RUNS], ({ part }) => (part === undefined ? undefined : { type: "startPart", part })),
  pressed("part.end", [RUNS, PART], () => ({ type: "endPart" })),
  pressed("part.repeat", [RUNS, [(now) => now.ran, "noPart"]], ({ part }) => ({
    type: "repeatPart",
    ...(part === undefined ? {} : { part }),
  })),
  pressed("part.skip", [RUNS], ({ part }) => (part === undefined ? undefined : { type: "skipPart", part })),
  pressed("part.reorder", [RUNS], ({ parts }) => (parts === undefined ? undefined : { type: "reorder", parts })),
  pressed("part.change", [RUNS], ({ part }) => (part === undefined ? undefined : { type: "changePart", part })),
  pressed("part.minutes", [RUNS], ({ part, minutes: wanted }) =>
    part === undefined || wanted === undefined ? undefined : { type: "setMinutes", part, minutes: wanted },
  ),
  pressed("timer.start", [[(now) => now.part || now.timer !== undefined, "noPart"]], ({ minutes: wanted }) => ({
    type: "startTimer",
    ...(wanted === undefined ? {} : { minutes: wanted }),
  })),
  pressed("timer.pause", [TIMER, [(now) => now.timer === "running", "notHere"]], () => ({ type: "pauseTimer" })),
  pressed("timer.resume", [TIMER, [(now) => now.timer === "paused", "notHere"]], () => ({ type: "resumeTimer" })),
  pressed("timer.more", [TIMER], minutes(1)),
  pressed("timer.more5", [TIMER], minutes(5)),
  pressed("timer.less", [TIMER], minutes(-1)),
  pressed("timer.less5", [TIMER], minutes(-5)),
  pressed("timer.stop", [TIMER], () => ({ type: "stopTimer" })),
  pressed("message.say", [], ({ text }) => (text === undefined ? undefined : { type: "say", text })),
  pressed("message.clear", [[(now) => now.message, "notHere"]], () => ({ type: "say", text: "" })),
  pressed("workshop.start", [], ({ workshop }) =>
    workshop === undefined ? undefined : { type: "startWorkshop", workshop },
  ),
  pressed("workshop.end", [RUNS], () => ({ type: "endWorkshop" })),
];
