// Gestures with containers, arrows and sizes: what is aimed at, and the commands that come of it. Knows no page.

import { describe, expect, test } from "vitest";
import type { ItemKind } from "../../src/model/types.ts";
import { ITEM_KINDS } from "../../src/model/schema.ts";
import { leastSize } from "../../src/tools/sizes.ts";
import { add, emptyBoard } from "../canvas/board.ts";
import { stage } from "./env.ts";

function arrowBoard() {
  const board = emptyBoard();
  const from = add(board, "step", [0, 0], [160, 80]);
  const to = add(board, "step", [600, 0], [160, 80]);
  let arrow = "";
  board.write((writer) => {
    arrow = writer.addLink("sequence", from, to);
  });
  return { board, from, to, arrow };
}

describe("on an arrow", () => {
  test.each<ItemKind>(["obstacle", "bottleneck", "painPoint", "question", "cooperation", "evidence"])(
    "%s dropped is pinned there, and made there hangs on it",
    (kind) => {
      const { board, arrow } = arrowBoard();
      const id = add(board, kind, [200, 300], [100, 60]);
      const { drag, runs, machine, click } = stage(board);
      drag([210, 310], [520, 40]);
      expect(runs).toEqual([["connect.pin", { id, to: arrow, at: [510, 30] }]]);
      machine.setTool(kind);
      click([420, 44]);
      expect(runs[1]?.[0]).toBe(`${kind}.create`);
      expect(runs[1]?.[1]).toMatchObject({ on: arrow });
    },
  );

  test("within the margin only, and not a note", () => {
    const { board } = arrowBoard();
    const pain = add(board, "painPoint", [200, 300], [100, 60]);
    const note = add(board, "note", [400, 300], [100, 60]);
    const { drag, runs } = stage(board);
    drag([210, 310], [380, 49]);
    expect(runs[0]).toEqual(["item.move", { ids: [pain], by: [170, -261] }]);
    drag([410, 310], [380, 40]);
    expect(runs[1]?.[0]).toBe("item.move");
    expect(runs[1]?.[1]).toMatchObject({ ids: [note] });
  });

  test("what would hide the arrow's middle comes to stand under it", () => {
    const { board, arrow } = arrowBoard();
    const id = add(board, "obstacle", [200, 300], [100, 60]);
    const { drag, runs } = stage(board);
    drag([250, 330], [380, 40]);
    expect(runs).toEqual([["connect.pin", { id, to: arrow, at: [330, 72] }]]);
    add(board, "bottleneck", [300, 60], [160, 90]);
    drag([250, 330], [380, 40]);
    expect(runs[1]).toEqual(["connect.pin", { id, to: arrow, at: [330, 158] }]);
  });

  test("what hangs on it already moves, and the picture shows the aim", () => {
    const { board, arrow } = arrowBoard();
    const id = add(board, "obstacle", [200, 300], [100, 60]);
    board.write((writer) => void writer.addLink("pin", id, arrow));
    const { machine, at, runs, state } = stage(board);
    machine.down(at([210, 310]));
    machine.move(at([480, 40]));
    expect(state.preview.target).toBeUndefined();
    machine.up(at([480, 40]));
    expect(runs[0]?.[0]).toBe("item.move");
    const other = add(board, "obstacle", [200, 500], [100, 60]);
    machine.down(at([210, 510]));
    machine.move(at([480, 40]));
    expect(state.preview.target).toBe(arrow);
    machine.cancel();
    expect(board.snapshot.tetherOf(other)).toBeUndefined();
  });
});

