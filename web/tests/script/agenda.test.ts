// An agenda being edited: times, fitting, what another did; and the address of its page.

import { expect, it } from "vitest";
import type { PartWish, TimedPart, Workshop } from "../../src/net/api/workshops.ts";
import { fitted, lasting, minuteOfDay, rowsOf, shortest, theirsOf, timesOf } from "../../src/pages/workshop/agenda.ts";
import { routeOf } from "../../src/ui/router.svelte.ts";

const part = (minutes: number, least: number | null = null): PartWish => ({
  title: { fi: "Osa", sv: "", en: "" },
  instruction: { fi: "", sv: "", en: "" },
  minutes,
  least,
  frame: null,
  may: null,
  writing: "open",
  naming: "named",
  vote: null,
});
const minutes = (parts: readonly PartWish[]) => parts.map((each) => each.minutes);

it("times each part by those before it, and a shorter one brings the rest forward", () => {
  expect(timesOf([part(10), part(8), part(9)])).toEqual([0, 10, 18, 27]);
  expect(timesOf([part(10), lasting(part(8, 6), 3), part(9)])).toEqual([0, 10, 13, 22]);
  expect(lasting(part(8, 6), 3).least).toBe(3);
  expect([minuteOfDay("09:00", 33), minuteOfDay("23:30", 45), minuteOfDay(null, 5)]).toEqual([573, 15, undefined]);
});

it("what runs before the beginning moves nothing behind it, and is not what must fit", () => {
  const door = { ...part(15, 5), early: true };
  expect(timesOf([door, part(10), part(8)])).toEqual([-15, 0, 10, 18]);
  expect(timesOf([part(10), door, part(8)]), "only the first").toEqual([0, 10, 25, 33]);
  expect(timesOf([door])).toEqual([-15, 0]);
  expect([minuteOfDay("09:00", -15), minuteOfDay("00:05", -15)]).toEqual([525, 1430]);
  expect(minutes(fitted([door, part(10, 5), part(8)], 15))).toEqual([15, 7, 8]);
  expect(shortest([door, part(10, 5), part(8)])).toBe(13);
});

it("fits by what each part can give, never below its least, to the minute", () => {
  const day = [part(10), part(8, 4), part(12, 6), part(13, 8)];
  expect(minutes(fitted(day, 43))).toEqual([10, 8, 12, 13]);
  expect(minutes(fitted(day, 60)), "it fits already").toEqual([10, 8, 12, 13]);
  expect(minutes(fitted(day, 28))).toEqual([10, 4, 6, 8]);
  expect(minutes(fitted(day, 5)), "as short as can be").toEqual([10, 4, 6, 8]);
  expect(minutes(fitted([part(5)], 1))).toEqual([5]);
  for (let wanted = 28; wanted <= 43; wanted += 1) {
    const short = fitted(day, wanted);
    expect(timesOf(short).at(-1)).toBe(wanted);
    expect(short.every((each, at) => each.minutes >= (day[at]?.least ?? day[at]?.minutes ?? 0))).toBe(true);
  }
});

it("tells what another made of it", () => {
  const timed = (id: string, more: object = {}): TimedPart => ({ ...part(5), id, starts: 0, ...more });
  const workshop = (agenda: readonly TimedPart[]): Workshop => ({
    id: "wk_1",
    title: { fi: "T", sv: "", en: "" },
    kind: "working",
    setting: "virtual",
    date: null,
    begins: null,
    zone: "Europe/Helsinki",
    opens: 0,
    minutes: 0,
    version: 1,
    agenda,
  });
  const ids = (parts: readonly TimedPart[]) => parts.map(({ id }) => id);
  const before = workshop([timed("a"), timed("b"), timed("c")]);
  const after = workshop([timed("c", { starts: 9 }), timed("a", { minutes: 6 }), timed("d")]);
  const theirs = theirsOf(before, after);
  expect([ids(theirs.added), ids(theirs.removed), ids(theirs.changed), theirs.order]).toEqual([
    ["d"],
    ["b"],
    ["a"],
    true,
  ]);
  const same = theirsOf(before, workshop([timed("a", { starts: 3 }), timed("b"), timed("c")]));
  expect([same.added, same.removed, same.changed, same.order]).toEqual([[], [], [], false]);
  expect(rowsOf(before.agenda)[0]).toEqual({ key: "a", part: { ...part(5), id: "a" } });
});

it("has an address of its own", () => {
  expect(routeOf("/series/ws_1/workshop/wk_1", "")).toEqual({ page: "workshop", series: "ws_1", workshop: "wk_1" });
  expect(routeOf("/series/ws_1/", "")).toEqual({ page: "series", series: "ws_1" });
  expect(routeOf("/series/ws_1/workshop/", "")).toEqual({ page: "missing" });
});
