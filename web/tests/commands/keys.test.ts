// Keys find their commands on a Finnish keyboard, and nothing else does. Knows no board.

import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import type { KeyOptions, KeyPress } from "../../src/commands/registry.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const find = (key: string, more: Partial<KeyPress> = {}, options: Partial<KeyOptions> = {}) =>
  commands.find(press(key, more), { where: "board", mac: false, ...options })?.id;

describe("keys", () => {
  it("letters make things on the board, and nowhere else", () => {
    const letters = { n: "note", l: "lane", s: "step", e: "obstacle", y: "cooperation", a: "nextStep" };
    for (const [key, kind] of Object.entries(letters)) {
      expect(find(key)).toBe(`${kind}.create`);
      expect(find(key, {}, { where: "page" })).toBeUndefined();
      expect(find(key, {}, { where: "typing" })).toBeUndefined();
      expect(find(key, {}, { letters: false })).toBeUndefined();
      expect(find(key, { isComposing: true })).toBeUndefined();
    }
    expect(find("N")).toBe("note.create");
  });

  it("AltGr and Alt type signs: Ctrl+Alt+E is €, not an obstacle", () => {
    expect(find("€", { ctrlKey: true, altKey: true })).toBeUndefined();
    expect(find("e", { ctrlKey: true, altKey: true })).toBeUndefined();
    expect(find("e", { altKey: true })).toBeUndefined();
    expect(find("e", { getModifierState: (name) => name === "AltGraph" })).toBeUndefined();
    for (const command of commands.all)
      for (const key of command.keys ?? []) expect("@$€{[]}\\~|/").not.toContain(key.key);
  });

  it("undo and redo, on Windows and on a Mac", () => {
    expect(find("z", { ctrlKey: true })).toBe("history.undo");
    expect(find("Z", { ctrlKey: true, shiftKey: true })).toBe("history.redo");
    expect(find("y", { ctrlKey: true })).toBe("history.redo");
    expect(find("z", { metaKey: true })).toBeUndefined();
    expect(find("z", { metaKey: true }, { mac: true })).toBe("history.undo");
    expect(find("z", { ctrlKey: true }, { mac: true })).toBeUndefined();
    expect(find("z", { ctrlKey: true }, { where: "typing" })).toBeUndefined();
  });

  it("signs count wherever the layout keeps them; arrows carry their direction", () => {
    expect(find("+")).toBe("view.zoomIn");
    expect(find("=", { shiftKey: true })).toBe("view.zoomIn");
    expect(find("+", { ctrlKey: true })).toBeUndefined();
    expect(commands.find(press("ArrowUp"), { where: "board", mac: false })).toEqual({
      id: "select.nearest",
      args: { direction: "up" },
    });
    expect(find("f", { ctrlKey: true })).toBeUndefined();
    expect(find("F2")).toBe("item.edit");
    expect(find("Delete")).toBe("item.delete");
  });

  it("the keys of the board's map, and none of those that are kept for later", () => {
    const map: Record<string, string> = {
      g: "item.group",
      m: "item.parent",
      c: "connect.arrow",
      f: "find.open",
      z: "view.zoomToSelection",
      v: "vote.give",
      F2: "item.edit",
      Enter: "item.edit",
      Delete: "item.delete",
    };
    for (const [key, id] of Object.entries(map)) expect([key, find(key)]).toEqual([key, id]);
    expect(find("G", { shiftKey: true })).toBe("item.ungroup");
    expect(find("V", { shiftKey: true })).toBe("vote.take");
    expect(find("d", { ctrlKey: true })).toBe("item.duplicate");
    expect([find("t"), find("i"), find("F8", {}, { where: "page" })]).toEqual([
      "script.tell",
      "script.instruction",
      "script.panel",
    ]);
    expect(find("a", { ctrlKey: true })).toBe("select.all");
    expect(find("k", { ctrlKey: true }, { where: "page" })).toBe("palette.open");
    expect(find("ArrowUp", { ctrlKey: true })).toBe("item.forward");
    expect(find("ArrowDown", { ctrlKey: true, shiftKey: true })).toBe("item.toBack");
    expect([find("h"), find("h", { shiftKey: true })]).toEqual(["hand.toggle", "help.ask"]);
    expect([find("d"), find("p")]).toEqual(["done.toggle", "laser.toggle"]);
    for (const letter of ["k", "w"]) {
      expect([letter, find(letter), find(letter, { shiftKey: true })]).toEqual([letter, undefined, undefined]);
    }
  });

  it("copy, cut and paste are listed, and left to the browser, which makes events of them", () => {
    for (const [letter, id] of [
      ["c", "edit.copy"],
      ["x", "edit.cut"],
      ["v", "edit.paste"],
    ] as const) {
      expect(commands.get(id).keys?.[0]).toMatchObject({ key: letter, mod: true });
      expect(find(letter, { ctrlKey: true })).toBeUndefined();
    }
  });
});
