// Sentences for screen readers come one at a time, a second apart, warnings first, and none twice.

import { expect, it } from "vitest";
import { Announcer, SPACING } from "../../src/ui/announcer.ts";

function stage() {
  let now = 0;
  const timers: { at: number; run: () => void }[] = [];
  const heard: [number, string][] = [];
  const speak = (text: string) => void heard.push([now, text]);
  const announcer = new Announcer(
    { polite: speak, assertive: (text) => speak(`! ${text}`) },
    { now: () => now, later: (run, after) => timers.push({ at: now + after, run }) },
  );
  const pass = (ms: number) => {
    const until = now + ms;
    for (;;) {
      const due = timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers.splice(timers.indexOf(due), 1);
      now = due.at;
      due.run();
    }
    now = until;
  };
  return { announcer, heard, pass };
}

it("spaces them a second apart", () => {
  const { announcer, heard, pass } = stage();
  announcer.say("a");
  announcer.say("b");
  expect(heard).toEqual([[0, "a"]]);
  pass(SPACING - 1);
  expect(heard).toHaveLength(1);
  pass(1);
  expect(heard).toEqual([
    [0, "a"],
    [SPACING, "b"],
  ]);
});

it("lets a warning go before what waits", () => {
  const { announcer, heard, pass } = stage();
  announcer.say("a");
  announcer.say("b");
  announcer.say("c", "assertive");
  pass(3 * SPACING);
  expect(heard.map(([, text]) => text)).toEqual(["a", "! c", "b"]);
});

it("drops repeats and the oldest of a flood", () => {
  const { announcer, heard, pass } = stage();
  announcer.say("now");
  announcer.say("x");
  announcer.say("x");
  for (let i = 0; i < 10; i += 1) announcer.say(`n${i}`);
  pass(20 * SPACING);
  expect(heard.map(([, text]) => text)).toEqual(["now", "n4", "n5", "n6", "n7", "n8", "n9"]);
});
