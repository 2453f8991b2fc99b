// Writing in place: what is typed becomes edits, others' edits leave the caret where it was. Knows no board.
// @vitest-environment happy-dom

import { expect, test } from "vitest";
import { Editor } from "../../src/canvas/editor.ts";
import type { SharedText } from "../../src/model/board.ts";

class FakeText implements SharedText {
  listeners = new Set<(map: (offset: number) => number) => void>();
  edits: [number, number, string][] = [];
  #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
  replace(start: number, end: number, insert: string): void {
    this.edits.push([start, end, insert]);
    this.#text = this.#text.slice(0, start) + insert + this.#text.slice(end);
  }
  observe(listener: (map: (offset: number) => number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** Another person's insertion. */
  remote(at: number, insert: string): void {
    this.#text = this.#text.slice(0, at) + insert + this.#text.slice(at);
    for (const listener of this.listeners) listener((offset) => (offset >= at ? offset + insert.length : offset));
  }
}

function open(text: string, typed?: string) {
  const shared = new FakeText(text);
  const host = document.createElement("div");
  document.body.append(host);
  const editor = new Editor(host, shared, {
    label: "name",
    ...(typed === undefined ? {} : { typed }),
    onInput: () => undefined,
    onKey: () => false,
    onBlur: () => undefined,
  });
  return { shared, host, editor };
}

function type(editor: Editor, value: string, caret: number): void {
  editor.field.value = value;
  editor.field.setSelectionRange(caret, caret);
  editor.field.dispatchEvent(new Event("input"));
}

test("typing is one small edit", () => {
  const { shared, editor } = open("Este");
  type(editor, "Esteet", 6);
  expect(shared.edits).toEqual([[4, 4, "et"]]);
});

test("another's words before the caret move it, behind it they do not", () => {
  const { shared, editor } = open("hakemus");
  editor.field.setSelectionRange(3, 3);
  shared.remote(0, "uusi ");
  expect(editor.field.value).toBe("uusi hakemus");
  expect(editor.field.selectionStart).toBe(8);
  shared.remote(12, "!");
  expect(editor.field.selectionStart).toBe(8);
});

test("while composing, others' words wait and nothing is lost", () => {
  const { shared, editor } = open("ab");
  editor.field.dispatchEvent(new Event("compositionstart"));
  editor.field.value = "ab^";
  editor.field.setSelectionRange(3, 3);
  editor.field.dispatchEvent(new Event("input"));
  shared.remote(0, "X");
  expect(editor.field.value).toBe("ab^");
  editor.field.value = "abê";
  editor.field.setSelectionRange(3, 3);
  editor.field.dispatchEvent(new Event("compositionend"));
  expect(shared.toString()).toBe("Xabê");
  expect(editor.field.value).toBe("Xabê");
  expect(editor.field.selectionStart).toBe(4);
});

test("the letter that opened the field is written at the end", () => {
  const { shared } = open("Lapp", "u");
  expect(shared.toString()).toBe("Lappu");
});

test("closed, the text is plain text and nothing listens", () => {
  const { shared, host, editor } = open("<b>ei</b>");
  editor.close();
  expect(host.textContent).toBe("<b>ei</b>");
  expect(host.children).toHaveLength(0);
  expect(shared.listeners.size).toBe(0);
});
