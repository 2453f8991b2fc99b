// A colour that was chosen is seen on every kind; until then each kind has its own. Knows no DOM.

import { expect, test } from "vitest";
import { tintOf } from "../../src/canvas/tint.ts";
import { add, emptyBoard } from "./board.ts";

test("every kind but the note keeps its own look until somebody chooses a colour", () => {
  const board = emptyBoard();
  for (const kind of ["note", "lane", "step", "obstacle", "cooperation", "nextStep"] as const) {
    const id = add(board, kind, [0, 0], [200, 120]);
    const item = () => {
      const found = board.snapshot.items.get(id);
      if (!found) throw new Error("it was added");
      return found;
    };
    expect(tintOf(item())).toBe(kind === "note" ? "yellow" : undefined);
    board.write((writer) => writer.set(id, { color: "violet" }));
    expect(tintOf(item())).toBe("violet");
  }
});
