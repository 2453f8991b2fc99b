// Pointer sequences and the commands that come of them. Knows no page.

import { expect, test } from "vitest";
import { add, emptyBoard } from "../canvas/board.ts";
import { stage } from "./env.ts";

function two() {
  const board = emptyBoard();
  const one = add(board, "note", [100, 100], [200, 120]);
  const other = add(board, "note", [500, 400], [200, 120]);
  return { board, one, other, ...stage(board) };
}

test("a click selects, with Shift adds and takes away, on nothing clears", () => {
  const { one, other, click, state } = two();
  click([150, 150]);
  expect([...state.selection]).toEqual([one]);
  click([550, 450], { shift: true });
  expect([...state.selection]).toEqual([one, other]);
  click([550, 450], { shift: true });
  expect([...state.selection]).toEqual([one]);
  click([900, 50]);
  expect([...state.selection]).toEqual([]);
});

test("dragging shows, and writes once at the end", () => {
  const { machine, at, one, runs, state } = two();
  machine.down(at([150, 150]));
  machine.move(at([190, 170]));
  machine.move(at([210, 185]));
  expect(runs).toEqual([]);
  expect(state.preview.drag).toEqual({ ids: [one], by: [60, 35] });
  machine.up(at([210, 185]));
  expect(runs).toEqual([["item.move", { ids: [one], by: [60, 35] }]]);
  expect(state.preview).toEqual({});
});

test("3 px is a click and 4 px a drag with a mouse; 5 and 6 with a finger", () => {
  for (const [touch, still, moved] of [
    [false, 3, 4],
    [true, 5, 6],
  ] as const) {
    const small = two();
    small.machine.down(small.at([150, 150], { touch }));
    small.machine.move(small.at([150 + still, 150], { touch }));
    expect(small.machine.busy).toBe(false);
    small.machine.move(small.at([150 + moved, 150], { touch }));
    expect(small.machine.busy).toBe(true);
  }
});

test("Esc aborts a drag: nothing is written, nothing is left", () => {
  const { machine, at, runs, state } = two();
  machine.down(at([150, 150]));
  machine.move(at([250, 150]));
  expect(machine.cancel()).toBe(true);
  machine.up(at([300, 150]));
  expect(runs).toEqual([]);
  expect(state.preview).toEqual({});
});

test("a forbidden item does not move, and does not hold back the others", () => {
  const { drag, forbidden, one, other, runs, env } = two();
  forbidden.add(one);
  drag([150, 150], [250, 150]);
  expect(runs).toEqual([]);
  env.select([one, other]);
  drag([550, 450], [650, 450]);
  expect(runs).toEqual([["item.move", { ids: [other], by: [100, 0] }]]);
});

test("an obstacle dropped on a step is pinned there", () => {
  const board = emptyBoard();
  const step = add(board, "step", [400, 100], [160, 80]);
  const obstacle = add(board, "obstacle", [100, 300], [160, 80]);
  const { drag, runs } = stage(board);
  drag([150, 340], [450, 150]);
  const last = runs[runs.length - 1];
  expect(last?.[0]).toBe("connect.pin");
  expect(last?.[1]).toMatchObject({ id: obstacle, to: step });
});

test("a pinned obstacle pulled far off is told to leave its carrier", () => {
  const board = emptyBoard();
  const step = add(board, "step", [100, 100], [160, 80]);
  const obstacle = add(board, "obstacle", [0, 0], [160, 80]);
  board.write((writer) => writer.addLink("pin", obstacle, step, { offset: [100, 60] }));
  const { drag, runs } = stage(board);
  drag([340, 220], [350, 220]);
  expect(runs[0]).toEqual(["item.move", { ids: [obstacle], by: [10, 0] }]);
  drag([340, 220], [840, 720]);
  expect(runs[1]).toEqual(["item.move", { ids: [obstacle], by: [500, 500], into: null }]);
});

test("sweeping selects what it touches and restores on Esc", () => {
  const { machine, at, one, other, state } = two();
  machine.down(at([50, 50]));
  machine.move(at([120, 120]));
  expect([...state.selection]).toEqual([one]);
  machine.move(at([900, 700]));
  expect([...state.selection].toSorted()).toEqual([one, other].toSorted());
  machine.cancel();
  expect([...state.selection]).toEqual([]);
});

