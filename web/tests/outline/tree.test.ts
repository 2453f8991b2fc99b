// The outline has every item exactly once, in reading order, with what it leads to.

import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createBoardModel } from "../../src/model/model.ts";
import { firstWords, neighbours, outlineOf } from "../../src/outline/tree.ts";
import { candidates, matching } from "../../src/pages/board/ask.ts";

const PERSON = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";

function board() {
  const model = createBoardModel(new Y.Doc(), PERSON);
  const ids: Record<string, string> = {};
  model.write((w) => {
    ids["lane"] = w.addItem("lane", { order: "A" }, "Kela");
    ids["b"] = w.addItem("step", { parent: ids["lane"], order: "C" }, "Ratkaise hakemus");
    ids["a"] = w.addItem("step", { parent: ids["lane"], order: "B" }, "Ota vastaan");
    ids["loose"] = w.addItem("step", { order: "D" }, "Irrallinen");
    ids["note"] = w.addItem("note", { order: "E" }, "Muistiinpano");
    ids["in"] = w.addItem("note", { parent: ids["lane"], order: "F" }, "Radalla");
    ids["obstacle"] = w.addItem("obstacle", { order: "G" }, "Lomake puuttuu");
    ids["next"] = w.addItem("nextStep", { order: "H" }, "Sovi lomakkeesta");
    w.addLink("sequence", ids["a"] ?? "", ids["b"] ?? "");
  });
  return { model, id: (name: string) => ids[name] ?? "" };
}

describe("outline", () => {
  it("puts every item in one place", () => {
    const { model, id } = board();
    const outline = outlineOf(model.snapshot);
    expect(outline.lanes.map((branch) => branch.lane.id)).toEqual([id("lane")]);
    expect(outline.lanes[0]?.steps.map((step) => step.id)).toEqual([id("a"), id("b")]);
    expect(outline.lanes[0]?.others.map((item) => item.id)).toEqual([id("in")]);
    expect(outline.loose.map((item) => item.id)).toEqual([id("loose")]);
    expect(outline.notes.map((item) => item.id)).toEqual([id("note")]);
    const all = [
      ...outline.lanes.flatMap((branch) => [branch.lane, ...branch.steps, ...branch.others]),
      ...[
        outline.loose,
        outline.unplaced,
        outline.notes,
        outline.obstacles,
        outline.cooperation,
        outline.nextSteps,
      ].flat(),
    ];
    expect(all.map((item) => item.id).toSorted()).toEqual([...model.snapshot.items.keys()].toSorted());
  });
  it("keeps what was in a deleted lane, as unplaced", () => {
    const { model, id } = board();
    model.write((w) => w.remove(id("lane")));
    const outline = outlineOf(model.snapshot);
    expect(outline.lanes).toEqual([]);
    expect(outline.unplaced.map((item) => item.id).toSorted()).toEqual([id("a"), id("b"), id("in")].toSorted());
  });
  it("tells where arrows lead", () => {
    const { model, id } = board();
    expect(neighbours(model.snapshot, id("a")).next.map((other) => other.item.id)).toEqual([id("b")]);
    expect(neighbours(model.snapshot, id("b")).previous.map((other) => other.item.id)).toEqual([id("a")]);
  });
  it("cuts long texts", () => {
    expect(firstWords("a\n b  c")).toBe("a b c");
    expect(firstWords("x".repeat(60))).toHaveLength(60);
    expect(firstWords("x".repeat(61)).endsWith("…")).toBe(true);
  });
});

describe("questions", () => {
  it("offer lanes, steps, or anything that arrows join", () => {
    const { model, id } = board();
    const { snapshot } = model;
    expect(candidates(snapshot, "item.parent", []).map((item) => item.id)).toEqual([id("lane")]);
    expect(candidates(snapshot, "connect.pin", [id("obstacle")]).every((item) => item.kind === "step")).toBe(true);
    expect(candidates(snapshot, "connect.arrow", [id("a")]).map((item) => item.id)).not.toContain(id("a"));
  });
  it("find by words of the text and of the lane", () => {
    const { model, id } = board();
    const all = candidates(model.snapshot, "connect.arrow", []);
    expect(matching(model.snapshot, all, "kela RATK").map((item) => item.id)).toEqual([id("b")]);
    expect(matching(model.snapshot, all, "zzz")).toEqual([]);
  });
});
