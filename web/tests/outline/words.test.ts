// Items in words: what they are, where, what they lead to and what they are joined to, by the kinds of the ends.

import { beforeAll, describe, expect, it } from "vitest";
import { language, t } from "../../src/i18n/language.svelte.ts";
import { RELATIONS, relatedTo } from "../../src/model/relations.ts";
import { ITEM_KINDS, kindRule } from "../../src/model/schema.ts";
import { kindsIn, newLabel } from "../../src/outline/adding.ts";
import {
  arrowName,
  called,
  described,
  factsOf,
  fixedTo,
  kindOf,
  placeOf,
  relationSays,
} from "../../src/outline/words.ts";
import { board as emptyBoard } from "../model/peers.ts";

beforeAll(() => {
  globalThis.document ??= { documentElement: { lang: "" } } as Document;
  language.choose("en");
});

function board() {
  const model = emptyBoard();
  const ids: Record<string, string> = {};
  const id = (name: string) => ids[name] ?? "";
  model.write((w) => {
    ids["lane"] = w.addItem("lane", { order: "A" }, "Kela");
    ids["a"] = w.addItem("step", { parent: id("lane"), order: "B", system: "Omatila", duration: "2 h" }, "Receive");
    ids["b"] = w.addItem("step", { parent: id("lane"), order: "C", stepKind: "decision" }, "Enough?");
    ids["c"] = w.addItem("step", { parent: id("lane"), order: "D" }, "Decide");
    ids["obstacle"] = w.addItem("obstacle", { severity: 3, types: ["resources"] }, "No form");
    ids["tied"] = w.addItem("obstacle", {}, "Lost on the way");
    ids["next"] = w.addItem("nextStep", { due: "2027-01-31" }, "Agree on a form");
    ids["evidence"] = w.addItem("evidence", {}, "Interview 4");
    ids["ab"] = w.addLink("sequence", id("a"), id("b"));
    ids["bc"] = w.addLink("sequence", id("b"), id("c"));
    w.setText(id("bc"), "Yes");
    w.addLink("pin", id("obstacle"), id("a"));
    w.addLink("pin", id("tied"), id("ab"));
    w.addLink("relation", id("obstacle"), id("next"));
    w.addLink("relation", id("evidence"), id("obstacle"));
  });
  const item = (name: string) => {
    const found = model.snapshot.items.get(id(name));
    if (found === undefined) throw new Error(name);
    return found;
  };
  return { model, id, item };
}

describe("an item", () => {
  it("says its kind, lane and place, fields, pins with severity, what is before and after it", () => {
    const { model, item } = board();
    expect(described(model.snapshot, item("a"), false)).toBe(
      [
        "Process step",
        "lane Kela, 1 of 3",
        "Information system: Omatila",
        "Duration: 2 h",
        "Pinned here: Obstacle (Serious) No form",
        "Next: Enough?",
      ].join(". "),
    );
    expect(described(model.snapshot, item("b"), true)).toBe(
      ["Decision point", "lane Kela, 2 of 3", "Previous: Receive", "Next: Decide (Yes)", "Locked"].join(". "),
    );
  });
  it("says on which arrow it is, and on which item", () => {
    const { model, id, item } = board();
    expect(fixedTo(model.snapshot, id("tied"))?.says).toBe("On the arrow Receive → Enough?");
    expect(described(model.snapshot, item("tied"), false)).toContain("On the arrow Receive → Enough?");
    expect(fixedTo(model.snapshot, id("obstacle"))?.says).toBe("On Receive");
    const yes = model.snapshot.links.get(id("bc"));
    expect(yes && arrowName(model.snapshot, yes)).toBe("Enough? → Decide: Yes");
  });
  it("says what it is related to from either end", () => {
    const { model, item } = board();
    const says = (name: string) => relatedTo(model.snapshot, item(name)).map(relationSays);
    expect(says("obstacle").toSorted()).toEqual(["Answered by: Agree on a form", "Supported by: Interview 4"]);
    expect(says("next")).toEqual(["Answers: No form"]);
    expect(says("evidence")).toEqual(["Supports: No form"]);
    for (const each of RELATIONS) expect(t(`outline.relation.${each}`, { name: "X" })).toContain("X");
  });
  it("without a text, without a place, or unplaced still says something", () => {
    const { model, id, item } = board();
    expect(called({ text: " \n " })).toBe("No text");
    expect(placeOf(model.snapshot, item("next"))).toBe("");
    model.write((w) => w.remove(id("lane")));
    expect(placeOf(model.snapshot, item("a"))).toBe("Unplaced");
  });
  it("has a fact for every field that was filled in, of every kind", () => {
    const { model } = board();
    for (const kind of ITEM_KINDS) {
      const rules = kindRule("items", kind)?.fields ?? [];
      const filled = Object.fromEntries(
        rules.map(({ name, value, default: otherwise }) => {
          if (value.type === "line") return [name, `text of ${name}`];
          if (value.type === "flag") return [name, true];
          if (value.type === "day") return [name, "2027-01-31"];
          if (value.type === "set") return [name, value.words.length > 0 ? value.words.slice(0, 1) : ["org_1"]];
          if (value.type === "number") return [name, otherwise === value.max ? value.min : value.max];
          return [name, value.type === "word" ? value.words.find((word) => word !== otherwise) : null];
        }),
      );
      let id = "";
      model.write((w) => (id = w.addItem(kind, filled, kind)));
      const item = model.snapshot.items.get(id);
      const said = item === undefined ? [] : factsOf(item, () => "Kela").map((fact) => fact.field);
      expect([kind, said]).toEqual([
        kind,
        rules.map(({ name }) => name).filter((name) => !["stepKind", "layout"].includes(name)),
      ]);
      expect(item && kindOf(item)).not.toBe("");
    }
  });
});

describe("adding", () => {
  it("offers all kinds outside, and in a container those that may stand there, the likeliest first", () => {
    const { item } = board();
    expect(kindsIn(null).toSorted()).toEqual(ITEM_KINDS.toSorted());
    expect(kindsIn(item("lane"))[0]).toBe("step");
    expect(kindsIn(item("lane"))).not.toContain("frame");
    expect(kindsIn(item("lane"))).not.toContain("lane");
  });
  it("names its field by the kind and the place", () => {
    const { item } = board();
    expect(newLabel("step", item("lane"))).toBe("New process step in the lane Kela");
    expect(newLabel("idea", item("lane"))).toBe("New idea in Kela");
    for (const kind of ITEM_KINDS) expect(newLabel(kind, null)).toMatch(/^New /);
  });
});
