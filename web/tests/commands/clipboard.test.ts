// Copy, cut and paste: our own things with all that belongs to them, words from elsewhere, and very many. Knows no page.

import * as Y from "yjs";
import { describe, expect, it } from "vitest";
import { read, type Copied } from "../../src/commands/clip.ts";
import { fit } from "../../src/commands/paste.ts";
import { jsonIn, rowsIn } from "../../src/commands/clipText.ts";
import { LIVE_OBJECTS, TEXT_UNITS } from "../../src/model/schema.ts";
import { BORIS, board } from "../model/peers.ts";
import { bench } from "./bench.ts";

function full() {
  const b = bench();
  const frame = b.add("frame", [0, 0], { purpose: "As it is" }, "Today");
  const lane = b.add("lane", [24, 64], { parent: frame, laneKind: "customer" }, "Customer");
  const [from, to] = [
    b.add("step", [200, 60], { parent: lane, stepKind: "start" }, "Apply"),
    b.add("step", [500, 60], { parent: lane, system: "Kelmu" }, "Decide"),
  ];
  const obstacle = b.add("obstacle", [0, 0], { types: ["legislation"], severity: 4, layer: 3 }, "No consent");
  const tied = b.add("question", [400, 180], { parent: lane }, "Why so?");
  b.model.write((writer) => {
    const arrow = writer.addLink("sequence", from, to, { condition: "ok" });
    writer.setText(arrow, "yes");
    writer.addLink("pin", obstacle, from, { offset: [10, 70] });
    writer.addLink("pin", tied, arrow);
    writer.addLink("relation", obstacle, lane);
  });
  return { b, frame, lane, from, to, obstacle, tied };
}

/** All that a copy must keep, whatever its ids and place. */
function shape(b: ReturnType<typeof bench>, ids: readonly string[]) {
  const { snapshot } = b.model;
  const name = (id: string | null) => snapshot.items.get(id ?? "")?.text ?? null;
  const first = snapshot.rect(ids[0] ?? "");
  const all: string[] = [];
  const walk = (id: string) => {
    if (all.includes(id)) return;
    all.push(id);
    for (const inner of [...snapshot.children(id), ...snapshot.pinsOn(id)]) walk(inner.id);
  };
  for (const id of ids) walk(id);
  return all
    .map((id) => {
      const item = snapshot.items.get(id);
      const rect = snapshot.rect(id);
      const arrows = snapshot
        .arrowsOf(id)
        .out.map((link) => [name(link.to), link.text, link.fields, snapshot.pinsOn(link.id).map((one) => one.text)]);
      return {
        text: item?.text,
        kind: item?.kind,
        fields: item?.fields,
        layer: item?.layer,
        parent: all.includes(item?.parent ?? "") ? name(item?.parent ?? null) : null,
        at: [(rect?.x ?? 0) - (first?.x ?? 0), (rect?.y ?? 0) - (first?.y ?? 0)],
        arrows,
        pin: name(snapshot.pinOf(id)?.to ?? null),
        relations: snapshot.relationsOf(id).map((link) => [name(link.from), name(link.to)]),
      };
    })
    .toSorted((a, b) => ((a.text ?? "") < (b.text ?? "") ? -1 : 1));
}

