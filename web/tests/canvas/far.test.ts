// What is painted where elements are too many: own shapes, texts that can be read, bars for the rest. Knows no DOM.

import { expect, test } from "vitest";
import { paintFar } from "../../src/canvas/far.ts";
import { wrapper } from "../../src/canvas/fit.ts";
import { batchesOf } from "../../src/canvas/batches.ts";
import { outline, shapeOf } from "../../src/canvas/shapes.ts";
import type { Tokens } from "../../src/canvas/tokens.ts";
import type { Item } from "../../src/model/types.ts";
import { add, emptyBoard } from "./board.ts";

const wrap = wrapper((text) => text.length * 8);

/** A context that writes down what it is told. */
function paper() {
  const calls: string[] = [];
  const texts: string[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get:
      (_, name) =>
      (...args: unknown[]) => {
        calls.push(String(name));
        if (name === "fillText") texts.push(String(args[0]));
        return { width: 10 };
      },
    set: () => true,
  });
  return { context: context as unknown as CanvasRenderingContext2D, calls, texts };
}

const color = "#000";
const marked = new Proxy({}, { get: () => ({ fill: color, mark: color }) });
const tokens = new Proxy({} as Tokens, {
  get: (_, name) => (name === "kind" ? marked : name === "note" ? new Proxy({}, { get: () => color }) : color),
});

function painted(zoom: number, count = 1) {
  const board = emptyBoard();
  for (let index = 0; index < count; index += 1)
    add(board, "note", [index * 300, 0], [200, 140], "Hakemus saapuu Kelaan");
  const { snapshot } = board;
  const page = paper();
  const items = [...snapshot.items.values()];
  const batches = batchesOf(items, (id) => snapshot.rect(id), tokens);
  paintFar(page.context, { batches, count: items.length, placed: (entry) => entry.rect, zoom, tokens, wrap }, () =>
    page.calls.push("between"),
  );
  return page;
}

test("a text is written out where its letters are five pixels high, else it is bars", () => {
  expect(painted(0.35).texts.join(" ")).toBe("Hakemus saapuu Kelaan");
  expect(painted(0.2).texts).toEqual([]);
  expect(painted(0.2).calls).toContain("rect");
});

test("too many texts for a frame are bars", () => {
  expect(painted(0.35, 600).texts.length).toBeGreaterThan(0);
  expect(painted(0.35, 601).texts).toEqual([]);
});

test("each kind of step has its own outline", () => {
  const path = paper();
  const step = (stepKind: string) => ({ kind: "step", fields: { stepKind } }) as unknown as Item;
  const shapes = ["task", "start", "end", "decision", "wait", "subprocess"].map((kind) => shapeOf(step(kind)));
  expect(shapes).toEqual(["task", "round", "round", "diamond", "wait", "sub"]);
  outline(path.context, "diamond", { x: 0, y: 0, w: 160, h: 80 });
  expect(path.calls.filter((name) => name === "lineTo")).toHaveLength(5);
});

test("lines break at spaces, and a word too wide stays whole", () => {
  const { lines, size } = wrap("aaaa bbbb\ncccccccccccccccccccc", 80, 400, [16]);
  expect(size).toBe(16);
  expect(lines).toEqual(["aaaa bbbb", "cccccccccccccccccccc"]);
  expect(wrap("aaaa bbbb cc", 72, 400, [16]).lines).toEqual(["aaaa bbbb", "cc"]);
});
