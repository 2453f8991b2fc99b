// Texts are edited in small spans, whole characters, within their length; carets stay. Knows no editor.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TEXT_UNITS } from "../../src/model/schema.ts";
import { board, BORIS, sync } from "./peers.ts";

function note(text: string) {
  const model = board();
  let id = "";
  model.write((writer) => void (id = writer.addItem("note", {}, text)));
  return { model, id, text: () => model.snapshot.items.get(id)?.text ?? "" };
}

describe("text", () => {
  it("becomes what it is set to, and others' edits beside it stay", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (from, to) => {
        const { model, id, text } = note(from);
        model.write((writer) => writer.setText(id, to));
        expect(text()).toBe(to);
      }),
    );
    const { model, id, text } = note("yksi kaksi kolme");
    const other = board(BORIS);
    sync(model, other);
    other.text(id)?.replace(0, 4, "YKSI");
    model.write((writer) => writer.setText(id, "yksi kaksi KOLME"));
    sync(model, other);
    expect(text()).toBe("YKSI kaksi KOLME");
  });

  it("never splits a character, and takes half of one as U+FFFD", () => {
    const { model, id, text } = note("a😀b");
    model.text(id)?.replace(2, 2, "x");
    expect(text()).toBe("ax😀b");
    model.text(id)?.replace(3, 4, "");
    expect(text()).toBe("axb");
    model.text(id)?.replace(0, 0, "\ud83d");
    expect(text()).toBe("\ufffdaxb");
  });

  it("holds 4,000 units and not one more", () => {
    const { model, id, text } = note("x".repeat(TEXT_UNITS - 1));
    model.text(id)?.replace(0, 0, "ab");
    expect(text().length).toBe(TEXT_UNITS);
    expect(text().startsWith("ax")).toBe(true);
    model.text(id)?.replace(0, 0, "c");
    expect(text().length).toBe(TEXT_UNITS);
    model.text(id)?.replace(0, 2, "cd");
    expect(text().startsWith("cdx")).toBe(true);
  });

  it("tells where the caret goes when others edit, and not when one types", () => {
    const { model, id } = note("yksi kaksi");
    const other = board(BORIS);
    sync(model, other);
    const shared = model.text(id);
    let caret = 5;
    let heard = 0;
    const stop = shared?.observe((map) => {
      heard += 1;
      caret = map(caret);
    });
    shared?.replace(0, 0, "");
    shared?.replace(10, 10, "!");
    expect(heard).toBe(0);
    other.text(id)?.replace(0, 0, "ja ");
    sync(model, other);
    expect(caret).toBe(8);
    other.text(id)?.replace(8, 13, "");
    other.text(id)?.replace(0, 3, "");
    sync(model, other);
    expect(caret).toBe(5);
    other.text(id)?.replace(0, 5, "");
    sync(model, other);
    expect(caret).toBe(0);
    stop?.();
    other.text(id)?.replace(0, 0, "x");
    sync(model, other);
    expect(caret).toBe(0);
  });

  it("follows a text that undo and redo make anew", () => {
    const { model, id } = note("takaisin");
    const shared = model.text(id);
    let heard = 0;
    shared?.observe(() => (heard += 1));
    model.undo();
    model.redo();
    expect(shared?.toString()).toBe("takaisin");
    shared?.replace(0, 0, "!");
    expect(model.snapshot.items.get(id)?.text).toBe("!takaisin");
    expect(heard).toBeGreaterThan(0);
  });
});
