// The surface before boards that nobody should make: it draws what can be drawn, and neither hangs nor throws.
// @vitest-environment happy-dom

import { afterEach, expect, test } from "vitest";
import { batchesOf } from "../../src/canvas/batches.ts";
import { paintFar } from "../../src/canvas/far.ts";
import { fitText, wrapper } from "../../src/canvas/fit.ts";
import { mountCanvas } from "../../src/canvas/mount.ts";
import { paintLostNames, paintNames } from "../../src/canvas/names.ts";
import { Camera } from "../../src/canvas/camera.ts";
import { Routes } from "../../src/canvas/routes.ts";
import { Scene } from "../../src/canvas/scene.ts";
import { sheetsOf } from "../../src/canvas/sheets.ts";
import type { Tokens } from "../../src/canvas/tokens.ts";
import type { CanvasView } from "../../src/canvas/types.ts";
import type { BoardModel } from "../../src/model/board.ts";
import { ITEM_KINDS, REACH } from "../../src/model/schema.ts";
import type { Point, Size } from "../../src/model/types.ts";
import { add, emptyBoard, PERSON } from "./board.ts";

/** Long for a slow machine, short for a loop without end. */
const PATIENCE = { timeout: 60_000 };
const open: CanvasView[] = [];
afterEach(() => {
  for (const view of open.splice(0)) view.destroy();
  document.body.replaceChildren();
});

const CORNERS: readonly Point[] = [
  [0, 0],
  [REACH, REACH],
  [-REACH, -REACH],
  [REACH, -REACH],
];
const SIZES: readonly Size[] = [
  [1, 1],
  [1, REACH],
  [REACH, 1],
  [REACH, REACH],
];
const TEXTS = ["", "\u200b\u200b\u2060", "\u202eabc", "שלום עולם", "a".repeat(4000), "x\n".repeat(2000), "👩\u200d💻"];

function everything(): BoardModel {
  const board = emptyBoard();
  board.write((writer) => {
    let turn = 0;
    for (const kind of ITEM_KINDS) {
      for (const at of CORNERS) {
        for (const size of SIZES) {
          writer.addItem(kind, { at, size, layer: (turn % 3) - 1 }, TEXTS[turn % TEXTS.length]);
          turn += 1;
        }
      }
    }
    const ids = ITEM_KINDS.map((kind) => writer.addItem(kind, { at: [turn, 0] }));
    for (const [at, id] of ids.entries()) {
      const other = ids[(at + 3) % ids.length] ?? "";
      const arrow = writer.addLink("sequence", id, other, { condition: TEXTS[3] });
      writer.addLink("relation", other, id);
      writer.addLink("pin", ids[(at + 5) % ids.length] ?? "", at % 2 === 0 ? arrow : other, { offset: [REACH, 0] });
    }
  });
  return board;
}

function mount(board: BoardModel): CanvasView {
  const host = document.createElement("div");
  document.body.append(host);
  const view = mountCanvas(host, {
    model: board,
    run: () => undefined,
    can: () => ({ ok: true }),
    permissions: { may: () => ({ ok: true }), facilitates: false, isLocked: () => false },
    presence: { others: () => [], subscribe: () => () => undefined, publish: () => undefined },
    words: (key) => key,
    onFocus: () => undefined,
    onTool: () => undefined,
    person: PERSON,
  });
  open.push(view);
  return view;
}

test("every kind at every corner of the board and in every size is mounted, chosen and left", PATIENCE, () => {
  const board = everything();
  const view = mount(board);
  const ids = [...board.snapshot.items.keys()];
  for (const id of ids) {
    view.select([id]);
    view.takeFocus();
    expect(document.getElementById(`jb-${id}`)?.getAttribute("aria-label")).not.toBe("");
  }
  view.zoomToFit();
  board.write((writer) => {
    for (const id of ids) writer.remove(id);
  });
  expect(view.focus.selection).toEqual([]);
});

