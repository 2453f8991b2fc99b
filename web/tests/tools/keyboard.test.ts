// Keys on the board: carrying, typing into the chosen item, the registry's commands. Knows no page.

import { expect, test } from "vitest";
import { commands } from "../../src/commands/all.ts";
import type { KeyPress } from "../../src/commands/registry.ts";
import { Keyboard } from "../../src/tools/keyboard.ts";
import { wheel } from "../../src/tools/wheel.ts";
import { add, emptyBoard } from "../canvas/board.ts";
import { stage } from "./env.ts";

function keys() {
  const board = emptyBoard();
  const one = add(board, "note", [100, 100], [200, 120]);
  const other = add(board, "note", [500, 100], [200, 120]);
  const set = stage(board);
  const keyboard = new Keyboard(set.env, set.machine, {
    find: (press, where) => commands.find(press, { where, mac: false }),
    go: (id) => set.env.select([id]),
  });
  const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });
  const tap = (key: string, more: Partial<KeyPress> = {}): boolean => {
    const taken = keyboard.down(press(key, more));
    keyboard.up(press(key, more));
    return taken;
  };
  return { ...set, board, one, other, keyboard, press, tap };
}

test("Space picks up, arrows move, Space lets go: one command", () => {
  const { env, one, tap, runs, state } = keys();
  env.select([one]);
  tap(" ");
  expect(state.carrying).toBe(true);
  tap("ArrowRight");
  tap("ArrowDown", { shiftKey: true });
  expect(state.preview.drag?.by).toEqual([10, 100]);
  expect(runs).toEqual([]);
  tap(" ");
  expect(runs).toEqual([["item.move", { ids: [one], by: [10, 100] }]]);
  expect(state.carrying).toBe(false);
});

test("Esc puts back what is carried", () => {
  const { env, one, tap, runs, state } = keys();
  env.select([one]);
  tap(" ");
  tap("ArrowLeft");
  tap("Escape");
  expect(runs).toEqual([]);
  expect(state.preview).toEqual({});
});

test("Space held while the pointer drags means panning, not picking up", () => {
  const { env, one, keyboard, press, state } = keys();
  env.select([one]);
  keyboard.down(press(" "));
  keyboard.pointerUsed();
  keyboard.up(press(" "));
  expect(state.carrying).toBe(false);
});

test("a letter begins the text of an item chosen by pointer, and is a command on one reached by keys", () => {
  const { env, one, tap, runs, edits, state } = keys();
  env.select([one]);
  tap("n");
  expect(edits).toEqual([[one, "n"]]);
  state.byKeys = true;
  tap("n");
  expect(edits).toHaveLength(1);
  expect(runs[0]?.[0]).toBe("note.create");
  tap("ö");
  expect(edits[1]).toEqual([one, "ö"]);
});

test("AltGr signs are text, Ctrl letters are commands", () => {
  const { env, one, tap, runs, edits } = keys();
  env.select([one]);
  tap("@", { ctrlKey: true, altKey: true });
  expect(edits).toEqual([[one, "@"]]);
  tap("z", { ctrlKey: true });
  expect(runs[0]?.[0]).toBe("history.undo");
});

test("Enter and F2 edit, Delete deletes, arrows ask the registry", () => {
  const { env, one, tap, runs } = keys();
  env.select([one]);
  for (const key of ["Enter", "F2", "Delete", "ArrowRight"]) tap(key);
  expect(runs.map(([id]) => id)).toEqual(["item.edit", "item.edit", "item.delete", "select.nearest"]);
});

test("Tab is left to the page", () => {
  const { env, one, tap } = keys();
  env.select([one]);
  expect(tap("Tab")).toBe(false);
  tap(" ");
  expect(tap("Tab")).toBe(false);
});

test("End and Home go to the last and the first of the area", () => {
  const { env, one, other, tap, state } = keys();
  env.select([one]);
  tap("End");
  expect(state.current).toBe(other);
  tap("Home");
  expect(state.current).toBe(one);
});

test("Page Down and Page Up go over frames with their lanes, other lanes, then what stands beside", () => {
  const { board, state, env, tap, one } = keys();
  const frame = add(board, "frame", [0, 1400], [1200, 800]);
  const framed = add(board, "lane", [24, 64], [900, 200], "", frame);
  const lanes = [add(board, "lane", [0, 400], [900, 200]), add(board, "lane", [0, 700], [900, 200])];
  const group = add(board, "group", [80, 0], [300, 180], "", lanes[0]);
  const inside = add(board, "step", [10, 40], [160, 80], "", group);
  const walked = (key: string, from: string): string[] => {
    env.select([from]);
    const seen: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      tap(key);
      seen.push([...state.selection][0] ?? "");
    }
    return seen;
  };
  expect(walked("PageDown", frame)).toEqual([framed, lanes[0], lanes[1], one, one]);
  expect(walked("PageUp", one)).toEqual([lanes[1], lanes[0], framed, frame, frame]);
  expect(walked("PageDown", inside).slice(0, 2)).toEqual([lanes[1], one]);
});

test("Enter goes into a container, Esc out of it again, and from the outermost to nothing", () => {
  const { board, state, env, tap, runs } = keys();
  const frame = add(board, "frame", [0, 1400], [1200, 800]);
  const lane = add(board, "lane", [24, 64], [900, 200], "", frame);
  const step = add(board, "step", [100, 40], [160, 80], "", lane);
  const pinned = add(board, "obstacle", [0, 0], [160, 80]);
  board.write((writer) => void writer.addLink("pin", pinned, step, { offset: [10, 60] }));
  const selected = (): string => [...state.selection][0] ?? "";
  state.byKeys = true;
  env.select([frame]);
  const seen = ["Enter", "Enter"].map((key) => (tap(key), selected()));
  expect(seen).toEqual([lane, step]);
  tap("Enter");
  expect(runs[0]?.[0]).toBe("item.edit");
  env.select([pinned]);
  const out = ["Escape", "Escape", "Escape"].map((key) => (tap(key), selected()));
  expect(out).toEqual([step, lane, frame]);
  tap("Escape");
  expect(runs[1]?.[0]).toBe("select.none");
});

test("an empty container is edited by Enter, and Esc after a click selects nothing", () => {
  const { board, state, env, tap, runs } = keys();
  const frame = add(board, "frame", [0, 1400], [1200, 800]);
  env.select([frame]);
  tap("Enter");
  expect(runs[0]?.[0]).toBe("item.edit");
  const note = add(board, "note", [10, 100], [200, 120], "", frame);
  state.byKeys = false;
  env.select([note]);
  tap("Escape");
  expect(runs[1]?.[0]).toBe("select.none");
});

test("the wheel pans, with Ctrl it zooms where the pointer is", () => {
  const { env } = keys();
  const turn = { deltaX: 0, deltaY: 100, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };
  wheel(env.camera, [0, 0], turn);
  expect(env.camera.state).toMatchObject({ x: 0, y: 100, zoom: 1 });
  wheel(env.camera, [0, 0], { ...turn, shiftKey: true });
  expect(env.camera.state.x).toBe(100);
  wheel(env.camera, [0, 0], { ...turn, ctrlKey: true });
  expect(env.camera.zoom).toBeLessThan(1);
  expect(env.camera.state.x).toBeCloseTo(100);
});

test("after Esc nothing is chosen: Enter and F2 mean the item that has the focus", () => {
  const { state, one, tap, runs } = keys();
  state.current = one;
  for (const key of ["Enter", "F2"]) tap(key);
  expect(runs).toEqual([
    ["item.edit", { id: one }],
    ["item.edit", { id: one }],
  ]);
});
