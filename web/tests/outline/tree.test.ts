// The outline has every item exactly once, in reading order, under what it stands in or is pinned to.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isContainer, ITEM_KINDS } from "../../src/model/schema.ts";
import type { Snapshot } from "../../src/model/types.ts";
import {
  beginnings,
  branchesOf,
  firstWords,
  listKey,
  listOf,
  neighbours,
  outlineOf,
  pinnedUnder,
  pinsKey,
} from "../../src/outline/tree.ts";
import { candidates, matching } from "../../src/pages/board/ask.ts";
import { board as emptyBoard } from "../model/peers.ts";

function board() {
  const model = emptyBoard();
  const ids: Record<string, string> = {};
  const id = (name: string) => ids[name] ?? "";
  model.write((w) => {
    ids["frame"] = w.addItem("frame", { order: "A" }, "Nykytila");
    ids["lane"] = w.addItem("lane", { parent: id("frame"), order: "A" }, "Kela");
    ids["other"] = w.addItem("lane", { order: "B" }, "Kunta");
    ids["group"] = w.addItem("group", { parent: id("frame"), order: "B" }, "Ryhmä");
    ids["b"] = w.addItem("step", { parent: id("lane"), order: "C" }, "Ratkaise hakemus");
    ids["a"] = w.addItem("step", { parent: id("lane"), order: "B" }, "Ota vastaan");
    ids["loose"] = w.addItem("step", { order: "D" }, "Irrallinen");
    ids["note"] = w.addItem("note", { order: "E" }, "Muistiinpano");
    ids["in"] = w.addItem("note", { parent: id("lane"), order: "F" }, "Radalla");
    ids["grouped"] = w.addItem("idea", { parent: id("group"), order: "F" }, "Idea");
    ids["obstacle"] = w.addItem("obstacle", { order: "G" }, "Lomake puuttuu");
    ids["pain"] = w.addItem("painPoint", { order: "H" }, "Odotan");
    ids["next"] = w.addItem("nextStep", { order: "H" }, "Sovi lomakkeesta");
    ids["term"] = w.addItem("term", { order: "I" }, "Asiakas");
    ids["arrow"] = w.addLink("sequence", id("a"), id("b"));
    w.addLink("pin", id("obstacle"), id("a"));
    w.addLink("pin", id("pain"), id("obstacle"));
  });
  return { model, id };
}

/** All items as the outline shows them, each as often as it is there. */
function listed(snapshot: Snapshot): string[] {
  const under = (id: string): string[] =>
    pinnedUnder(snapshot, id).flatMap((item) => (isContainer(item.kind) ? [] : [item.id, ...under(item.id)]));
  return branchesOf(outlineOf(snapshot)).flatMap((branch) => [
    ...(branch.item === null ? [] : [branch.item.id]),
    ...[...branch.steps, ...branch.others].flatMap((item) => [item.id, ...under(item.id)]),
  ]);
}

