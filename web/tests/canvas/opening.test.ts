// What is seen first, and when items are elements. Knows no DOM.

import { expect, test } from "vitest";
import { isFar } from "../../src/canvas/level.ts";
import { opening } from "../../src/canvas/opening.ts";

const SCREEN = { w: 1285, h: 844 };

test("a board that can be read as a whole is shown as a whole", () => {
  const { x, y, zoom } = opening([{ x: 0, y: 0, w: 2000, h: 900 }], SCREEN);
  expect(zoom).toBeGreaterThanOrEqual(0.45);
  expect(x).toBeLessThan(0);
  expect(x + SCREEN.w / zoom).toBeGreaterThan(2000);
  expect(y + SCREEN.h / zoom).toBeGreaterThan(900);
});

test("a larger board begins at its first item, at a zoom at which it can be read", () => {
  const rects = [
    { x: 4000, y: -700, w: 200, h: 100 },
    { x: 40, y: 20, w: 5000, h: 300 },
    { x: 40, y: 2000, w: 300, h: 300 },
  ];
  for (const screen of [SCREEN, { w: 320, h: 480 }]) {
    const { x, y, zoom } = opening(rects, screen);
    expect(zoom).toBe(0.6);
    expect([(40 - x) * zoom, (20 - y) * zoom].map(Math.round)).toEqual([24, 24]);
  }
});

test("a long but low board stands in the middle of the screen's height", () => {
  const { y, zoom } = opening([{ x: 0, y: 0, w: 9000, h: 400 }], SCREEN);
  expect(y + SCREEN.h / zoom / 2).toBeCloseTo(200);
});

test("what is fitted or begun keeps clear of the bars over the board", () => {
  const covered = { top: 60, right: 0, bottom: 70, left: 0 };
  const seen = opening([{ x: 0, y: 0, w: 2000, h: 1200 }], SCREEN, covered);
  expect(-seen.y * seen.zoom).toBeGreaterThanOrEqual(60);
  expect((1200 - seen.y) * seen.zoom).toBeLessThanOrEqual(SCREEN.h - 70);
  const begun = opening([{ x: 0, y: 0, w: 9000, h: 9000 }], SCREEN, covered);
  expect(Math.round(-begun.y * begun.zoom)).toBe(60 + 24);
  // Where nothing is left free there is nothing to keep clear of.
  const tiny = { w: 200, h: 120 };
  expect(opening([{ x: 0, y: 0, w: 100, h: 100 }], tiny, covered)).toEqual(
    opening([{ x: 0, y: 0, w: 100, h: 100 }], tiny),
  );
});

test("elements as long as there are not too many, at any zoom at which they can be told apart", () => {
  expect(isFar(0.15, 250, false)).toBe(false);
  expect(isFar(0.15, 251, false)).toBe(true);
  expect(isFar(0.13, 10, false)).toBe(true);
  expect(isFar(0.6, 500, false)).toBe(false);
  expect(isFar(0.6, 501, false)).toBe(true);
});

test("between few and many nothing changes", () => {
  expect(isFar(0.3, 240, false)).toBe(false);
  expect(isFar(0.3, 240, true)).toBe(true);
  expect(isFar(0.3, 200, true)).toBe(false);
});