describe("copy and paste", () => {
  it("a frame comes whole: parents, pins, arrows, pins to arrows, relations, fields", async () => {
    const { b, frame } = full();
    const before = shape(b, [frame]);
    await b.run("edit.copy", { ids: [frame] });
    expect(b.told.at(-1)).toEqual(["announce", "said.copied", { count: 6 }]);
    await b.run("edit.paste");
    expect(b.state.selection.length).toBe(1);
    expect(b.state.selection[0]).not.toBe(frame);
    expect(shape(b, b.state.selection)).toEqual(before);
    expect(shape(b, [frame])).toEqual(before);
    await b.run("history.undo");
    expect(b.model.snapshot.items.size).toBe(6);
    await b.run("history.redo");
    expect(b.model.snapshot.items.size).toBe(12);
  });

  it("onto another board, by another person, through each form of the clipboard", async () => {
    const { b, frame } = full();
    const before = shape(b, [frame]);
    await b.run("edit.copy", { ids: [frame] });
    const { text, html, json } = b.state.clipboard as Copied;
    for (const data of [
      { text, json },
      { text, html },
    ]) {
      const other = bench(board(BORIS));
      await other.run("edit.paste", { data });
      expect(shape(other, other.state.selection)).toEqual(before);
      expect([...other.model.snapshot.items.values()].every((item) => item.author === BORIS)).toBe(true);
    }
    expect(text.split("\n")).toEqual([
      "- Today",
      "  - Customer",
      "    - Apply",
      "- No consent",
      "    - Decide",
      "    - Why so?",
      "Apply → Decide: yes",
    ]);
  });

  it("the page's own event gets the data, before anything is waited for", () => {
    const { b, frame } = full();
    const given: Copied[] = [];
    b.state.clipboardBlocked = true;
    void b.run("edit.copy", { ids: [frame], to: (data) => given.push(data) });
    expect(read(given[0]?.json ?? "")?.items.length).toBe(6);
  });

  it("where the clipboard is blocked it says so, and nothing is cut", async () => {
    const { b, frame } = full();
    b.state.clipboardBlocked = true;
    await b.run("edit.cut", { ids: [frame] });
    expect(b.said().at(-1)).toBe("said.clipboardBlocked");
    expect(b.item(frame)).toBeDefined();
    await b.run("edit.paste");
    expect(b.said().at(-1)).toBe("said.clipboardBlocked");
  });

  it("cut takes away what it copied, and paste brings it back once", async () => {
    const { b, frame } = full();
    const before = shape(b, [frame]);
    await b.run("edit.cut", { ids: [frame] });
    expect(b.model.snapshot.items.size).toBe(0);
    expect(b.said()).toEqual(["said.cut"]);
    await b.run("edit.paste");
    expect(shape(b, b.state.selection)).toEqual(before);
    const { b: locked, frame: there } = full();
    locked.locked.add(there);
    expect(locked.can("edit.cut", { ids: [there] })).toEqual({ ok: false, why: "locked" });
  });

  it("pastes into the container under the place, and never exactly over what was copied", async () => {
    const b = bench();
    const group = b.add("group", [1000, 1000], { size: [600, 600] });
    const note = b.add("note", [0, 0], {}, "n");
    b.state.selection = [note];
    b.state.place = [100, 60];
    b.state.viewport = { at: [0, 0], size: [4000, 4000], zoom: 1 };
    await b.run("edit.copy");
    await b.run("edit.paste");
    expect(b.newest()?.at).toEqual([24, 24]);
    b.state.place = [1300, 1300];
    await b.run("edit.paste");
    expect(b.newest()).toMatchObject({ parent: group, at: [200, 240] });
  });

  it("in a list, which shows no place, it pastes beside what is selected, whatever lies at the place", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0], { size: [1000, 400] });
    const note = b.add("note", [2000, 2000], {}, "n");
    b.state.selection = [note];
    b.state.place = [100, 100];
    await b.run("edit.copy");
    await b.run("edit.paste");
    expect(b.newest()).toMatchObject({ parent: null, at: [2024, 2024] });
    b.state.selection = [lane];
    await b.run("edit.paste");
    expect(b.newest()?.parent).toBe(lane);
  });

  it("what somebody made up is taken only as far as it is right", async () => {
    const item = {
      id: "n_01JAAAAAAAAAAAAAAAAAAAAAAA",
      kind: "note",
      text: "x".repeat(9_000),
      at: [1e99, 0],
      size: "big",
      parent: "n_01JAAAAAAAAAAAAAAAAAAAAAAA",
      color: "red",
      fields: { __proto__: { at: 1 }, severity: 9 },
    };
    const json = JSON.stringify({
      jalostamo: 1,
      items: [item, item, null, 7, { ...item, kind: "robot" }],
      links: [{ id: "i", kind: "pin", from: item.id, to: item.id }, 3],
    });
    const clip = read(json);
    expect(clip?.items).toEqual([
      {
        id: item.id,
        kind: "note",
        text: "x".repeat(TEXT_UNITS),
        at: [0, 0],
        size: [200, 120],
        parent: null,
        layer: 0,
        color: "yellow",
        fields: {},
      },
    ]);
    expect(clip?.links).toEqual([]);
    for (const bad of ["", "{", "null", "[]", '{"jalostamo":2,"items":[]}', '{"jalostamo":1,"items":[]}'])
      expect(read(bad)).toBeUndefined();
    const b = bench();
    await b.run("edit.paste", { data: { json } });
    expect(b.newest()).toMatchObject({ kind: "note", parent: null });
    await b.run("edit.paste", { data: {} });
    expect(b.said().at(-1)).toBe("said.nothingToPaste");
  });
});

