// Every kind is made in its right place: on the board, in containers, on steps and arrows, up to the last object. Knows no views.

import { describe, expect, it } from "vitest";
import { ITEM_KINDS, LIVE_OBJECTS } from "../../src/model/schema.ts";
import { overlaps } from "../../src/model/rects.ts";
import { bench } from "./bench.ts";

const PINNED = ["obstacle", "cooperation", "bottleneck", "painPoint", "question", "evidence"] as const;
const FREE = ["note", "nextStep", "idea", "insight", "term", "goal", "commitment"] as const;

describe("create", () => {
  it("every kind can be made on an empty board, and is selected and written into", async () => {
    for (const kind of ITEM_KINDS) {
      const b = bench();
      expect(await b.run(`${kind}.create`)).toEqual({ ok: true });
      expect(b.newest()).toMatchObject({ kind, parent: null });
      expect(b.state.selection).toEqual([b.newest()?.id]);
      expect(b.told).toContainEqual(["edit", b.newest()?.id]);
    }
  });

  it("a frame stands beside the others, and in nothing", async () => {
    const b = bench();
    b.add("frame", [100, 50], { size: [1000, 700] });
    b.state.place = [300, 300];
    await b.run("frame.create");
    expect(b.newest()).toMatchObject({ kind: "frame", parent: null, at: [1180, 50] });
    expect(await b.run("frame.create", { parent: b.newest()?.id ?? "" })).toEqual({ ok: false, why: "notHere" });
    await b.run("frame.create", { at: [300, 300] });
    expect(b.newest()).toMatchObject({ parent: null, at: [300, 300] });
  });

  it("what stands freely goes into the container under the place: the innermost", async () => {
    const b = bench();
    const frame = b.add("frame", [0, 0], { size: [2000, 1000] });
    const lane = b.add("lane", [100, 100], { parent: frame, size: [1600, 200] });
    const group = b.add("group", [400, 500], { parent: frame, size: [600, 400] });
    for (const kind of FREE) {
      b.state.selection = [];
      b.state.place = [500, 560];
      await b.run(`${kind}.create`);
      expect([kind, b.newest()?.parent]).toEqual([kind, group]);
    }
    b.state.place = [300, 150];
    await b.run("idea.create");
    expect(b.newest()?.parent).toBe(lane);
    b.state.place = [50, 900];
    await b.run("term.create");
    expect(b.newest()?.parent).toBe(frame);
    await b.run("note.create", { parent: null });
    expect(b.newest()?.parent).toBeNull();
  });

  it("what is told to stand in nothing covers no container either: above them, in rows from the left", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0], { size: [500, 200] });
    for (const kind of ["idea", "nextStep", "term", "note", "obstacle"] as const) {
      await b.run(`${kind}.create`, { parent: null, on: null } as never);
    }
    const { snapshot } = b.model;
    const made = [...snapshot.items.values()].filter((item) => item.id !== lane);
    const rects = [lane, ...made.map((item) => item.id)].flatMap((id) => snapshot.rect(id) ?? []);
    expect(made.map((item) => item.parent)).toEqual([null, null, null, null, null]);
    for (const [at, rect] of rects.entries()) {
      for (const other of rects.slice(at + 1)) expect(overlaps(rect, other)).toBe(false);
    }
    expect(Math.max(...rects.slice(1).map((rect) => rect.y + rect.h))).toBe(-40);
    expect(Math.max(...rects.slice(1).map((rect) => rect.x + rect.w))).toBeLessThanOrEqual(500);
    // Where nothing is in the way, the place itself.
    b.state.place = [3000, 3000];
    await b.run("note.create", { parent: null });
    expect(b.newest()?.at).toEqual([3000, 3000]);
  });

  it("nothing new covers what is there; in a told container it finds room, and the container grows", async () => {
    const b = bench();
    await b.run("note.create");
    await b.run("note.create");
    const [first, second] = [...b.model.snapshot.items.values()];
    expect(second?.at).not.toEqual(first?.at);
    expect(Math.abs((second?.at[0] ?? 0) - (first?.at[0] ?? 0))).toBeGreaterThanOrEqual(200);
    const group = b.add("group", [1000, 1000]);
    for (let i = 0; i < 5; i++) await b.run("note.create", { parent: group, quiet: true });
    const inside = b.model.snapshot.children(group);
    expect(inside.length).toBe(5);
    expect(new Set(inside.map((item) => item.at.join())).size).toBe(5);
    for (const item of inside) {
      expect(item.at[1] + item.size[1]).toBeLessThanOrEqual(b.item(group)?.size[1] ?? 0);
      expect(item.at[0] + item.size[0]).toBeLessThanOrEqual(b.item(group)?.size[0] ?? 0);
    }
  });

  it("pins to the selected step, and to the selected arrow", async () => {
    for (const kind of PINNED) {
      const b = bench();
      const [from, to] = [b.add("step", [0, 0], {}, "Apply"), b.add("step", [400, 0], {}, "Decide")];
      b.state.selection = [from];
      await b.run(`${kind}.create`);
      expect(b.model.snapshot.pinOf(b.newest()?.id ?? "")?.to).toBe(from);
      await b.run("connect.arrow", { from, to });
      const arrow = b.model.snapshot.arrowsOf(from).out[0]?.id ?? "";
      b.state.selection = [arrow];
      await b.run(`${kind}.create`);
      const id = b.newest()?.id ?? "";
      expect(b.model.snapshot.tetherOf(id)?.to).toBe(arrow);
      expect(b.model.snapshot.pinOf(id)).toBeUndefined();
      expect(b.model.snapshot.rect(id)).toMatchObject({ x: 296, y: 72 });
      expect(b.said().at(-1)).toBe("said.created.kindOnArrow");
      b.state.selection = [b.add("note", [900, 900])];
      await b.run(`${kind}.create`);
      expect(
        b.model.snapshot.tetherOf(b.newest()?.id ?? "") ?? b.model.snapshot.pinOf(b.newest()?.id ?? ""),
      ).toBeUndefined();
      expect(await b.run(`${kind}.create`, { on: b.add("lane") })).toEqual({ ok: false, why: "notHere" });
    }
  });

  it("a lane goes into the selected frame, under the lanes there", async () => {
    const b = bench();
    const frame = b.add("frame", [100, 100], { size: [1200, 300] });
    b.state.selection = [frame];
    await b.run("lane.create");
    const first = b.newest();
    expect(first).toMatchObject({ parent: frame, at: [24, 64], size: [1152, 200] });
    b.state.selection = [first?.id ?? ""];
    await b.run("lane.create");
    expect(b.newest()).toMatchObject({ parent: frame, at: [24, 264] });
    expect(b.item(frame)?.size).toEqual([1200, 488]);
    b.state.selection = [];
    const own = b.add("lane", [0, 900], { size: [800, 200] });
    await b.run("lane.create");
    expect(b.newest()).toMatchObject({ parent: null, at: [0, 1100], size: [800, 200] });
    expect(await b.run("lane.create", { parent: own })).toEqual({ ok: false, why: "notHere" });
  });

  it("the last object fits, one more does not", async () => {
    const b = bench();
    b.model.write((writer) => {
      for (let i = 0; i < LIVE_OBJECTS - 3; i++) writer.addItem("note", { at: [i % 200, i] });
    });
    const step = b.add("step");
    expect(b.model.live).toBe(LIVE_OBJECTS - 2);
    expect(await b.run("obstacle.create", { on: step, quiet: true })).toEqual({ ok: true });
    expect(b.model.live).toBe(LIVE_OBJECTS);
    for (const id of ["note.create", "frame.create", "obstacle.create", "edit.paste"] as const) {
      expect([id, b.can(id)]).toEqual([id, { ok: false, why: "full" }]);
    }
    expect(b.can("connect.arrow", { from: step, to: b.newest()?.id ?? "" })).toEqual({ ok: false, why: "full" });
    await b.run("item.delete", { ids: [step] });
    expect(b.can("note.create")).toEqual({ ok: true });
    // A pinned thing needs two, itself and its pin.
    await b.run("note.create", { quiet: true });
    expect(b.model.live).toBe(LIVE_OBJECTS);
  }, 60_000);
});

