// Names of arrows stand on their line, clear of items where there is room. Knows no DOM.

import { expect, test } from "vitest";
import { labelPlace } from "../../src/canvas/label.ts";
import { route } from "../../src/canvas/route.ts";
import type { Rect } from "../../src/model/types.ts";

const way = route({ x: 0, y: 0, w: 100, h: 60 }, { x: 0, y: 400, w: 100, h: 60 });
const clearOf = (item: Rect) => (rect: Rect) =>
  rect.x >= item.x + item.w || item.x >= rect.x + rect.w || rect.y >= item.y + item.h || item.y >= rect.y + rect.h;

test("in the middle of the longest piece", () => {
  expect(labelPlace(way, 60, 22, () => true)).toEqual(way.label);
});

test("beside an item that covers the middle, still on the line", () => {
  const free = clearOf({ x: -100, y: 180, w: 300, h: 100 });
  const [x, y] = labelPlace(way, 60, 22, free);
  expect(x).toBe(50);
  expect(free({ x: x - 30, y: y - 11, w: 60, h: 22 })).toBe(true);
  expect(y).toBeGreaterThan(60);
  expect(y).toBeLessThan(400);
});

test("where all is covered, in the usual place", () => {
  expect(labelPlace(way, 60, 22, () => false)).toEqual(way.label);
});
