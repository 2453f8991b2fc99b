// The camera: there and back, what stays in place, limits, fitting, calm. Knows no board.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Camera, MAX_ZOOM, MIN_ZOOM } from "../../src/canvas/camera.ts";

function camera(calm = true) {
  const waiting: (() => void)[] = [];
  const time = { now: 0 };
  const made = new Camera({ now: () => time.now, frame: (run) => waiting.push(run), reducedMotion: () => calm });
  made.resize(1000, 800);
  return { made, waiting, time };
}

const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });

test("a point goes to the screen and back", () => {
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      coordinate,
      coordinate,
      fc.double({ min: 0.05, max: 4, noNaN: true }),
      (x, y, px, py, zoom) => {
        const { made } = camera();
        made.set({ x, y, zoom });
        const [bx, by] = made.toBoard(made.toScreen([px, py]));
        expect(bx).toBeCloseTo(px, 4);
        expect(by).toBeCloseTo(py, 4);
      },
    ),
  );
});

test("zooming keeps the point under the pointer", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.nat(1000), fc.nat(800), (factor, sx, sy) => {
      const { made } = camera();
      made.set({ x: 40, y: -70, zoom: 0.8 });
      const before = made.toBoard([sx, sy]);
      made.zoomAt([sx, sy], factor);
      const after = made.toBoard([sx, sy]);
      expect(after[0]).toBeCloseTo(before[0], 4);
      expect(after[1]).toBeCloseTo(before[1], 4);
    }),
  );
});

test("zoom stays between 5 % and 400 %", () => {
  const { made } = camera();
  made.zoomAt([0, 0], 1e-9);
  expect(made.zoom).toBe(MIN_ZOOM);
  made.zoomAt([0, 0], 1e9);
  expect(made.zoom).toBe(MAX_ZOOM);
});

test("a state that is no number is not taken", () => {
  const { made } = camera();
  made.set({ x: NaN, y: 0, zoom: 1 });
  made.set({ x: 0, y: 0, zoom: Infinity });
  expect(made.state).toEqual({ x: 0, y: 0, zoom: 1 });
});

test("fitting shows the whole rectangle in the middle", () => {
  const { made } = camera();
  made.fit({ x: 100, y: 200, w: 4000, h: 500 });
  const seen = made.view;
  expect(seen.x).toBeLessThanOrEqual(100);
  expect(seen.x + seen.w).toBeGreaterThanOrEqual(4100);
  expect(made.middle[0]).toBeCloseTo(2100);
  expect(made.middle[1]).toBeCloseTo(450);
});

test("revealing moves only when it must", () => {
  const { made } = camera();
  made.reveal({ x: 100, y: 100, w: 50, h: 50 });
  expect(made.state.x).toBe(0);
  made.reveal({ x: 1500, y: 100, w: 50, h: 50 });
  const seen = made.view;
  expect(seen.x + seen.w).toBeGreaterThanOrEqual(1550);
});

test("what was on the screen, or on its way there, stays on a screen that gets smaller; what was not does not come", () => {
  const far = { x: 9000, y: 100, w: 50, h: 50 };
  const { made, waiting, time } = camera(false);
  const { w, h } = made.screen;
  const edge = { x: w - 100, y: 100, w: 50, h: 50 };
  const settle = (): void => {
    time.now += 10_000;
    waiting.splice(0).forEach((run) => run());
  };
  made.resize(w - 300, h, far);
  expect(waiting).toHaveLength(0);
  made.resize(w, h);
  made.resize(w - 300, h, edge);
  settle();
  expect(made.view.x + made.view.w).toBeGreaterThanOrEqual(edge.x + edge.w);
  // Still gliding to it when the room gets less.
  made.resize(w, h);
  made.reveal(far);
  made.resize(w - 300, h, far);
  settle();
  expect(made.view.x).toBeLessThanOrEqual(far.x);
  expect(made.view.x + made.view.w).toBeGreaterThanOrEqual(far.x + far.w);
});

test("zooming glides over frames, and at once when the person wants less motion", () => {
  const still = camera(true);
  still.made.zoomBy(2);
  expect(still.made.zoom).toBe(2);
  const moving = camera(false);
  moving.made.zoomBy(2);
  expect(moving.made.zoom).toBe(1);
  moving.time.now = 100;
  moving.waiting.shift()?.();
  expect(moving.made.zoom).toBeGreaterThan(1);
  expect(moving.made.zoom).toBeLessThan(2);
  moving.time.now = 10_000;
  moving.waiting.shift()?.();
  expect(moving.made.zoom).toBe(2);
  expect(moving.waiting).toHaveLength(0);
});

test("zooming again in mid-flight goes on from where the flight leads", () => {
  const { made, time, waiting } = camera(false);
  const middle = made.middle;
  made.zoomBy(2);
  time.now = 50;
  waiting.shift()?.();
  made.zoomBy(1 / 2);
  time.now = 10_000;
  while (waiting.length > 0) waiting.shift()?.();
  expect(made.zoom).toBeCloseTo(1);
  expect(made.middle[0]).toBeCloseTo(middle[0]);
  expect(made.middle[1]).toBeCloseTo(middle[1]);
});