test("the same painted from afar is painted with numbers only", () => {
  const { snapshot } = everything();
  const items = [...snapshot.items.values()];
  const bad: unknown[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get:
      (_, name) =>
      (...args: unknown[]) => {
        for (const arg of args) if (typeof arg === "number" && !Number.isFinite(arg)) bad.push([name, args]);
        if (name === "roundRect" && Number(args[4]) < 0) bad.push([name, args]);
        return { width: 10 };
      },
    set: () => true,
  }) as unknown as CanvasRenderingContext2D;
  const colors = new Proxy({}, { get: () => ({ fill: "#000", mark: "#000" }) });
  const tokens = new Proxy({} as Tokens, {
    get: (_, name) => (name === "note" || name === "kind" ? colors : "#000"),
  });
  const wrap = wrapper((text) => text.length * 8);
  const rectOf = (id: string) => snapshot.rect(id);
  const camera = new Camera({ now: () => 0, frame: () => undefined, reducedMotion: () => true });
  camera.resize(1000, 800);
  for (const zoom of [0.05, 0.3, 4]) {
    camera.set({ x: -100, y: -100, zoom });
    const batches = batchesOf(items, rectOf, tokens);
    paintFar(
      context,
      { batches, count: items.length, placed: (entry) => entry.rect, zoom, tokens, wrap },
      () => undefined,
    );
    paintNames(context, items, rectOf, zoom, tokens);
    paintLostNames(context, items, rectOf, camera, tokens);
  }
  expect(bad).toEqual([]);
});

test("the grid keeps no more than 64 places for an item, however large", () => {
  const board = emptyBoard();
  for (let turn = 0; turn < 50; turn += 1) add(board, "frame", [-REACH, -REACH], [REACH, REACH]);
  const note = add(board, "note", [REACH, REACH], [REACH, REACH]);
  const scene = new Scene(board.snapshot);
  expect(scene.places).toBeLessThanOrEqual(51 * 64);
  expect(scene.visible({ x: REACH + 5, y: REACH + 5, w: 1, h: 1 }).map((item) => item.id)).toEqual([note]);
  expect(scene.visible({ x: -Infinity, y: -Infinity, w: Infinity, h: Infinity })).toBeDefined();
  const many = emptyBoard();
  for (let turn = 0; turn < 10; turn += 1) add(many, "note", [turn * 50_000, 0], [200, 120]);
  expect(new Scene(many.snapshot).places).toBeLessThanOrEqual(20);
});

test("10,000 objects with 5,000 lines: found, routed and stacked once each", PATIENCE, () => {
  const board = emptyBoard();
  board.write((writer) => {
    let before = "";
    for (let turn = 0; turn < 10_000; turn += 1) {
      const kind = ITEM_KINDS[turn % ITEM_KINDS.length] ?? "note";
      const id = writer.addItem(kind, { at: [(turn % 100) * 260, Math.floor(turn / 100) * 200], size: [200, 120] });
      if (turn % 2 === 1) writer.addLink(turn % 4 === 1 ? "sequence" : "relation", before, id);
      before = id;
    }
  });
  const { snapshot } = board;
  const scene = new Scene(snapshot);
  const everywhere = { x: -REACH, y: -REACH, w: 2 * REACH, h: 2 * REACH };
  expect(scene.visible(everywhere)).toHaveLength(10_000);
  expect([...new Routes(snapshot).visible(everywhere)]).toHaveLength(5_000);
  expect(sheetsOf(snapshot.items.values(), (id) => snapshot.rect(id)).flat()).toHaveLength(10_000);
  const view = mount(board);
  view.select([...snapshot.items.keys()]);
  expect(view.focus.selection).toHaveLength(10_000);
});

test("a text without width, and a box without room, have a size", () => {
  for (const text of TEXTS) {
    for (const [w, h] of [
      [-40, -20],
      [0, 0],
      [1, 1],
      [1e6, 1e6],
    ] as const) {
      const { size, height } = fitText(text, w, h, [18, 12], (part) => part.replace(/\u200b|\u2060/g, "").length * 8);
      expect(size).toBeGreaterThan(0);
      expect(Number.isFinite(height)).toBe(true);
    }
  }
});
