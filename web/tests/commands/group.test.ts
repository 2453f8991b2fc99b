// Groups and layers: made, undone, deleted without losing what is in them, and drawn over and under. Knows no drawing.

import { describe, expect, it } from "vitest";
import { byStacking } from "../../src/model/stacking.ts";
import { bench } from "./bench.ts";

const NO = { ok: false, why: "notHere" };

describe("group", () => {
  it("puts a box with a title around its members, which stay where they are drawn", async () => {
    const b = bench();
    const lane = b.add("lane", [100, 100], { size: [1600, 600] });
    const [one, two] = [b.add("note", [200, 100], { parent: lane }), b.add("note", [440, 180], { parent: lane })];
    const before = [one, two].map((id) => b.model.snapshot.rect(id));
    expect(b.can("item.group", { ids: [one] })).toEqual({ ok: false, why: "selectMore" });
    await b.run("item.group", { ids: [two, one] });
    const group = b.newest();
    expect(group).toMatchObject({ kind: "group", parent: lane });
    expect(b.model.snapshot.rect(group?.id ?? "")).toEqual({ x: 276, y: 140, w: 488, h: 284 });
    expect([one, two].map((id) => b.model.snapshot.rect(id))).toEqual(before);
    // Reading order as before, whatever the order of choosing.
    expect(b.model.snapshot.children(group?.id ?? "").map((item) => item.id)).toEqual([one, two]);
    expect(b.told).toContainEqual(["edit", group?.id]);
    await b.run("history.undo");
    expect(b.item(one)?.parent).toBe(lane);
    expect(b.item(group?.id)).toBeUndefined();
  });

  it("takes things from several places into what is common to them", async () => {
    const b = bench();
    const frame = b.add("frame", [0, 0], { size: [2000, 2000] });
    const [left, right] = [b.add("lane", [0, 100], { parent: frame }), b.add("lane", [0, 400], { parent: frame })];
    const ids = [b.add("note", [10, 10], { parent: left }), b.add("note", [10, 10], { parent: right })];
    await b.run("item.group", { ids, text: "Together" });
    expect(b.newest()).toMatchObject({ text: "Together", parent: frame });
    const outside = b.add("note", [5000, 0]);
    await b.run("item.group", { ids: [ids[0] ?? "", outside], quiet: true });
    expect(b.newest()?.parent).toBeNull();
  });

  it("does not group frames, lanes, or what something else carries", async () => {
    const b = bench();
    const [step, note] = [b.add("step"), b.add("note", [500, 0])];
    await b.run("obstacle.create", { on: step, quiet: true });
    const pinned = b.newest()?.id ?? "";
    expect(b.can("item.group", { ids: [step, pinned] })).toEqual(NO);
    expect(b.can("item.group", { ids: [b.add("frame"), b.add("lane")] })).toEqual(NO);
    await b.run("item.group", { ids: [step, pinned, note], quiet: true });
    expect(b.item(pinned)?.parent).toBeNull();
    expect(b.model.snapshot.pinOf(pinned)?.to).toBe(step);
    b.locked.add(note);
    expect(b.can("item.group", { ids: [step, note] })).toEqual({ ok: false, why: "locked" });
  });

  it("comes apart, or is deleted, and its members stay in place and order", async () => {
    for (const id of ["item.ungroup", "item.delete"] as const) {
      const b = bench();
      const first = b.add("note", [-900, 0], { order: "B" });
      const ids = [0, 1, 2].map((i) => b.add("note", [i * 240, 0], { order: `C${i}V` }));
      const last = b.add("note", [900, 0], { order: "x" });
      await b.run("item.group", { ids, quiet: true });
      const group = b.newest()?.id ?? "";
      const before = ids.map((item) => b.model.snapshot.rect(item));
      await b.run(id, { ids: [group] });
      expect(b.item(group)).toBeUndefined();
      expect(ids.map((item) => b.model.snapshot.rect(item))).toEqual(before);
      expect(ids.map((item) => b.item(item))).toEqual(
        ids.map(() => expect.objectContaining({ parent: null, unplaced: false })),
      );
      expect(b.model.snapshot.children(null).map((item) => item.id)).toEqual([first, ...ids, last]);
      expect(b.said().at(-1)).toBe(id === "item.ungroup" ? "said.ungrouped" : "said.deletedGroup");
      await b.run("history.undo");
      expect(b.item(ids[0])?.parent).toBe(group);
    }
  });

  it("deleted with the frame around it, its members are free; deleted frames and lanes leave theirs unplaced", async () => {
    const b = bench();
    const frame = b.add("frame", [1000, 0]);
    const group = b.add("group", [100, 100], { parent: frame });
    const note = b.add("note", [10, 50], { parent: group });
    const other = b.add("note", [20, 700], { parent: frame });
    await b.run("item.delete", { ids: [frame, group] });
    expect(b.item(note)).toMatchObject({ parent: null, unplaced: false, at: [1110, 150] });
    expect(b.item(other)).toMatchObject({ parent: null, unplaced: true, at: [1020, 700] });
  });

  it("is moved into containers with all that is in it, and never into itself or another group", async () => {
    const b = bench();
    const ids = [b.add("note", [0, 0]), b.add("note", [240, 0])];
    await b.run("item.group", { ids, quiet: true });
    const group = b.newest()?.id ?? "";
    const frame = b.add("frame", [2000, 0]);
    await b.run("item.parent", { ids: [group], parent: frame });
    expect(b.item(group)?.parent).toBe(frame);
    expect(b.item(ids[0])?.parent).toBe(group);
    expect(b.said().at(-1)).toBe("said.movedToFrame");
    const inner = b.add("group", [0, 0]);
    expect(b.can("item.parent", { ids: [group], parent: inner })).toEqual(NO);
    expect(b.can("item.parent", { ids: [group], parent: group })).toEqual(NO);
    expect(b.can("item.move", { ids: [frame], by: [0, 0], into: group })).toEqual(NO);
    const lone = b.add("note", [9000, 0]);
    await b.run("item.parent", { ids: [lone], parent: group });
    expect(b.item(lone)?.parent).toBe(group);
    expect(b.said().at(-1)).toBe("said.movedToGroup");
  });

  it("is duplicated whole", async () => {
    const b = bench();
    const ids = [b.add("note", [0, 0], {}, "a"), b.add("note", [240, 0], {}, "b")];
    await b.run("item.group", { ids, text: "G" });
    await b.run("connect.relate", { from: ids[0] ?? "", to: ids[1] ?? "" });
    await b.run("item.duplicate", { ids: [b.newest()?.id ?? ""] });
    const [copy] = b.state.selection;
    const inside = b.model.snapshot.children(copy ?? "");
    expect(inside.map((item) => item.text)).toEqual(["a", "b"]);
    expect(b.model.snapshot.relationsOf(inside[0]?.id ?? "").length).toBe(1);
  });
});