describe("a frame pulled over what is there", () => {
  const pulled = { at: [0, 0] as const, fields: { size: [1000, 800] } };
  it("takes in what stands wholly inside and in no other container, in one step", async () => {
    const b = bench();
    const lane = b.add("lane", [40, 40], { size: [600, 200] });
    const step = b.add("step", [50, 50], { parent: lane });
    const edge = b.add("note", [800, 680], { size: [200, 120] });
    const over = b.add("note", [801, 500], { size: [200, 120] });
    const other = b.add("frame", [100, 300], { size: [200, 200] });
    const before = [lane, step, edge, over, other].map((id) => b.model.snapshot.rect(id));
    await b.run("frame.create", pulled);
    const frame = b.newest()?.id;
    expect([lane, step, edge, over, other].map((id) => b.item(id)?.parent)).toEqual([frame, lane, frame, null, null]);
    expect([lane, step, edge, over, other].map((id) => b.model.snapshot.rect(id))).toEqual(before);
    expect(b.told).toContainEqual(["announce", "said.created.frameWith", { name: "", count: 2 }]);
    await b.run("history.undo");
    expect(b.item(frame)).toBeUndefined();
    expect([lane, edge].map((id) => b.item(id)?.parent)).toEqual([null, null]);
  });
  it("takes nothing in where it is only placed", async () => {
    const b = bench();
    const note = b.add("note", [100, 100]);
    await b.run("frame.create", { at: [0, 0] });
    expect(b.item(note)?.parent).toBeNull();
  });
});