describe("outline", () => {
  it("puts areas first, then what stands in none, each with its lanes, groups, steps and the rest", () => {
    const { model, id } = board();
    const outline = outlineOf(model.snapshot);
    expect(outline.areas.map((branch) => branch.item?.id)).toEqual([id("frame")]);
    const [area] = outline.areas;
    expect(area?.branches.map((branch) => branch.item?.id)).toEqual([id("lane"), id("group")]);
    expect(area?.branches[0]?.steps.map((step) => step.id)).toEqual([id("a"), id("b")]);
    expect(area?.branches[0]?.others.map((item) => item.id)).toEqual([id("in")]);
    expect(area?.branches[1]?.others.map((item) => item.id)).toEqual([id("grouped")]);
    expect(outline.free.branches.map((branch) => branch.item?.id)).toEqual([id("other")]);
    expect(outline.free.steps.map((item) => item.id)).toEqual([id("loose")]);
    expect(outline.free.others.map((item) => item.id)).toEqual([id("note"), id("next"), id("term")]);
    expect(pinnedUnder(model.snapshot, id("a")).map((item) => item.id)).toEqual([id("obstacle")]);
    expect(listed(model.snapshot).toSorted()).toEqual([...model.snapshot.items.keys()].toSorted());
  });
  it("has its tables, wherever things stand, and its arrows", () => {
    const { model, id } = board();
    const outline = outlineOf(model.snapshot);
    expect(outline.obstacles.map((item) => item.id)).toEqual([id("obstacle"), id("pain")]);
    expect(outline.nextSteps.map((item) => item.id)).toEqual([id("next")]);
    expect(outline.terms.map((item) => item.id)).toEqual([id("term")]);
    expect(outline.arrows.map((link) => link.id)).toEqual([id("arrow")]);
  });
  it("keeps what was in a deleted lane or area, as unplaced", () => {
    const { model, id } = board();
    model.write((w) => {
      w.remove(id("lane"));
      w.remove(id("frame"));
    });
    const { unplaced } = outlineOf(model.snapshot);
    expect(unplaced.steps.map((item) => item.id)).toEqual([id("a"), id("b")].toSorted((x) => (x === id("a") ? -1 : 1)));
    expect(unplaced.others.map((item) => item.id)).toEqual([id("in")]);
    expect(unplaced.branches.map((branch) => branch.item?.id)).toEqual([id("group")]);
    expect(listed(model.snapshot).toSorted()).toEqual([...model.snapshot.items.keys()].toSorted());
  });
  it("tells where arrows lead, and where a process begins", () => {
    const { model, id } = board();
    expect(neighbours(model.snapshot, id("a")).next.map((other) => other.item.id)).toEqual([id("b")]);
    expect(neighbours(model.snapshot, id("b")).previous.map((other) => other.item.id)).toEqual([id("a")]);
    expect(beginnings(model.snapshot).map((item) => item.id)).toEqual([id("a")]);
    model.write((w) => w.set(id("b"), { stepKind: "start" }));
    expect(beginnings(model.snapshot).map((item) => item.id)).toEqual([id("b")]);
    // In a ring nothing is first: one still gets in.
    model.write((w) => {
      w.set(id("b"), { stepKind: "task" });
      w.addLink("sequence", id("b"), id("a"));
    });
    expect(beginnings(model.snapshot).map((item) => item.id)).toEqual([id("a")]);
  });
  it("knows the list and the place of every item", () => {
    const { model, id } = board();
    expect(listOf(model.snapshot, id("b"))).toEqual({ key: listKey(id("lane"), "steps"), at: 1 });
    expect(listOf(model.snapshot, id("term"))).toEqual({ key: listKey("free", "others"), at: 2 });
    expect(listOf(model.snapshot, id("obstacle"))).toEqual({ key: pinsKey(id("a")), at: 0 });
    expect(listOf(model.snapshot, id("lane"))).toBeUndefined();
    expect(listOf(model.snapshot, "n_none")).toBeUndefined();
  });
  it("cuts long texts", () => {
    expect(firstWords("a\n b  c")).toBe("a b c");
    expect(firstWords("x".repeat(60))).toHaveLength(60);
    expect(firstWords("x".repeat(61)).endsWith("…")).toBe(true);
  });
});

describe("any board", () => {
  const pick = fc.nat({ max: 29 });
  const plan = fc.record({
    kinds: fc.array(fc.constantFrom(...ITEM_KINDS), { minLength: 1, maxLength: 30 }),
    parents: fc.array(fc.tuple(pick, pick), { maxLength: 30 }),
    pins: fc.array(fc.tuple(pick, pick), { maxLength: 20 }),
    gone: fc.array(pick, { maxLength: 5 }),
  });
  it("has every item once, whatever stands in, hangs on, or lost what", () => {
    fc.assert(
      fc.property(plan, ({ kinds, parents, pins, gone }) => {
        const model = emptyBoard();
        model.write((w) => {
          const ids = kinds.map((kind, at) => w.addItem(kind, {}, String(at)));
          const at = (index: number) => ids[index % ids.length] ?? "";
          for (const [child, parent] of parents) w.set(at(child), { parent: at(parent) });
          for (const [from, to] of pins) if (at(from) !== at(to)) w.addLink("pin", at(from), at(to));
          for (const index of gone) w.remove(at(index));
        });
        const { snapshot } = model;
        expect(listed(snapshot).toSorted()).toEqual([...snapshot.items.keys()].toSorted());
        for (const branch of branchesOf(outlineOf(snapshot))) {
          for (const list of ["steps", "others"] as const) {
            branch[list].forEach((item, at) =>
              expect(listOf(snapshot, item.id)).toEqual({ key: listKey(branch.key, list), at }),
            );
          }
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe("questions", () => {
  it("offer lanes, steps, or anything that arrows join", () => {
    const { model, id } = board();
    const { snapshot } = model;
    expect(candidates(snapshot, "item.parent", []).map((item) => item.id)).toContain(id("lane"));
    expect(candidates(snapshot, "connect.pin", [id("obstacle")]).map((item) => item.id)).toContain(id("a"));
    expect(candidates(snapshot, "connect.arrow", [id("a")]).map((item) => item.id)).not.toContain(id("a"));
  });
  it("find by words of the text and of the lane", () => {
    const { model, id } = board();
    const all = candidates(model.snapshot, "connect.arrow", []);
    expect(matching(model.snapshot, all, "kela RATK").map((item) => item.id)).toEqual([id("b")]);
    expect(matching(model.snapshot, all, "zzz")).toEqual([]);
  });
});
