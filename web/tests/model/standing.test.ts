// What may stand in what, and which container is at a place. Knows no views.

import { describe, expect, it } from "vitest";
import { relationWord } from "../../src/model/relations.ts";
import { ITEM_KINDS } from "../../src/model/schema.ts";
import { byStacking } from "../../src/model/stacking.ts";
import { ancestorsOf, containerAt, isPinnable, laneSlot, mayHold, standsIn } from "../../src/model/standing.ts";
import type { Item, ItemKind } from "../../src/model/types.ts";
import { board } from "./peers.ts";

describe("containers", () => {
  it("frames stand in nothing, lanes in frames, groups in frames and lanes, all else in any", () => {
    const holders = (kind: ItemKind) => ITEM_KINDS.filter((container) => mayHold(container, kind));
    expect(holders("frame")).toEqual([]);
    expect(holders("lane")).toEqual(["frame"]);
    expect(holders("group")).toEqual(["lane", "frame"]);
    for (const kind of ITEM_KINDS) {
      if (kind === "frame" || kind === "lane" || kind === "group") continue;
      expect(holders(kind)).toEqual(["lane", "frame", "group"]);
    }
  });

  it("the innermost takes what is dropped: group before lane before frame, the smaller of two", () => {
    const model = board();
    let [frame, lane, group, small] = ["", "", "", ""];
    model.write((writer) => {
      frame = writer.addItem("frame", { at: [0, 0], size: [1000, 1000] });
      lane = writer.addItem("lane", { at: [100, 100], size: [800, 200], parent: frame });
      group = writer.addItem("group", { at: [10, 10], size: [300, 180], parent: lane });
      small = writer.addItem("group", { at: [700, 700], size: [100, 100], parent: frame });
      writer.addItem("group", { at: [600, 600], size: [300, 300], parent: frame });
    });
    const at = (x: number, y: number, kind: ItemKind = "note") => containerAt(model.snapshot, [x, y], kind)?.id;
    expect(at(200, 200)).toBe(group);
    expect(at(500, 200)).toBe(lane);
    expect(at(500, 500)).toBe(frame);
    expect(at(750, 750)).toBe(small);
    expect(at(1000, 500)).toBeUndefined();
    expect(at(999, 500)).toBe(frame);
    expect(at(200, 200, "group")).toBe(lane);
    expect(at(200, 200, "lane")).toBe(frame);
    expect(at(200, 200, "frame")).toBeUndefined();
  });

  it("nothing goes into itself, into what stands in it, or into what moves with it", () => {
    const model = board();
    let [outer, inner] = ["", ""];
    model.write((writer) => {
      outer = writer.addItem("lane", { at: [0, 0], size: [900, 300] });
      inner = writer.addItem("group", { at: [0, 0], size: [900, 300], parent: outer });
    });
    const { snapshot } = model;
    expect(containerAt(snapshot, [5, 5], "group", { self: inner })?.id).toBe(outer);
    expect(containerAt(snapshot, [5, 5], "note", { self: outer })).toBeUndefined();
    expect(containerAt(snapshot, [5, 5], "note", { without: new Set([inner]) })?.id).toBe(outer);
    expect(standsIn(snapshot, inner, outer)).toBe(true);
    expect(standsIn(snapshot, outer, inner)).toBe(false);
    const item = snapshot.items.get(inner);
    expect(item && ancestorsOf(snapshot, item).map((each) => each.id)).toEqual([outer]);
  });

  it("lanes stack in a frame: the first under the title, the next under the last", () => {
    const model = board();
    let frame = "";
    model.write((writer) => {
      frame = writer.addItem("frame", { at: [50, 60], size: [1000, 900] });
    });
    const inFrame = () => model.snapshot.items.get(frame) as Item;
    const first = laneSlot(model.snapshot, inFrame(), 200);
    expect(first).toEqual({ at: [24, 64], size: [952, 200] });
    model.write((writer) => void writer.addItem("lane", { ...first, parent: frame }));
    expect(laneSlot(model.snapshot, inFrame(), 120)).toEqual({ at: [24, 264], size: [952, 120] });
  });

  it("what belongs to a step is pinned to it, the rest is not", () => {
    expect(ITEM_KINDS.filter(isPinnable).toSorted()).toEqual(
      ["bottleneck", "cooperation", "evidence", "obstacle", "painPoint", "question"].toSorted(),
    );
  });
});

describe("stacking", () => {
  it("frames lie under lanes under groups under the rest under pins; then layer, then age, then id", () => {
    const item = (kind: ItemKind, layer = 0, made = 5, id = "a"): Item => ({ kind, layer, made, id }) as Item;
    const sorted = [
      item("frame", 9),
      item("lane", 9),
      item("group", 9),
      item("step", -2, 9),
      item("note", 0, 4),
      item("note", 0, 5, "a"),
      item("note", 0, 5, "b"),
      item("goal", 3, 1),
      item("obstacle", -9),
    ];
    expect(sorted.toReversed().toSorted(byStacking)).toEqual(sorted);
  });
});

describe("relations", () => {
  it("say what they mean by the kinds of their ends, from both", () => {
    const both = (from: ItemKind, to: ItemKind) => [relationWord(from, to, true), relationWord(from, to, false)];
    expect(both("obstacle", "nextStep")).toEqual(["answeredBy", "answers"]);
    expect(both("painPoint", "obstacle")).toEqual(["causedBy", "causes"]);
    expect(both("idea", "obstacle")).toEqual(["answers", "answeredBy"]);
    expect(both("obstacle", "lane")).toEqual(["between", "hasBetween"]);
    expect(both("evidence", "note")).toEqual(["supports", "supportedBy"]);
    expect(both("question", "step")).toEqual(["asksAbout", "askedBy"]);
    expect(both("note", "note")).toEqual(["relatedTo", "relatedTo"]);
  });
});
