// The scene: what it finds equals what looking at every item finds, after any changes. Knows no DOM.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { intersects } from "../../src/canvas/geometry.ts";
import { carriedBy, Scene } from "../../src/canvas/scene.ts";
import { add, emptyBoard } from "./board.ts";

const place = fc.tuple(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: -3000, max: 3000 }));
const step = fc.oneof(
  fc.record({ what: fc.constant("add" as const), at: place, wide: fc.boolean() }),
  fc.record({ what: fc.constant("move" as const), which: fc.nat(50), at: place }),
  fc.record({ what: fc.constant("remove" as const), which: fc.nat(50) }),
);
const area = fc.record({
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
  w: fc.integer({ min: 1, max: 9000 }),
  h: fc.integer({ min: 1, max: 9000 }),
});

test("the visible set equals brute force", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.array(area, { minLength: 1, maxLength: 5 }), (steps, areas) => {
      const board = emptyBoard();
      const scene = new Scene(board.snapshot);
      board.subscribe((change) => scene.apply(change));
      const ids: string[] = [];
      for (const one of steps) {
        if (one.what === "add") {
          ids.push(add(board, one.wide ? "lane" : "note", one.at, one.wide ? [9000, 6000] : [200, 120]));
          continue;
        }
        const id = ids[one.which % Math.max(1, ids.length)];
        if (id === undefined || !board.snapshot.items.has(id)) continue;
        board.write((writer) => (one.what === "move" ? writer.set(id, { at: one.at }) : writer.remove(id)));
      }
      for (const looked of areas) {
        const found = scene.visible(looked).map((item) => item.id);
        const expected = [...board.snapshot.items.keys()].filter((id) => {
          const rect = board.snapshot.rect(id);
          return rect !== undefined && intersects(rect, looked);
        });
        expect(found.toSorted()).toEqual(expected.toSorted());
      }
    }),
    { numRuns: 60 },
  );
});

test("children of a moved lane are found where they are now", () => {
  const board = emptyBoard();
  const scene = new Scene(board.snapshot);
  board.subscribe((change) => scene.apply(change));
  const lane = add(board, "lane", [0, 0], [800, 200]);
  const child = add(board, "step", [100, 50], [160, 80], "", lane);
  board.write((writer) => writer.set(lane, { at: [5000, 5000] }));
  expect(scene.visible({ x: 5050, y: 5040, w: 100, h: 100 }).map((item) => item.id)).toContain(child);
  expect(scene.visible({ x: 0, y: 0, w: 900, h: 900 })).toEqual([]);
});

test("a lane carries its children and what is pinned to them", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [800, 200]);
  const child = add(board, "step", [100, 50], [160, 80], "", lane);
  const pinned = add(board, "obstacle", [0, 0], [160, 80]);
  const apart = add(board, "note", [0, 900], [200, 120]);
  board.write((writer) => writer.addLink("pin", pinned, child, { offset: [10, 10] }));
  const carried = carriedBy(board.snapshot, [lane]);
  expect([...carried].toSorted()).toEqual([lane, child, pinned].toSorted());
  expect(carried.has(apart)).toBe(false);
});
