// Lines that follow: threads to arrows, relations to titles. Knows no DOM.

import { expect, test } from "vitest";
import { linkAt } from "../../src/canvas/hit.ts";
import { arrowWords } from "../../src/canvas/paint.ts";
import { straight, thread } from "../../src/canvas/route.ts";
import { linesOf, Routes } from "../../src/canvas/routes.ts";
import { SurfaceState } from "../../src/canvas/state.ts";
import { add, emptyBoard } from "./board.ts";

const EVERYWHERE = { x: -1e7, y: -1e7, w: 2e7, h: 2e7 };

function process() {
  const board = emptyBoard();
  const from = add(board, "step", [0, 0], [100, 80]);
  const to = add(board, "step", [300, 0], [100, 80]);
  const pinned = add(board, "bottleneck", [150, 300], [100, 60]);
  let [arrow, pin] = ["", ""];
  board.write((writer) => {
    arrow = writer.addLink("sequence", from, to);
    pin = writer.addLink("pin", pinned, arrow);
  });
  const routes = new Routes(board.snapshot);
  board.subscribe((change) => routes.apply(change));
  return { board, from, to, pinned, arrow, pin, routes };
}

test("a thread leads from the item's edge to the arrow's middle, and follows both", () => {
  const { board, to, pinned, pin, arrow, routes } = process();
  expect(routes.get(pin)?.points).toEqual([
    [200, 300],
    [200, 40],
  ]);
  board.write((writer) => writer.set(to, { at: [500, 0] }));
  expect(routes.get(pin)?.points.at(-1)).toEqual(routes.get(arrow)?.label);
  expect(routes.get(pin)?.points.at(-1)).toEqual([300, 40]);
  board.write((writer) => writer.set(pinned, { at: [250, 300] }));
  expect(routes.get(pin)?.points[0]).toEqual([300, 300]);
  board.write((writer) => writer.remove(arrow));
  expect(routes.get(pin)).toBeUndefined();
  board.undo();
  expect(routes.get(pin)).toBeDefined();
});

test("routes kept from change to change are those made anew", () => {
  const { board, from, to, pinned, arrow, routes } = process();
  const note = add(board, "note", [900, 900], [200, 120]);
  board.write((writer) => {
    writer.addLink("relation", note, to);
    writer.addLink("pin", note, arrow);
    writer.set(from, { at: [-300, 200] });
  });
  board.write((writer) => writer.set(pinned, { size: [300, 300] }));
  board.write((writer) => writer.set(to, { at: [10, 900] }));
  const all = (which: Routes) => new Map([...which.visible(EVERYWHERE)].map(([link, way]) => [link.id, way]));
  expect(all(routes)).toEqual(all(new Routes(board.snapshot)));
  expect(all(routes).size).toBe(4);
});

test("what is dragged takes its lines with it: arrows, relations, threads on its arrows", () => {
  const { board, from, to, pinned, arrow, pin } = process();
  const note = add(board, "note", [900, 900], [200, 120]);
  let relation = "";
  board.write((writer) => {
    relation = writer.addLink("relation", note, from);
  });
  const ids = (id: string) => linesOf(board.snapshot, id).map((link) => link.id);
  expect(ids(from).toSorted()).toEqual([arrow, pin, relation].toSorted());
  expect(ids(to).toSorted()).toEqual([arrow, pin].toSorted());
  expect(ids(pinned)).toEqual([pin]);
  expect(ids(arrow)).toEqual([pin]);
});

test("dragging a frame shows all that stands in it on the move", () => {
  const board = emptyBoard();
  const frame = add(board, "frame", [0, 0], [900, 900]);
  const lane = add(board, "lane", [50, 100], [800, 200], "", frame);
  const step = add(board, "step", [100, 50], [160, 80], "", lane);
  const state = new SurfaceState(board);
  state.preview = { drag: { ids: [frame], by: [10, 20] } };
  expect(state.rect(step)).toMatchObject({ x: 160, y: 170 });
  expect([...state.unsettled()].toSorted()).toEqual([frame, lane, step].toSorted());
});

test("a relation goes from edge to edge, to a container's title, and is hit like an arrow; a thread is not", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [1000, 200]);
  const obstacle = add(board, "obstacle", [500, 60], [160, 80]);
  let relation = "";
  board.write((writer) => {
    relation = writer.addLink("relation", obstacle, lane);
  });
  const routes = new Routes(board.snapshot);
  expect(routes.get(relation)?.points).toEqual([
    [500, 100],
    [56, 100],
  ]);
  expect(linkAt(routes.visible(EVERYWHERE), [200, 104], 8)?.id).toBe(relation);
  const { routes: others } = process();
  expect(linkAt(others.visible(EVERYWHERE), [200, 200], 8)).toBeUndefined();
});

test("boxes in each other, and points in boxes, have lines too", () => {
  const outer = { x: 0, y: 0, w: 100, h: 100 };
  for (const inner of [outer, { x: 40, y: 40, w: 10, h: 10 }, { x: 50, y: 50, w: 0, h: 0 }]) {
    for (const point of [...straight(outer, inner).points, ...thread(outer, [inner.x, inner.y]).points]) {
      expect(point.every(Number.isFinite)).toBe(true);
    }
  }
});

test("an arrow says its name, its condition and its data", () => {
  const { board, arrow } = process();
  const said = () => {
    const link = board.snapshot.links.get(arrow);
    return link && arrowWords(link);
  };
  expect(said()).toBe("");
  board.write((writer) => {
    writer.setText(arrow, " kyllä\n");
    writer.set(arrow, { condition: "tulot alle rajan", data: "päätös" });
  });
  expect(said()).toBe("kyllä · [tulot alle rajan] · päätös");
});
