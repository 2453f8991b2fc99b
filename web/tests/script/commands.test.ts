// The commands of the step script: who may, when, and what the server is asked; what lacks something asks the panel.

import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { ASKED_IN_PANEL, scriptCommands } from "../../src/commands/script.ts";
import type { Context, ScriptNow } from "../../src/commands/types.ts";
import type { CommandId } from "../../src/commands/words.ts";
import { bench } from "../commands/bench.ts";

const RUNNING: ScriptNow = { runs: true, part: true, ran: true, timer: "running", message: true };
const NOTHING: ScriptNow = { runs: false, part: false, ran: false, timer: undefined, message: false };

function script(now: ScriptNow = RUNNING) {
  const b = bench();
  const pressed: [object, boolean][] = [];
  const done: string[] = [];
  const context = (): Context => ({
    ...b.context(),
    script: {
      now: () => now,
      press: async (body, all) => void pressed.push([body, all]),
      toggle: () => done.push("toggle"),
      instruct: () => done.push("instruct"),
      tell: () => done.push("tell"),
    },
  });
  const run = (id: CommandId, args?: object) => commands.run(id, context(), args as never);
  return { b, pressed, done, run, can: (id: CommandId, args?: object) => commands.can(id, context(), args as never) };
}
const BODIES: Readonly<Partial<Record<CommandId, readonly [args: object, body: object]>>> = {
  "workshop.start": [{ workshop: "wk_1" }, { type: "startWorkshop", workshop: "wk_1" }],
  "workshop.end": [{}, { type: "endWorkshop" }],
  "part.next": [{}, { type: "nextPart" }],
  "part.start": [{ part: "pt_1" }, { type: "startPart", part: "pt_1" }],
  "part.end": [{}, { type: "endPart" }],
  "part.repeat": [{}, { type: "repeatPart" }],
  "part.skip": [{ part: "pt_1" }, { type: "skipPart", part: "pt_1" }],
  "part.reorder": [{ parts: ["pt_2", "pt_1"] }, { type: "reorder", parts: ["pt_2", "pt_1"] }],
  "part.change": [{ part: { id: "pt_1" } }, { type: "changePart", part: { id: "pt_1" } }],
  "part.minutes": [
    { part: "pt_1", minutes: 7 },
    { type: "setMinutes", part: "pt_1", minutes: 7 },
  ],
  "timer.start": [{}, { type: "startTimer" }],
  "timer.pause": [{}, { type: "pauseTimer" }],
  "timer.more": [{}, { type: "addMinutes", minutes: 1 }],
  "timer.more5": [{}, { type: "addMinutes", minutes: 5 }],
  "timer.less": [{}, { type: "addMinutes", minutes: -1 }],
  "timer.less5": [{}, { type: "addMinutes", minutes: -5 }],
  "timer.stop": [{}, { type: "stopTimer" }],
  "message.say": [{ text: "Hei" }, { type: "say", text: "Hei" }],
  "message.clear": [{}, { type: "say", text: "" }],
};
const VIEWING: ReadonlySet<CommandId> = new Set<CommandId>(["script.tell", "script.instruction", "script.panel"]);
const OTHERS: ReadonlySet<CommandId> = new Set<CommandId>(["part.nextForAll", "timer.resume"]);

describe("what the server is asked", () => {
  it("is held here for every command", () => {
    const ids = scriptCommands.map(({ id }) => id);
    expect(ids.filter((id) => BODIES[id] === undefined && !VIEWING.has(id) && !OTHERS.has(id))).toEqual([]);
  });
  it.each(Object.entries(BODIES))("%s", async (id, [args, body]) => {
    const { b, pressed, run } = script();
    await run(id as CommandId, args);
    expect(pressed).toEqual([[body, false]]);
    expect(b.said(), "the state says it").toEqual([]);
    await run(id as CommandId, { ...args, all: true });
    expect(pressed.at(-1)).toEqual([body, true]);
    expect(b.said()).toEqual(["said.toAll"]);
  });
  it("the next part for all has a name of its own, for the list of actions", async () => {
    const { pressed, run } = script();
    await run("part.nextForAll");
    expect(pressed).toEqual([[{ type: "nextPart" }, true]]);
  });
  it("pausing all boards is a call, pausing this one is not", async () => {
    const { b, pressed, run } = script();
    await run("board.pause", { all: true });
    expect([pressed, b.asked]).toEqual([[[{ type: "pause" }, true]], []]);
  });
});

it.each([...ASKED_IN_PANEL])("%s asks the panel for what it is not told", async (id) => {
  const { b, pressed, run } = script();
  expect(await run(id)).toEqual({ ok: true });
  expect([pressed, b.told]).toEqual([[], [["ask", id, []]]]);
});

describe("who may, and when", () => {
  it("is facilitators; anyone may look and ask for the time", () => {
    const { b, can } = script();
    b.state.facilitates = false;
    for (const { id } of scriptCommands) {
      const mine = id === "script.tell" || id === "script.instruction";
      expect([id, can(id)]).toEqual([id, mine ? { ok: true } : { ok: false, why: "role" }]);
    }
  });
  it("depends on what runs", () => {
    const idle = script(NOTHING);
    for (const id of ["part.next", "part.start", "part.end", "part.reorder", "workshop.end"] as const) {
      expect([id, idle.can(id)]).toEqual([id, { ok: false, why: "noWorkshop" }]);
    }
    for (const id of ["timer.pause", "timer.more", "timer.stop"] as const) {
      expect([id, idle.can(id)]).toEqual([id, { ok: false, why: "noTimer" }]);
    }
    expect(idle.can("message.say")).toEqual({ ok: true });
    expect(idle.can("message.clear")).toEqual({ ok: false, why: "notHere" });
    const paused = script({ ...RUNNING, part: false, timer: "paused" });
    expect([paused.can("timer.pause").ok, paused.can("timer.resume").ok]).toEqual([false, true]);
    expect(paused.can("part.end")).toEqual({ ok: false, why: "noPart" });
  });
  it("shows and hides", async () => {
    const { done, run } = script();
    for (const id of ["script.panel", "script.instruction", "script.tell"] as const) await run(id);
    expect(done).toEqual(["toggle", "instruct", "tell"]);
  });
});
