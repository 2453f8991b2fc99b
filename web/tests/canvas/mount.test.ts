// The surface as a whole: names, focus, writing, what happens when another deletes. Knows no server.
// @vitest-environment happy-dom

import { afterEach, expect, test } from "vitest";
import { mountCanvas } from "../../src/canvas/mount.ts";
import type { CanvasView } from "../../src/canvas/types.ts";
import type { BoardModel } from "../../src/model/board.ts";
import { add, emptyBoard, PERSON } from "./board.ts";

const open: CanvasView[] = [];
afterEach(() => {
  for (const view of open.splice(0)) view.destroy();
  document.body.replaceChildren();
});

function mount(board: BoardModel) {
  const host = document.createElement("div");
  document.body.append(host);
  const runs: [string, unknown][] = [];
  const said: string[] = [];
  const places: (readonly [number, number])[] = [];
  const view = mountCanvas(host, {
    model: board,
    run: (id, args) => runs.push([id, args]),
    can: () => ({ ok: true }),
    permissions: { may: () => ({ ok: true }), facilitates: false, isLocked: () => false },
    presence: { others: () => [], subscribe: () => () => undefined, publish: () => undefined },
    words: (key, values) => [key, ...Object.values(values ?? {})].join(" "),
    onFocus: (focus) => places.push(focus.place),
    onTool: () => undefined,
    say: (sentence) => said.push(sentence),
    person: PERSON,
  });
  open.push(view);
  const element = (id: string): HTMLElement | null => host.querySelector(`[data-id="${id}"]`);
  return { host, view, runs, said, places, element };
}

test("an item has a role and a name with kind, text, lane, place and what comes next", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [1000, 200], "Kela");
  const one = add(board, "step", [80, 40], [160, 80], "Hakemus", lane);
  const two = add(board, "step", [400, 40], [160, 80], "Päätös", lane);
  board.write((writer) => writer.addLink("sequence", one, two));
  const { view, element } = mount(board);
  view.select([one]);
  view.takeFocus();
  const drawn = element(one);
  expect(drawn?.getAttribute("role")).toBe("group");
  const name = drawn?.getAttribute("aria-label") ?? "";
  for (const piece of ["canvas.kind.step.task", "Hakemus", "Kela 1 2", "Päätös"]) expect(name).toContain(piece);
});

test("text of others is text, never markup", () => {
  const board = emptyBoard();
  const note = add(board, "note", [0, 0], [200, 120], "<img src=x onerror=alert(1)>");
  const { view, host, element } = mount(board);
  view.select([note]);
  view.takeFocus();
  expect(host.querySelector("img")).toBeNull();
  expect(element(note)?.textContent).toContain("<img");
});

test("one stop for Tab: the current item, and without one the surface", () => {
  const board = emptyBoard();
  const note = add(board, "note", [0, 0], [200, 120], "a");
  const { view, host, element } = mount(board);
  const surface = host.querySelector("section");
  expect(surface?.tabIndex).toBe(0);
  view.select([note]);
  view.takeFocus();
  expect(element(note)?.tabIndex).toBe(0);
  expect(surface?.tabIndex).toBe(-1);
  expect(document.activeElement).toBe(element(note));
});

test("Tab chooses the item that it comes to; focus that comes otherwise does not", async () => {
  const board = emptyBoard();
  const note = add(board, "note", [0, 0], [200, 120], "a");
  const { view, element } = mount(board);
  view.select([note]);
  view.select([]);
  element(note)?.focus();
  expect(view.focus.selection).toEqual([]);
  element(note)?.blur();
  dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  element(note)?.focus();
  expect(view.focus.selection).toEqual([note]);
});

test("writing goes to the shared text and ends with the keyboard on the item", () => {
  const board = emptyBoard();
  const note = add(board, "note", [0, 0], [200, 120], "Este");
  const { view, host, element } = mount(board);
  view.edit(note);
  const field = host.querySelector("textarea");
  if (!field) throw new Error("the field is open");
  expect(document.activeElement).toBe(field);
  field.value = "Esteet";
  field.setSelectionRange(6, 6);
  field.dispatchEvent(new Event("input"));
  expect(board.snapshot.items.get(note)?.text).toBe("Esteet");
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(host.querySelector("textarea")).toBeNull();
  expect(document.activeElement).toBe(element(note));
});

test("Tab while writing asks for the next note beside, or opens the one that is there", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "1");
  const { view, host, runs } = mount(board);
  const tab = (): void => {
    host.querySelector("textarea")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true }));
  };
  view.edit(one);
  tab();
  expect(runs).toEqual([["note.create", { at: [220, 0], parent: null, color: "yellow" }]]);
  add(board, "note", [220, 0], [200, 120], "2");
  view.edit(one);
  tab();
  expect(runs).toHaveLength(1);
  expect(host.querySelector("textarea")?.value).toBe("2");
});

test("Ctrl+Enter while writing asks for a note below, with Shift above; for another of other kinds; in a container it ends the writing", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "1");
  const idea = add(board, "idea", [0, 900], [200, 120], "i");
  const frame = add(board, "frame", [900, 0], [800, 600], "f");
  const { view, host, runs } = mount(board);
  const enter = (shiftKey: boolean): void => {
    const key = { key: "Enter", ctrlKey: true, shiftKey, bubbles: true };
    host.querySelector("textarea")?.dispatchEvent(new KeyboardEvent("keydown", key));
  };
  view.edit(one);
  enter(false);
  view.edit(one);
  enter(true);
  expect(runs).toEqual([
    ["note.create", { at: [0, 140], parent: null, color: "yellow" }],
    ["note.create", { at: [0, -140], parent: null, color: "yellow" }],
  ]);
  add(board, "note", [0, 140], [200, 120], "2");
  view.edit(one);
  enter(false);
  expect(host.querySelector("textarea")?.value).toBe("2");
  view.edit(idea);
  enter(false);
  expect(runs.slice(2)).toEqual([["idea.create", { at: [0, 1040], parent: null }]]);
  view.edit(frame);
  enter(false);
  expect(host.querySelector("textarea")).toBeNull();
  expect(runs).toHaveLength(3);
});

test("when the focused item is deleted, focus goes to the next one", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "1");
  const two = add(board, "note", [300, 0], [200, 120], "2");
  const { view, element } = mount(board);
  view.select([one]);
  view.takeFocus();
  board.write((writer) => writer.remove(one));
  expect(document.activeElement).toBe(element(two));
  expect(view.focus.selection).toEqual([]);
});

test("a moved item keeps focus and its element", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "1");
  const { view, element } = mount(board);
  view.select([one]);
  view.takeFocus();
  const before = element(one);
  board.write((writer) => writer.set(one, { at: [90_000, 90_000] }));
  view.takeFocus();
  expect(element(one)).toBe(before);
  expect(document.activeElement).toBe(before);
});

test("another model of the same board keeps the selection that is still there", () => {
  const board = emptyBoard();
  const one = add(board, "note", [0, 0], [200, 120], "1");
  const { view, host } = mount(board);
  view.select([one]);
  view.setModel(emptyBoard());
  view.takeFocus();
  expect(view.focus.selection).toEqual([]);
  expect(document.activeElement).toBe(host.querySelector("section"));
});

test("with nothing selected, new things go to the middle of what is seen", () => {
  const { view, places } = mount(emptyBoard());
  const before = places[places.length - 1];
  if (!before) throw new Error("the place is told from the start");
  view.pan([300, 0]);
  expect(places[places.length - 1]?.[0]).toBeCloseTo(before[0] + 300 / view.zoom);
});
