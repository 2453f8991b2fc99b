// Long relations are drawn whole only where one looks, and hit only where they are drawn. Knows no page.

import { expect, test } from "vitest";
import { isWhole } from "../../src/canvas/relations.ts";
import { stage } from "../tools/env.ts";
import { add, emptyBoard } from "./board.ts";

function related(apart: number) {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [100, 100]);
  const other = add(board, "note", [100 + apart, 0], [100, 100]);
  let relation = "";
  board.write((writer) => {
    relation = writer.addLink("relation", one, other);
  });
  return { one, other, relation, ...stage(board) };
}

test("420 apart it is whole, one more and only while it or an end is chosen", () => {
  for (const [apart, whole] of [
    [420, true],
    [421, false],
  ] as const) {
    const { state, relation, one } = related(apart);
    const link = state.snapshot.links.get(relation);
    const way = state.routes.get(relation);
    if (!link || !way) throw new Error("it is there");
    expect(isWhole(link, way, new Set())).toBe(whole);
    expect(isWhole(link, way, new Set([one]))).toBe(true);
    expect(isWhole(link, way, new Set([relation]))).toBe(true);
    expect(isWhole({ ...link, kind: "sequence" }, way, new Set())).toBe(true);
  }
});

test("a click on a long one selects nothing until an end is chosen", () => {
  const { click, state, relation } = related(600);
  click([400, 50]);
  expect([...state.selection]).toEqual([]);
  click([50, 50]);
  click([400, 50]);
  expect([...state.selection]).toEqual([relation]);
});
