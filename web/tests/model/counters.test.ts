// The counters, by the cases that the server's twin reads too, and their bounds.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { countersOf, LISTED } from "../../src/model/counters.ts";
import { createBoardModel } from "../../src/model/model.ts";
import { AINO, board } from "./peers.ts";

interface Case {
  readonly name: string;
  readonly board: { readonly items: readonly Plain[]; readonly links: readonly Plain[] };
  readonly expected: object;
}
type Plain = Readonly<Record<string, unknown>>;
const cases = JSON.parse(
  readFileSync(new URL("../../../tests/golden/counters.json", import.meta.url), "utf8"),
) as readonly Case[];

/** The board of a file, with the ids it has there. */
function open({ items, links }: Case["board"]) {
  const doc = new Y.Doc();
  for (const [root, objects] of Object.entries({ items, links })) {
    for (const { id, text, ...fields } of objects) {
      const map = new Y.Map<unknown>(Object.entries(fields));
      map.set("text", new Y.Text(typeof text === "string" ? text : ""));
      doc.getMap(root).set(String(id), map);
    }
  }
  return createBoardModel(doc, AINO);
}

describe("golden cases", () => {
  it("are all there", () => expect(cases.length).toBeGreaterThanOrEqual(14));
  it.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    expect(countersOf(open(each.board).snapshot)).toEqual(each.expected);
  });
});

/** Steps of two organisations around one step of neither: each of the one hands over to each of the other. */
function star(arms: number) {
  const model = board();
  model.write((w) => {
    const kela = w.addItem("lane", {}, "Kela");
    const town = w.addItem("lane", {}, "Kunta");
    const hub = w.addItem("step", {}, "Välissä");
    for (let arm = 0; arm < arms; arm += 1) {
      w.addLink("sequence", w.addItem("step", { parent: kela, customerContact: true }), hub);
      w.addLink("sequence", hub, w.addItem("step", { parent: town, customerContact: true }));
    }
  });
  return model;
}

describe("bounds", () => {
  it("what is listed ends and the count goes on", () => {
    const counted = countersOf(star(40).snapshot);
    expect([counted.customerHandovers, counted.handoverPairs.length]).toEqual([1_600, LISTED]);
    const few = countersOf(star(3).snapshot);
    expect([few.customerHandovers, few.handoverPairs.length]).toEqual([9, 9]);
  });
  it("of arrows, one past the limit is counted and not listed", () => {
    const model = board();
    let ends: [string, string] = ["", ""];
    model.write((w) => {
      const [a, b] = [w.addItem("lane", {}, "Kela"), w.addItem("lane", {}, "Kunta")];
      ends = [w.addItem("step", { parent: a }), w.addItem("step", { parent: b })];
      for (let n = 0; n < LISTED; n += 1) w.addLink("information", ...ends);
    });
    expect(countersOf(model.snapshot).crossingArrows.length).toBe(LISTED);
    model.write((w) => w.addLink("sequence", ...ends));
    const counted = countersOf(model.snapshot);
    expect([counted.orgCrossings, counted.crossingArrows.length]).toEqual([LISTED + 1, LISTED]);
  });
  it("one snapshot is counted once", () => {
    const model = star(2);
    expect(countersOf(model.snapshot)).toBe(countersOf(model.snapshot));
    const before = countersOf(model.snapshot);
    model.write((w) => w.addItem("obstacle", {}, "Este"));
    expect(countersOf(model.snapshot)).not.toBe(before);
    expect(countersOf(model.snapshot).openObstacles).toBe(1);
  });
});
