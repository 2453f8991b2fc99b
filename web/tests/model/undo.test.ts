// Undo takes back one's own edits, step by step, and nobody else's. Knows no keys.

import { describe, expect, it } from "vitest";
import { AINO, board, BORIS, sync } from "./peers.ts";

describe("undo", () => {
  it("leaves what others did, also in the same text", () => {
    const [a, b] = [board(AINO), board(BORIS)];
    let [mine, theirs] = ["", ""];
    a.write((writer) => void (mine = writer.addItem("note", { at: [0, 0] }, "yksi")));
    sync(a, b);
    b.write((writer) => void (theirs = writer.addItem("note", { at: [5, 5] }, "kaksi")));
    b.text(mine)?.replace(4, 4, " lisä");
    sync(a, b);
    a.write((writer) => writer.set(theirs, { at: [9, 9] }));
    a.text(mine)?.replace(0, 0, "alku ");
    sync(a, b);
    a.undo();
    expect(a.snapshot.items.get(mine)?.text).toBe("yksi lisä");
    a.undo();
    expect(a.snapshot.items.get(theirs)?.at).toEqual([5, 5]);
    a.undo();
    expect(a.snapshot.items.has(mine)).toBe(false);
    expect(a.snapshot.items.has(theirs)).toBe(true);
    expect(a.canUndo).toBe(false);
    a.redo();
    expect(a.snapshot.items.get(mine)?.text).toBe("yksi lisä");
  });

  it("does not put back what another has moved since", () => {
    const [a, b] = [board(AINO), board(BORIS)];
    let id = "";
    a.write((writer) => void (id = writer.addItem("note", { at: [0, 0] })));
    a.write((writer) => writer.set(id, { at: [10, 10] }));
    sync(a, b);
    b.write((writer) => writer.set(id, { at: [20, 20] }));
    sync(a, b);
    b.write((writer) => writer.remove(id));
    sync(a, b);
    expect(a.snapshot.items.has(id)).toBe(false);
    b.undo();
    sync(a, b);
    expect(a.snapshot.items.get(id)?.at).toEqual([20, 20]);
  });

  it("takes typing in one text as one step, another text or an end of step as another", () => {
    const model = board();
    let [one, two] = ["", ""];
    model.write((writer) => {
      one = writer.addItem("note", {});
      two = writer.addItem("note", {});
    });
    for (const [at, letter] of [..."abc"].entries()) model.text(one)?.replace(at, at, letter);
    model.text(two)?.replace(0, 0, "x");
    model.endUndoStep();
    model.text(two)?.replace(1, 1, "y");
    const texts = () => [one, two].map((id) => model.snapshot.items.get(id)?.text);
    expect(texts()).toEqual(["abc", "xy"]);
    model.undo();
    expect(texts()).toEqual(["abc", "x"]);
    model.undo();
    expect(texts()).toEqual(["abc", ""]);
    model.undo();
    expect(texts()).toEqual(["", ""]);
  });
});
