// From a field's text to one edit: it makes the same text, and the caret decides between equal readings. Knows no DOM.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { difference } from "../../src/canvas/caret.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "ä", "😀"), maxLength: 12 });

test("the edit turns the one text into the other", () => {
  fc.assert(
    fc.property(text, text, fc.nat(30), (before, after, caret) => {
      const edit = difference(before, after, Math.min(caret, after.length));
      const made = edit ? before.slice(0, edit.start) + edit.insert + before.slice(edit.end) : before;
      expect(made).toBe(after);
    }),
    { numRuns: 1000 },
  );
});

test("no edit cuts a pair of surrogates", () => {
  fc.assert(
    fc.property(text, text, fc.nat(30), (before, after, caret) => {
      const edit = difference(before, after, Math.min(caret, after.length));
      if (!edit) return;
      for (const at of [edit.start, edit.end]) {
        const unit = before.charCodeAt(at);
        const lead = before.charCodeAt(at - 1);
        expect(unit >= 0xdc00 && unit <= 0xdfff && lead >= 0xd800 && lead <= 0xdbff).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a letter typed among equal ones goes where the caret is", () => {
  expect(difference("aaa", "aaaa", 1)).toEqual({ start: 0, end: 0, insert: "a" });
  expect(difference("aaa", "aaaa", 3)).toEqual({ start: 2, end: 2, insert: "a" });
});

test("equal texts are no edit", () => {
  expect(difference("same", "same", 2)).toBeUndefined();
});
