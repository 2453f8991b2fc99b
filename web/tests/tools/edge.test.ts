// A pull held at the border moves the view, after a moment, and stops with it. Knows no page.

import { expect, test } from "vitest";
import { EdgeScroll } from "../../src/tools/edge.ts";
import type { PointerInput } from "../../src/tools/types.ts";
import type { Point } from "../../src/model/types.ts";
import { emptyBoard } from "../canvas/board.ts";
import { stage } from "./env.ts";

function border() {
  const { env, at } = stage(emptyBoard());
  const { camera } = env;
  const frames: (() => void)[] = [];
  const moved: PointerInput[] = [];
  let now = 0;
  const edge = new EdgeScroll({
    camera,
    now: () => now,
    frame: (run) => frames.push(run),
    moved: (input) => moved.push(input),
  });
  const pass = (ms: number): void => {
    for (const end = now + ms; now < end;) {
      now += 10;
      for (const run of frames.splice(0)) run();
    }
  };
  return { camera, moved, edge, pass, frames, held: (point: Point) => edge.follow(at(point)) };
}

test("within 8 px of the border, after 200 ms, the view moves and the gesture follows", () => {
  const { camera, moved, pass, held } = border();
  held([992, 400]);
  pass(190);
  expect(camera.state.x).toBe(0);
  pass(100);
  expect(camera.state.x).toBeGreaterThan(30);
  expect(camera.state.y).toBe(0);
  expect(moved.at(-1)?.board[0]).toBeCloseTo(992 + camera.state.x);
});

test("9 px away nothing moves", () => {
  const { camera, pass, held, frames } = border();
  held([991, 400]);
  held([9, 9]);
  pass(500);
  expect(camera.state).toMatchObject({ x: 0, y: 0 });
  expect(frames).toEqual([]);
});

test("leaving the border, or letting go, stops it, and the moment begins anew", () => {
  const { camera, pass, held, edge, frames } = border();
  held([0, 0]);
  pass(400);
  const there = camera.state;
  expect(there.x).toBeLessThan(0);
  expect(there.y).toBeLessThan(0);
  edge.stop();
  pass(100);
  expect(camera.state).toEqual(there);
  expect(frames).toEqual([]);
  held([0, 400]);
  pass(150);
  expect(camera.state).toEqual(there);
});