describe("containers", () => {
  test("an arrow begins and ends on what holds nothing, also inside a frame", () => {
    const board = emptyBoard();
    const frame = add(board, "frame", [0, 0], [900, 700]);
    const lane = add(board, "lane", [24, 64], [800, 200], "", frame);
    const one = add(board, "goal", [100, 40], [200, 100], "", lane);
    const two = add(board, "term", [500, 40], [200, 100], "", lane);
    const { machine, click, runs } = stage(board);
    machine.setTool("arrow");
    click([200, 150]);
    click([600, 150]);
    click([30, 150]);
    click([600, 150]);
    click([600, 150]);
    click([300, 20]);
    expect(runs).toEqual([["connect.arrow", { from: one, to: two }]]);
  });

  test("the picture aims at the innermost container: a group before its frame, a frame for a lane", () => {
    const board = emptyBoard();
    const frame = add(board, "frame", [0, 0], [900, 700]);
    const group = add(board, "group", [400, 300], [300, 300], "", frame);
    add(board, "note", [50, 750], [100, 50]);
    add(board, "lane", [0, 810], [300, 100]);
    const { machine, at, state } = stage(board);
    const aim = (from: [number, number], to: [number, number]) => {
      machine.down(at(from));
      machine.move(at(to));
      const { target } = state.preview;
      machine.cancel();
      machine.up(at(to));
      return target;
    };
    expect(aim([60, 760], [500, 400])).toBe(group);
    expect(aim([60, 760], [200, 400])).toBe(frame);
    expect(aim([10, 820], [310, 440])).toBe(frame);
    expect(aim([300, 20], [350, 60])).toBeUndefined();
  });

  test("inside a frame a sweep and a click do as on the board; its title moves it", () => {
    const board = emptyBoard();
    const frame = add(board, "frame", [0, 0], [900, 700]);
    const note = add(board, "note", [400, 300], [200, 100], "", frame);
    const { drag, click, state, runs } = stage(board);
    drag([300, 250], [450, 350]);
    expect([...state.selection]).toEqual([note]);
    expect(runs).toEqual([]);
    click([700, 600]);
    expect([...state.selection]).toEqual([]);
    drag([300, 20], [340, 30]);
    expect(runs).toEqual([["item.move", { ids: [frame], by: [40, 10] }]]);
  });

  test("a lane is drawn to the lane above it, edge to edge", () => {
    const board = emptyBoard();
    add(board, "lane", [0, 0], [800, 200]);
    const low = add(board, "lane", [4, 300], [800, 200]);
    const { drag, runs } = stage(board);
    drag([20, 320], [20, 225]);
    expect(runs).toEqual([["item.move", { ids: [low], by: [-4, -100] }]]);
  });

  test("frames and groups are made as large as they are pulled, never below their least; a click makes one too", () => {
    const { machine, drag, click, runs } = stage(emptyBoard());
    machine.setTool("frame");
    drag([700, 500], [100, 100]);
    machine.setTool("group");
    drag([100, 100], [110, 110]);
    machine.setTool("frame");
    click([100, 100]);
    expect(runs).toEqual([
      ["frame.create", { at: [100, 100], fields: { size: [600, 400] } }],
      ["group.create", { at: [100, 100], fields: { size: [120, 80] } }],
      ["frame.create", { at: [76, 76] }],
    ]);
  });

  test("a pull that is given up makes nothing", () => {
    const { machine, at, runs, state } = stage(emptyBoard());
    machine.setTool("frame");
    machine.down(at([100, 100]));
    machine.move(at([300, 300]));
    expect(state.preview.marquee).toBeDefined();
    expect(machine.cancel()).toBe(true);
    machine.up(at([300, 300]));
    expect(runs).toEqual([]);
    expect(state.preview).toEqual({});
  });
});

describe("sizes", () => {
  test.each(ITEM_KINDS)("%s does not get smaller than its least", (kind) => {
    const board = emptyBoard();
    const id = add(board, kind, [0, 0], [600, 500]);
    const { env, drag, runs } = stage(board);
    env.select([id]);
    drag([600, 500], [1, 1], { handle: { corner: "se" } });
    expect(runs).toEqual([["item.resize", { id, at: [0, 0], size: [...leastSize(kind)] }]]);
    expect(Math.min(...leastSize(kind))).toBeGreaterThanOrEqual(40);
  });

  test("a start can be as small as its sign", () => {
    const board = emptyBoard();
    const id = add(board, "step", [0, 0], [60, 60]);
    board.write((writer) => writer.set(id, { stepKind: "start" }));
    expect(leastSize("step", board.snapshot.items.get(id))).toEqual([40, 40]);
    expect(leastSize("step")).toEqual([60, 40]);
  });
});
