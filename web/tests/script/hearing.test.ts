// What is heard of the step script: parts, signals once each, messages; and what was there already is no news.

import { beforeAll, expect, it, vi } from "vitest";
import { language } from "../../src/i18n/language.svelte.ts";
import { leftOf, readFacilitated, type Facilitated } from "../../src/net/script.ts";
import { ScriptHearing, signalAt } from "../../src/session/script/hearing.ts";
import type { Announcements } from "../../src/ui/announcements.svelte.ts";

beforeAll(async () => {
  // Where there is no page.
  vi.stubGlobal("document", { documentElement: {} });
  await language.choose("en");
});

const MINUTE = 60_000;
const part = (id: string, place: number, progress: string) => ({
  id,
  title: { fi: "", sv: "", en: `Part ${id}` },
  instruction: { fi: "", sv: "", en: "" },
  minutes: 8,
  place,
  progress,
});
const script = (current: string | null, since = 1) => ({
  workshop: "wk_1",
  title: { fi: "", sv: "", en: "W" },
  since: 0,
  ended: null,
  part: current === null ? null : { part: current, since },
  count: 3,
  parts: current === null ? [] : [part(current, 1, "current")],
});
const timer = (left: number, now = 0) => ({ state: "running", deadline: now + left, left, now });
const state = (more: object, now = 0): Facilitated => readFacilitated(1, more, now);

function hearing(fresh = false, chosen: Announcements = "calm") {
  const said: string[] = [];
  const heard = new ScriptHearing(
    { say: (sentence) => said.push(sentence), nameOf: () => "Fanni", chosen: () => chosen },
    fresh,
  );
  return { said, hearing: heard };
}

it("says a part when it begins, not the one that ran when the page opened", () => {
  const { said, hearing: ears } = hearing();
  ears.take(state({ script: script("a") }));
  expect(said).toEqual([]);
  ears.take(state({ script: script("b", 2), timer: timer(8 * MINUTE) }));
  ears.take(state({ script: script(null), timer: null }));
  ears.take(state({ script: { ...script(null), ended: 9 } }));
  expect(said).toEqual(["Part 1 of 3 begins: Part b. 8 minutes.", "The part has ended.", "The workshop has ended."]);
});

it("says the first part to whoever was there before it", () => {
  const { said, hearing: ears } = hearing(true);
  ears.take(state({ script: script("a"), timer: timer(8 * MINUTE), message: { text: "Hei", at: 1, by: "p_1" } }));
  expect(said).toEqual(["Part 1 of 3 begins: Part a. 8 minutes.", "Message from Fanni: Hei"]);
});

it("gives each signal once, also when time passes in jumps, and again after more time", () => {
  const { said, hearing: ears } = hearing();
  const running = state({ timer: timer(6 * MINUTE) }).timer;
  for (const now of [0, 30_000, MINUTE, MINUTE + 500, 4 * MINUTE, 5 * MINUTE, 5 * MINUTE + 1, 6 * MINUTE, 7 * MINUTE]) {
    ears.tick(running, now);
  }
  expect(said).toEqual(["Time left: 5 minutes.", "Time left: one minute.", "Time is up."]);
  said.length = 0;
  const slept = hearing();
  slept.hearing.tick(running, 0);
  slept.hearing.tick(running, 5 * MINUTE + 30_000);
  expect(slept.said, "who slept over one hears the one that holds").toEqual(["Time left: one minute."]);
  const quiet = hearing(false, "own");
  for (const now of [0, MINUTE, 5 * MINUTE]) quiet.hearing.tick(running, now);
  expect(quiet.said).toEqual(["Time left: one minute."]);
});

it("says a change of the timer, and does not take it for time that passed", () => {
  const { said, hearing: ears } = hearing();
  const before = state({ script: script("a"), timer: timer(8 * MINUTE) });
  ears.take(before);
  ears.tick(before.timer, 0);
  const less = state({ script: script("a"), timer: timer(3 * MINUTE) });
  ears.take(less);
  ears.tick(less.timer, 0);
  const paused = state({
    script: script("a"),
    timer: { state: "paused", remaining: 3 * MINUTE, left: 3 * MINUTE, now: 0 },
  });
  ears.take(paused);
  ears.take(state({ script: script("a"), timer: timer(3 * MINUTE) }));
  expect(said).toEqual([
    "Time left is now 3 minutes.",
    "The timer is paused. Left: 3 minutes.",
    "The timer goes on. Left: 3 minutes.",
  ]);
});

it("counts down by this device's clock from what the server said was left", () => {
  const { timer: running } = state({ timer: timer(10_000, 999_999_999) }, 5_000);
  if (running === null) throw new Error("a timer");
  expect([5_000, 9_000, 15_000, 99_000, 0].map((now) => leftOf(running, now))).toEqual([10_000, 6_000, 0, 0, 10_000]);
  expect([300_001, 300_000, 60_000, 1, 0].map(signalAt)).toEqual([undefined, 300_000, 60_000, 60_000, 0]);
});