test("a corner resizes and never below the least size", () => {
  const { drag, click, one, runs } = two();
  click([150, 150]);
  drag([300, 220], [350, 260], { handle: { corner: "se" } });
  expect(runs[0]).toEqual(["item.resize", { id: one, at: [100, 100], size: [250, 160] }]);
  drag([100, 100], [900, 900], { handle: { corner: "nw" } });
  expect(runs[1]).toEqual(["item.resize", { id: one, at: [240, 180], size: [60, 40] }]);
});

test("an arrow by a pull, and by two clicks", () => {
  const { machine, drag, click, at, one, other, runs } = two();
  machine.setTool("arrow");
  drag([150, 150], [550, 450]);
  click([150, 150]);
  machine.move(at([300, 300]));
  click([550, 450]);
  expect(runs).toEqual([
    ["connect.arrow", { from: one, to: other }],
    ["connect.arrow", { from: one, to: other }],
  ]);
});

test("an arrow that ends on nothing or on its beginning is none", () => {
  const { machine, drag, click, runs } = two();
  machine.setTool("arrow");
  drag([150, 150], [900, 50]);
  click([150, 150]);
  click([150, 150]);
  expect(runs).toEqual([]);
});

test("a dot beside the selected item begins an arrow from that side", () => {
  const { drag, click, one, other, runs } = two();
  click([150, 150]);
  drag([320, 160], [550, 450], { handle: { dot: "right" } });
  expect(runs).toEqual([["connect.arrow", { from: one, to: other, fromSide: "right" }]]);
});

test("a click with a kind's tool makes one there and goes back to select; a pull makes none", () => {
  const { machine, click, drag, runs, tools } = two();
  machine.setTool("note");
  drag([800, 100], [900, 200]);
  expect(runs).toEqual([]);
  click([800, 160]);
  expect(runs).toEqual([["note.create", { at: [700, 100] }]]);
  expect(tools).toEqual(["select"]);
  expect(machine.tool).toBe("select");
});

test("a double click edits an item, and makes a note on empty board", () => {
  const { machine, at, one, runs } = two();
  machine.double(at([150, 150]));
  machine.double(at([800, 100]));
  expect(runs[0]).toEqual(["item.edit", { id: one }]);
  expect(runs[1]?.[0]).toBe("note.create");
});

test("hand, middle button and held Space move the board and nothing else", () => {
  const { machine, drag, env, runs } = two();
  machine.setTool("hand");
  drag([150, 150], [50, 100]);
  expect(env.camera.state).toMatchObject({ x: 100, y: 50 });
  machine.setTool("select");
  drag([150, 150], [140, 150], { button: "middle" });
  machine.spaceHeld = true;
  drag([150, 150], [140, 150]);
  expect(env.camera.state.x).toBe(120);
  expect(runs).toEqual([]);
});

test("a second finger ends the drag and pinches", () => {
  const { machine, at, env, runs, state } = two();
  const finger = (id: number) => ({ touch: true, id });
  machine.down(at([150, 150], finger(1)));
  machine.move(at([180, 150], finger(1)));
  expect(state.preview.drag).toBeDefined();
  machine.down(at([380, 150], finger(2)));
  expect(state.preview).toEqual({});
  machine.move(at([580, 150], finger(2)));
  expect(env.camera.zoom).toBeCloseTo(2);
  machine.up(at([580, 150], finger(2)));
  machine.up(at([180, 150], finger(1)));
  expect(runs).toEqual([]);
});

test("a lost pointer leaves nothing half done", () => {
  const { machine, at, runs, state } = two();
  machine.down(at([150, 150]));
  machine.move(at([250, 150]));
  machine.lost(1);
  expect(state.preview).toEqual({});
  expect(runs).toEqual([]);
});

test("an obstacle let go in the middle of a step is left to find its own place", () => {
  const board = emptyBoard();
  const step = add(board, "step", [400, 100], [160, 80]);
  const obstacle = add(board, "obstacle", [100, 300], [160, 80]);
  const { drag, runs } = stage(board);
  drag([180, 340], [480, 140]);
  drag([105, 375], [555, 105]);
  expect(runs[0]).toEqual(["connect.pin", { id: obstacle, to: step }]);
  expect(runs[1]?.[1]).toHaveProperty("offset");
});
