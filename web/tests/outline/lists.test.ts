// Tables sort, long lists show their beginning and grow, numbers lead to what they count. Knows no components.

import { beforeAll, describe, expect, it } from "vitest";
import { language } from "../../src/i18n/language.svelte.ts";
import { countersOf } from "../../src/model/counters.ts";
import { countedBy, MAIN, UNFINISHED } from "../../src/outline/numbers.ts";
import { FIRST, MORE, Shown, TABLE } from "../../src/outline/shown.ts";
import { pressed, sorted, type Value } from "../../src/outline/sorting.ts";
import { board as emptyBoard } from "../model/peers.ts";

beforeAll(() => {
  globalThis.document ??= { documentElement: { lang: "" } } as Document;
  language.choose("en");
});

describe("sorting", () => {
  const collator = new Intl.Collator("fi-FI");
  const sort = (values: readonly Value[], direction: "ascending" | "descending") =>
    sorted(values, { column: "x", direction }, (value) => value, collator);
  it("puts words in the language's order, numbers by size, what is empty last both ways", () => {
    expect(sort(["ö", "b", "ä", "å", "z", "A", ""], "ascending")).toEqual(["A", "b", "z", "å", "ä", "ö", ""]);
    expect(sort(["b", " ", "a", null], "descending")).toEqual(["b", "a", " ", null]);
    expect(sort([10, 9, null, 100], "ascending")).toEqual([9, 10, 100, null]);
  });
  it("keeps the order of equals, and of all without a column", () => {
    const rows = [
      { name: "first", by: "x" },
      { name: "second", by: "x" },
    ];
    for (const direction of ["ascending", "descending"] as const) {
      expect(sorted(rows, { column: "by", direction }, (row) => row.by, collator)).toEqual(rows);
    }
    expect(sorted(rows, undefined, (row) => row.by, collator)).toBe(rows);
  });
  it("goes up, down, and back to the board's own order", () => {
    const up = pressed(undefined, "due");
    expect(up).toEqual({ column: "due", direction: "ascending" });
    const down = pressed(up, "due");
    expect(down).toEqual({ column: "due", direction: "descending" });
    expect(pressed(down, "due")).toBeUndefined();
    expect(pressed(down, "status")).toEqual({ column: "status", direction: "ascending" });
  });
});

describe("long lists", () => {
  it("a usual board is shown whole, and what is added to it too", () => {
    const shown = new Shown();
    shown.allot([
      ["a", 150],
      ["b", FIRST - 150],
    ]);
    expect(shown.of("a", 150)).toBe(150);
    expect(shown.of("b", FIRST - 150)).toBe(FIRST - 150);
    expect(shown.of("a", 170)).toBe(170);
  });
  it("a very large one shows its beginning; a list that is new and small is shown", () => {
    const shown = new Shown();
    shown.allot([
      ["a", FIRST - 20],
      ["b", 500],
      ["c", 500],
    ]);
    expect(shown.of("b", 500)).toBe(20);
    expect(shown.of("c", 500)).toBe(0);
    shown.more("c");
    expect(shown.of("c", 500)).toBe(MORE);
    shown.more("c");
    shown.more("c");
    expect(shown.of("c", 500)).toBe(500);
    expect(shown.of("new", TABLE)).toBe(TABLE);
    expect(shown.of("new", TABLE + 6)).toBe(TABLE);
  });
  it("what has been shown stays; what is looked for is reached", () => {
    const shown = new Shown();
    shown.allot([["a", FIRST + 100]]);
    expect(shown.of("a", FIRST + 100)).toBe(FIRST);
    shown.allot([
      ["before", 50],
      ["a", FIRST + 100],
    ]);
    expect(shown.of("a", FIRST + 100)).toBe(FIRST);
    expect(shown.reach("a", FIRST - 1)).toBe(false);
    expect(shown.reach("a", FIRST)).toBe(true);
    expect(shown.of("a", FIRST + 100)).toBeGreaterThan(FIRST);
  });
});

describe("numbers", () => {
  it("lead to as many things as they count", () => {
    const model = emptyBoard();
    model.write((w) => {
      const kela = w.addItem("lane", {}, "Kela");
      const town = w.addItem("lane", { laneKind: "network" }, "Kunta");
      w.addItem("lane", { laneKind: "network", org: "Vero" }, "Tyhjä");
      const a = w.addItem("step", { parent: kela, customerContact: true }, "A");
      const b = w.addItem("step", { parent: town, customerContact: true }, "B");
      w.addItem("step", { parent: w.addItem("group", { parent: kela }, "G"), stepKind: "wait" }, "Odota");
      w.addLink("sequence", a, b);
      w.addItem("obstacle", {}, "Este");
      w.addItem("obstacle", { resolution: "accepted" }, "Hyväksytty");
    });
    const { snapshot } = model;
    const counters = countersOf(snapshot);
    for (const name of [...MAIN, ...UNFINISHED]) {
      expect([name, countedBy(snapshot, name, 100).length]).toEqual([name, 1]);
      expect([name, counters[name]]).toEqual([name, 1]);
      expect(countedBy(snapshot, name, 0)).toEqual([]);
    }
    expect(countedBy(snapshot, "orgCrossings", 9)[0]?.says).toBe("A → B");
    expect(countedBy(snapshot, "customerHandovers", 9)[0]?.around.length).toBe(2);
  });
});
