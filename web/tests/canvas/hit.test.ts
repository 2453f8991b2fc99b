// What a pointer hits and where arrow keys lead. Knows no DOM.

import { expect, test } from "vitest";
import { itemAt, itemsIn, linkAt, nearest } from "../../src/canvas/hit.ts";
import { route } from "../../src/canvas/route.ts";
import { Scene } from "../../src/canvas/scene.ts";
import { add, emptyBoard } from "./board.ts";

test("the topmost item wins, an exact hit before a near one", () => {
  const board = emptyBoard();
  const step = add(board, "step", [0, 0], [160, 80]);
  const obstacle = add(board, "obstacle", [100, 40], [160, 80]);
  const scene = new Scene(board.snapshot);
  expect(itemAt(scene, [120, 60], 2)?.id).toBe(obstacle);
  expect(itemAt(scene, [98, 60], 4)?.id).toBe(step);
  expect(itemAt(scene, [-3, 10], 4)?.id).toBe(step);
  expect(itemAt(scene, [-5, 10], 4)).toBeUndefined();
});

test("a lane is hit at its name and its edge, not inside", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [1000, 200]);
  const scene = new Scene(board.snapshot);
  expect(itemAt(scene, [20, 100], 2)?.id).toBe(lane);
  expect(itemAt(scene, [500, 1], 2)?.id).toBe(lane);
  expect(itemAt(scene, [500, 100], 2)).toBeUndefined();
});

test("a frame and a group are hit at their titles and edges, and lie under what stands in them", () => {
  const board = emptyBoard();
  const frame = add(board, "frame", [0, 0], [1000, 800]);
  const group = add(board, "group", [100, 200], [400, 300], "", frame);
  const note = add(board, "note", [0, 0], [200, 120], "", group);
  const scene = new Scene(board.snapshot);
  expect(itemAt(scene, [500, 30], 2)?.id).toBe(frame);
  expect(itemAt(scene, [998, 700], 2)?.id).toBe(frame);
  expect(itemAt(scene, [700, 700], 2)).toBeUndefined();
  expect(itemAt(scene, [450, 220], 2)?.id).toBe(group);
  expect(itemAt(scene, [450, 400], 2)).toBeUndefined();
  expect(itemAt(scene, [150, 220], 2)?.id).toBe(note);
  expect(itemAt(scene, [450, 220], 2, (item) => item.kind === "note")).toBeUndefined();
  expect(itemsIn(scene, { x: 320, y: 320, w: 900, h: 900 })).toEqual([]);
  expect(
    itemsIn(scene, { x: 90, y: 190, w: 500, h: 400 })
      .map((item) => item.id)
      .toSorted(),
  ).toEqual([group, note].toSorted());
});

test("what is brought forward is hit before what lies under it, and no layer lifts a lane over a note", () => {
  const board = emptyBoard();
  const under = add(board, "note", [0, 0], [200, 120]);
  const over = add(board, "note", [0, 0], [200, 120]);
  const lane = add(board, "lane", [0, 0], [900, 200]);
  const scene = new Scene(board.snapshot);
  board.subscribe((change) => scene.apply(change));
  board.write((writer) => writer.set(under, { layer: -1 }));
  expect(itemAt(scene, [30, 30], 2)?.id).toBe(over);
  board.write((writer) => {
    writer.set(under, { layer: 1 });
    writer.set(lane, { layer: 9 });
  });
  expect(itemAt(scene, [30, 30], 2)?.id).toBe(under);
});

test("sweeping takes what it touches, and lanes only whole", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [1000, 200]);
  const note = add(board, "note", [100, 50], [200, 120]);
  const scene = new Scene(board.snapshot);
  expect(itemsIn(scene, { x: 250, y: 100, w: 40, h: 40 }).map((item) => item.id)).toEqual([note]);
  const all = itemsIn(scene, { x: -10, y: -10, w: 1100, h: 300 }).map((item) => item.id);
  expect(all.toSorted()).toEqual([lane, note].toSorted());
});

test("an arrow is hit along its line", () => {
  const board = emptyBoard();
  const from = add(board, "step", [0, 0], [100, 80]);
  const to = add(board, "step", [300, 0], [100, 80]);
  board.write((writer) => writer.addLink("sequence", from, to));
  const [link] = board.snapshot.links.values();
  if (!link) throw new Error("the arrow is there");
  const ways = [[link, route({ x: 0, y: 0, w: 100, h: 80 }, { x: 300, y: 0, w: 100, h: 80 })]] as const;
  expect(linkAt(ways, [200, 46], 8)?.id).toBe(link.id);
  expect(linkAt(ways, [200, 49], 8)).toBeUndefined();
});

test("arrow keys lead to the nearest item that way, or nowhere", () => {
  const board = emptyBoard();
  const middle = add(board, "note", [0, 0], [100, 100]);
  const right = add(board, "note", [200, 0], [100, 100]);
  add(board, "note", [700, 0], [100, 100]);
  const below = add(board, "note", [20, 300], [100, 100]);
  const rect = { x: 0, y: 0, w: 100, h: 100 };
  expect(nearest(board.snapshot, rect, "right", middle)).toBe(right);
  expect(nearest(board.snapshot, rect, "down", middle)).toBe(below);
  expect(nearest(board.snapshot, rect, "left", middle)).toBeUndefined();
});