describe("words from elsewhere", () => {
  it("a note for each line", async () => {
    const b = bench();
    await b.run("edit.paste", { data: { text: "First\r\n\r\n  Second  \n- Third\n• Fourth" } });
    expect([...b.model.snapshot.items.values()].map((item) => [item.kind, item.text])).toEqual([
      ["note", "First"],
      ["note", "Second"],
      ["note", "Third"],
      ["note", "Fourth"],
    ]);
    expect(b.model.snapshot.children(null).map((item) => item.text)).toEqual(["First", "Second", "Third", "Fourth"]);
    expect(new Set([...b.model.snapshot.items.values()].map((item) => item.at.join())).size).toBe(4);
  });

  it("a note for each row of a spreadsheet, quoted cells as they are", () => {
    expect(rowsIn('Step\tWho\r\n"Apply\nonline"\tCitizen\r\n\t\r\n"Say ""yes"""\tKela')).toEqual([
      "Step\nWho",
      "Apply\nonline\nCitizen",
      'Say "yes"\nKela',
    ]);
    expect(rowsIn('"two\nlines"\none')).toEqual(["two\nlines", "one"]);
    expect(rowsIn('He said "no".\n"quoted" start')).toEqual(['He said "no".', '"quoted" start']);
  });

  it("nothing of a long line is lost: at the limit one note, past it two", () => {
    expect(rowsIn("a".repeat(TEXT_UNITS)).map((row) => row.length)).toEqual([TEXT_UNITS]);
    expect(rowsIn("a".repeat(TEXT_UNITS + 1)).map((row) => row.length)).toEqual([TEXT_UNITS, 1]);
    expect(rowsIn(`${"a".repeat(TEXT_UNITS - 1)}😀`).join("")).toBe(`${"a".repeat(TEXT_UNITS - 1)}😀`);
  });

  it("our own form is found in a page whatever the browser made of it", () => {
    const json = '{"a":"ä & <b> \\"q\\""}';
    const safe = json.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const named = json
      .replaceAll("&", "&amp;")
      .replaceAll('"', "&quot;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
    for (const form of [safe, named]) {
      expect(jsonIn(`<html><body><!--StartFragment--><div data-jalostamo="${form}"></div></body></html>`)).toBe(json);
    }
    expect(jsonIn("<p>hello</p>")).toBeUndefined();
  });
});

describe("very many", () => {
  it("10,000 in parts that the server takes, with pauses, as one step; the rest is told", async () => {
    const b = bench();
    const sizes: number[] = [];
    const structs: number[] = [];
    b.model.doc.on("update", (update: Uint8Array) => {
      sizes.push(update.length);
      structs.push(Y.decodeUpdate(update).structs.length);
    });
    const text = Array.from({ length: 10_000 }, (_, i) => `Row ${i}`).join("\n");
    await b.run("edit.paste", { data: { text } });
    expect(b.model.snapshot.items.size).toBe(10_000);
    expect(b.state.pauses).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThan(200_000);
    expect(Math.max(...structs)).toBeLessThan(5_000);
    expect(
      b.model.snapshot
        .children(null)
        .slice(0, 3)
        .map((item) => item.text),
    ).toEqual(["Row 0", "Row 1", "Row 2"]);
    expect(b.model.snapshot.children(null).at(-1)?.text).toBe("Row 9999");
    await b.run("history.undo");
    expect(b.model.snapshot.items.size).toBe(0);
    sizes.length = 0;
    await b.run("history.redo");
    expect(b.model.snapshot.items.size).toBe(10_000);
    expect(Math.max(...sizes)).toBeLessThan(400_000);
    await b.run("edit.paste", { data: { text } });
    expect(b.model.live).toBe(LIVE_OBJECTS);
    expect(b.said().at(-1)).toBe("said.pasted");
    expect(await b.run("edit.paste", { data: { text } })).toEqual({ ok: false, why: "full" });
    await b.run("item.delete", { ids: [b.newest()?.id ?? ""] });
    await b.run("edit.paste", { data: { text } });
    expect(b.told.at(-1)).toEqual(["announce", "said.pastedPart", { count: 1, left: 9_999 }]);
    expect(b.model.live).toBe(LIVE_OBJECTS);
  }, 120_000);

  it("others' work in between stays; undone on the way, the rest does not come", async () => {
    const b = bench();
    const text = Array.from({ length: 3_000 }, (_, i) => `Row ${i}`).join("\n");
    b.state.meanwhile = () => {
      b.add("step", [0, -500], {}, "mine, meanwhile");
      b.model.undo();
      b.model.undo();
    };
    await b.run("edit.paste", { data: { text } });
    expect(b.said().at(-1)).toBe("said.pasteStopped");
    expect(b.model.snapshot.items.size).toBeLessThan(3_000);
  });

  it("all 20,000 are coloured, moved and deleted in parts, each undone as one", async () => {
    const b = bench();
    b.model.write((writer) => {
      for (let i = 0; i < LIVE_OBJECTS; i++)
        writer.addItem("note", { at: [(i % 200) * 220, Math.floor(i / 200) * 140] });
    });
    const sizes: number[] = [];
    b.model.doc.on("update", (update: Uint8Array) => sizes.push(update.length));
    await b.run("select.all");
    expect(b.state.selection.length).toBe(LIVE_OBJECTS);
    await b.run("item.color", { color: "blue" });
    await b.run("item.move", { by: [8, 0] });
    await b.run("item.delete");
    expect(b.model.snapshot.items.size).toBe(0);
    expect(Math.max(...sizes)).toBeLessThan(500_000);
    await b.run("history.undo");
    expect(b.model.snapshot.items.size).toBe(LIVE_OBJECTS);
    await b.run("history.undo");
    await b.run("history.undo");
    expect(b.newest()).toMatchObject({ color: "yellow" });
  }, 120_000);

  it("of a clip with links only so much fits: each link with its last end", () => {
    const item = (id: string) => ({
      id,
      kind: "note" as const,
      text: "",
      at: [0, 0] as const,
      size: [1, 1] as const,
      parent: null,
      layer: 0,
      color: "yellow",
      fields: {},
    });
    const link = (id: string, from: string, to: string) => ({
      id,
      kind: "relation" as const,
      text: "",
      from,
      to,
      fields: {},
    });
    const clip = {
      items: ["a", "b", "c"].map(item),
      links: [link("x", "a", "b"), link("y", "b", "c"), link("z", "x", "a")],
    };
    const kept = (room: number) => [
      fit(clip, room).items.length,
      fit(clip, room)
        .links.map((one) => one.id)
        .join(""),
    ];
    expect([0, 1, 2, 3, 4, 5, 6].map(kept)).toEqual([
      [0, ""],
      [1, ""],
      [1, ""],
      [1, ""],
      [2, "xz"],
      [2, "xz"],
      [3, "xyz"],
    ]);
  });
});
