// Arrows: both ends on a side, right angles, never no number. Knows no drawing.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { route } from "../../src/canvas/route.ts";
import type { Point, Rect, Side } from "../../src/model/types.ts";

const rect = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  w: fc.integer({ min: 0, max: 600 }),
  h: fc.integer({ min: 0, max: 600 }),
});
const side = fc.constantFrom<Side>("auto", "top", "right", "bottom", "left");

function onEdge([x, y]: Point, box: Rect): boolean {
  const inX = x >= box.x - 0.01 && x <= box.x + box.w + 0.01;
  const inY = y >= box.y - 0.01 && y <= box.y + box.h + 0.01;
  const edgeX = Math.abs(x - box.x) < 0.01 || Math.abs(x - box.x - box.w) < 0.01;
  const edgeY = Math.abs(y - box.y) < 0.01 || Math.abs(y - box.y - box.h) < 0.01;
  return (inX && edgeY) || (inY && edgeX);
}

test("ends lie on the sides, all pieces are upright or level, all numbers are numbers", () => {
  fc.assert(
    fc.property(
      rect.map((box) => ({ ...box, w: box.w + 20, h: box.h + 20 })),
      rect.map((box) => ({ ...box, w: box.w + 20, h: box.h + 20 })),
      side,
      side,
      (from, to, fromSide, toSide) => {
        const { points, label } = route(from, to, fromSide, toSide);
        const first = points[0];
        const last = points[points.length - 1];
        if (!first || !last || points.length < 2) throw new Error("an arrow has two ends");
        expect(onEdge(first, from)).toBe(true);
        expect(onEdge(last, to)).toBe(true);
        for (const [x, y] of [...points, label]) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        points.slice(1).forEach(([x, y], index) => {
          const before = points[index];
          if (before) expect(Math.min(Math.abs(x - before[0]), Math.abs(y - before[1]))).toBeLessThan(0.02);
        });
      },
    ),
    { numRuns: 500 },
  );
});

test("boxes without a size are no trouble", () => {
  const none = { x: 5, y: 5, w: 0, h: 0 };
  for (const [x, y] of route(none, none).points) expect(Number.isFinite(x + y)).toBe(true);
});

test("side by side: straight from right to left, with no corner", () => {
  const way = route({ x: 0, y: 0, w: 100, h: 80 }, { x: 200, y: 0, w: 100, h: 80 });
  expect(way.points).toEqual([
    [100, 40],
    [200, 40],
  ]);
  expect(way.label).toEqual([150, 40]);
});

test("nearly level boxes are joined by a straight line", () => {
  const way = route({ x: 0, y: 0, w: 100, h: 80 }, { x: 200, y: 6, w: 100, h: 80 });
  expect(way.points).toHaveLength(2);
});

test("backwards from right to left sides: around both boxes, not through them", () => {
  const from = { x: 300, y: 0, w: 100, h: 80 };
  const to = { x: 0, y: 0, w: 100, h: 80 };
  const { points } = route(from, to, "right", "left");
  const lowest = Math.max(...points.map(([, y]) => y));
  expect(lowest).toBeGreaterThan(80);
});
