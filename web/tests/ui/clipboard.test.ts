// The browser's copy, cut and paste reach the board's commands, and texts keep theirs. Knows no board.
// @vitest-environment happy-dom

import { afterEach, expect, it } from "vitest";
import { onClipboard } from "../../src/pages/board/clipboard.ts";
import { boardPage, OWN_FORM, remembered } from "../../src/session/page.ts";

function event(type: string, data: Record<string, string> = {}) {
  const kept = new Map(Object.entries(data));
  const clipboardData = {
    getData: (form: string) => kept.get(form) ?? "",
    setData: (form: string, value: string) => void kept.set(form, value),
  };
  let prevented = false;
  const made = { type, clipboardData, defaultPrevented: false, preventDefault: () => (prevented = true) };
  return { made: made as unknown as ClipboardEvent, kept, prevented: () => prevented };
}
type Ran = [string, { to?: (data: object) => void; data?: object }];
function ran() {
  const runs: Ran[] = [];
  return { runs, run: (id: string, args: object) => void runs.push([id, args]) };
}
afterEach(() => document.body.replaceChildren());

it("copy and cut give all forms; without a selection the browser does its own", () => {
  for (const [type, id] of [
    ["copy", "edit.copy"],
    ["cut", "edit.cut"],
  ] as const) {
    const { made, kept, prevented } = event(type);
    const { runs, run } = ran();
    onClipboard(made, 2, run);
    expect(runs[0]?.[0]).toBe(id);
    runs[0]?.[1].to?.({ text: "t", html: "h", json: "j" });
    expect(Object.fromEntries(kept)).toEqual({ "text/plain": "t", "text/html": "h", [OWN_FORM]: "j" });
    expect(prevented()).toBe(true);
    const none = ran();
    onClipboard(event(type).made, 0, none.run);
    expect(none.runs).toEqual([]);
  }
});

it("paste gives what is there, and nothing when nothing is", () => {
  const { runs, run } = ran();
  const { made, prevented } = event("paste", { "text/plain": "a\r\nb", "text/html": "<p>" });
  onClipboard(made, 0, run);
  expect(runs).toEqual([["edit.paste", { data: { text: "a\nb", html: "<p>" } }]]);
  expect(prevented()).toBe(true);
  onClipboard(event("paste").made, 0, run);
  expect(runs.length).toBe(1);
});

it("a text that has the focus keeps its keys", () => {
  const field = document.createElement("textarea");
  document.body.append(field);
  field.focus();
  const { runs, run } = ran();
  for (const type of ["copy", "cut", "paste"]) onClipboard(event(type, { "text/plain": "x" }).made, 3, run);
  expect(runs).toEqual([]);
});

it("where only words can be read, what was copied here is remembered by them", async () => {
  await boardPage.copy({ text: "words", html: "h", json: "j" }, true);
  expect(remembered({ text: "words" })).toEqual({ text: "words", html: "h", json: "j" });
  expect(remembered({ text: "other" })).toEqual({ text: "other" });
  // A browser without a clipboard for pages.
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  expect(await boardPage.copy({ text: "alone", json: "k" })).toBe(false);
  expect(await boardPage.paste()).toEqual({ text: "alone", json: "k" });
});
