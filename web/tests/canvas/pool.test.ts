// The pool: elements are used again, and nobody keeps another's text, name or focus stop. Knows no camera.
// @vitest-environment happy-dom

import { expect, test } from "vitest";
import type { Ink } from "../../src/canvas/draw/types.ts";
import { fitText } from "../../src/canvas/fit.ts";
import { Pool } from "../../src/canvas/pool.ts";
import { add, emptyBoard } from "./board.ts";

test("what leaves gives its element to what comes", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "eka");
  const two = add(board, "note", [10, 20], [220, 130], "toka");
  const layer = document.createElement("div");
  const pool = new Pool(() => layer);
  const ink: Ink = {
    words: (key, values) => [key, ...Object.values(values ?? {})].join(" "),
    snapshot: board.snapshot,
    locale: "fi",
    fit: (text, w, h, sizes) => fitText(text, w, h, sizes, (part) => part.length * 8),
  };
  const permissions = { may: () => ({ ok: true }) as const, facilitates: false, isLocked: () => false };
  const show = (id: string): void => {
    const item = board.snapshot.items.get(id);
    pool.show(new Map(item ? [[id, item]] : []), (which) => board.snapshot.rect(which), ink, permissions);
  };
  show(one);
  const element = pool.get(one)?.element;
  if (element) element.tabIndex = 0;
  show(two);
  expect(pool.get(one)).toBeUndefined();
  expect(pool.get(two)?.element).toBe(element);
  expect(layer.children).toHaveLength(1);
  expect(element?.textContent).toBe("toka");
  expect(element?.getAttribute("aria-label")).toContain("toka");
  expect(element?.tabIndex).toBe(-1);
  expect(element?.style.left).toBe("10px");
  expect(element?.style.width).toBe("220px");
});

test("text is as large as fits, down to the smallest size", () => {
  const wide = (text: string): number => text.length * 8;
  expect(fitText("lyhyt", 200, 100, [24, 16, 12], wide).size).toBe(24);
  const much = fitText("sana ".repeat(200), 200, 100, [24, 16, 12], wide);
  expect(much.size).toBe(12);
  expect(much.height).toBeGreaterThan(100);
});
