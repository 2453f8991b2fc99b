// Boards as nobody should make them: rings, depth, distance, number. Nothing hangs, nothing throws. Knows no views.

import { expect, it } from "vitest";
import { REACH } from "../../src/model/schema.ts";
import { containerAt } from "../../src/model/standing.ts";
import { board, reread, seen } from "./peers.ts";

/** Long for a slow machine, short for a loop without end. */
const PATIENCE = { timeout: 60_000 };

it("200 groups in each other add up, and a ring of them is cut", () => {
  const model = board();
  const ids: string[] = [];
  model.write((writer) => {
    for (let depth = 0; depth < 200; depth += 1) {
      const parent = ids[depth - 1];
      ids.push(writer.addItem("group", { at: [1, 2], ...(parent === undefined ? {} : { parent }) }));
    }
  });
  const [first, last] = [ids[0] ?? "", ids[199] ?? ""];
  expect(model.snapshot.rect(last)).toMatchObject({ x: 200, y: 400 });
  model.write((writer) => writer.set(first, { parent: last }));
  expect(model.snapshot.items.size).toBe(200);
  expect(model.snapshot.items.get(first)).toMatchObject({ parent: null, unplaced: true });
  expect(seen(model)).toEqual(seen(reread(model)));
  model.write((writer) => writer.set(first, { parent: null }));
  expect(model.snapshot.rect(last)).toMatchObject({ x: 200, y: 400 });
});

it("10,000 groups in each other are no more than 10,000 groups", PATIENCE, () => {
  const model = board();
  let parent: string | null = null;
  model.write((writer) => {
    for (let depth = 0; depth < 10_000; depth += 1) parent = writer.addItem("group", { at: [1, 0], parent });
  });
  expect(model.snapshot.rect(parent ?? "")?.x).toBe(10_000);
  const [root] = model.snapshot.items.keys();
  model.write((writer) => writer.set(root ?? "", { at: [5, 0] }));
  expect(model.snapshot.rect(parent ?? "")?.x).toBe(10_004);
});

it("10,000 pins in one ring are cut once", PATIENCE, () => {
  const model = board();
  model.write((writer) => {
    const ids = Array.from({ length: 10_000 }, () => writer.addItem("obstacle", { at: [3, 0] }));
    ids.forEach((id, at) => writer.addLink("pin", id, ids[(at + 1) % ids.length] ?? "", { offset: [1, 0] }));
  });
  const rights = [...model.snapshot.items.keys()].map((id) => model.snapshot.rect(id)?.x ?? NaN);
  // One stands by itself, the others hang on it in a chain.
  expect(Math.min(...rights)).toBe(3);
  expect(Math.max(...rights)).toBe(3 + 9_999);
});

it("the farthest and the largest and the smallest have a place", () => {
  const model = board();
  let [far, all, dot] = ["", "", ""];
  model.write((writer) => {
    far = writer.addItem("note", { at: [REACH, -REACH], size: [1, 1] });
    all = writer.addItem("frame", { at: [-REACH, -REACH], size: [REACH, REACH] });
    dot = writer.addItem("lane", { at: [REACH, REACH], size: [1, 1], parent: all });
  });
  expect(model.snapshot.rect(far)).toEqual({ x: REACH, y: -REACH, w: 1, h: 1 });
  expect(model.snapshot.rect(dot)).toEqual({ x: 0, y: 0, w: 1, h: 1 });
  expect(containerAt(model.snapshot, [-1, -1], "note")?.id).toBe(all);
  expect(containerAt(model.snapshot, [0.5, 0.5], "note")?.id).toBe(dot);
});