describe("layers", () => {
  const drawn = (b: ReturnType<typeof bench>) =>
    [...b.model.snapshot.items.values()].toSorted(byStacking).map((item) => item.text);

  it("one step at a time among what it overlaps, and all the way", async () => {
    const b = bench();
    const [a, , c] = ["a", "b", "c"].map((text, i) => b.add("note", [i * 10, 0], {}, text));
    b.add("note", [9000, 0], {}, "far");
    const near = () => drawn(b).filter((text) => text !== "far");
    // Made within the same millisecond: then the ids decide.
    const start = near();
    const id = (text: string | undefined) =>
      [...b.model.snapshot.items.values()].find((item) => item.text === text)?.id ?? "";
    const [low, mid, high] = start;
    await b.run("item.forward", { ids: [id(low)] });
    expect(near()).toEqual([mid, low, high]);
    await b.run("item.forward", { ids: [id(low)] });
    expect(near()).toEqual([mid, high, low]);
    expect(b.can("item.forward", { ids: [id(low)] })).toEqual(NO);
    expect(b.can("item.toFront", { ids: [id(low)] })).toEqual(NO);
    await b.run("item.toBack", { ids: [id(low)] });
    expect(near()).toEqual([low, mid, high]);
    await b.run("item.toFront", { ids: [id(low)] });
    await b.run("item.backward", { ids: [id(low)] });
    expect(near()).toEqual([mid, low, high]);
    expect([a, c].every((one) => one !== undefined)).toBe(true);
    await b.run("history.undo");
    expect(near()).toEqual([mid, high, low]);
  });

  it("says so where nothing overlaps, where one may not, and holds for many at once", async () => {
    const b = bench();
    const alone = b.add("note", [5000, 0]);
    expect(b.can("item.forward", { ids: [alone] })).toEqual(NO);
    expect(b.can("item.forward")).toEqual({ ok: false, why: "nothingSelected" });
    const ids = Array.from({ length: 150 }, (_, i) => b.add("note", [i, 0]));
    const over = b.add("note", [0, 0], { layer: 7 });
    await b.run("item.toFront", { ids });
    for (const id of ids) expect(b.item(id)?.layer).toBeGreaterThan(7);
    await b.run("item.toBack", { ids });
    for (const id of ids) expect(b.item(id)?.layer).toBeLessThan(b.item(over)?.layer ?? 0);
    b.locked.add(alone);
    expect(b.can("item.toBack", { ids: [alone] })).toEqual({ ok: false, why: "locked" });
  });
});
