// Pins to items and arrows, and relations: tied, cut, kept when an arrow changes its kind. Knows no drawing.

import { describe, expect, it } from "vitest";
import { bench } from "./bench.ts";

const NO = { ok: false, why: "notHere" };

function map() {
  const b = bench();
  const [from, to] = [b.add("step", [0, 0], {}, "Apply"), b.add("step", [600, 0], {}, "Decide")];
  b.model.write((writer) => writer.addLink("sequence", from, to));
  const arrow = b.model.snapshot.arrowsOf(from).out[0]?.id ?? "";
  const obstacle = b.add("obstacle", [300, 200], {}, "No consent");
  return { b, from, to, arrow, obstacle };
}

describe("pins", () => {
  it("to an arrow: the thing stands where it stood; to an item and back", async () => {
    const { b, from, arrow, obstacle } = map();
    await b.run("connect.pin", { id: obstacle, to: arrow });
    expect(b.model.snapshot.tetherOf(obstacle)?.to).toBe(arrow);
    expect(b.model.snapshot.rect(obstacle)).toMatchObject({ x: 300, y: 200 });
    expect(b.told.at(-1)).toMatchObject(["announce", "said.pinnedToArrow", { from: "Apply", to: "Decide" }]);
    await b.run("connect.pin", { id: obstacle, to: from });
    expect(b.model.snapshot.pinOf(obstacle)?.to).toBe(from);
    const drawn = b.model.snapshot.rect(obstacle);
    await b.run("connect.pin", { id: obstacle, to: arrow });
    expect(b.model.snapshot.rect(obstacle)).toEqual(drawn);
    expect([...b.model.snapshot.links.values()].filter((link) => link.kind === "pin").length).toBe(1);
    await b.run("connect.remove", { ids: [obstacle] });
    expect(b.model.snapshot.tetherOf(obstacle)).toBeUndefined();
    expect(b.said().at(-1)).toBe("said.unpinned");
  });

  it("not to a container, to a relation, or a step to its own arrow", async () => {
    const { b, from, arrow, obstacle } = map();
    b.model.write((writer) => writer.addLink("relation", from, obstacle));
    const relation = b.model.snapshot.relationsOf(from)[0]?.id ?? "";
    expect(b.can("connect.pin", { id: obstacle, to: relation })).toEqual(NO);
    expect(b.can("connect.pin", { id: obstacle, to: b.add("frame") })).toEqual(NO);
    expect(b.can("connect.pin", { id: from, to: arrow })).toEqual(NO);
    expect(b.can("connect.pin", { id: b.add("note") })).toEqual(NO);
    await b.run("connect.pin", { id: obstacle });
    expect(b.told.at(-1)).toEqual(["ask", "connect.pin", [obstacle]]);
  });

  it("an arrow of another kind keeps what hangs on it and what it says", async () => {
    const { b, from, arrow, obstacle } = map();
    b.model.write((writer) => writer.set(arrow, { condition: "income < limit", data: "decision" }));
    await b.run("connect.pin", { id: obstacle, to: arrow });
    await b.run("link.kind", { id: arrow, kind: "information" });
    const [now] = b.model.snapshot.arrowsOf(from).out;
    expect(now).toMatchObject({ kind: "information", fields: { condition: "income < limit", data: "decision" } });
    expect(b.model.snapshot.tetherOf(obstacle)?.to).toBe(now?.id);
  });
});

describe("relations", () => {
  it("join two things once, whichever way, and are cut", async () => {
    const { b, obstacle } = map();
    const [step, lane] = [b.add("nextStep", [0, 900], {}, "Ask"), b.add("lane", [0, 2000], {}, "Kela")];
    await b.run("connect.relate", { from: obstacle, to: step });
    expect(b.told.at(-1)).toMatchObject(["announce", "said.related", { from: "No consent", to: "Ask" }]);
    expect(b.can("connect.relate", { from: step, to: obstacle })).toEqual(NO);
    expect(b.can("connect.relate", { from: step, to: step })).toEqual(NO);
    await b.run("connect.relate", { from: obstacle, to: lane });
    expect(b.model.snapshot.relationsOf(obstacle).length).toBe(2);
    await b.run("connect.remove", { ids: [b.model.snapshot.relationsOf(step)[0]?.id ?? ""] });
    expect(b.said().at(-1)).toBe("said.unrelated");
    expect(b.can("connect.relate", { from: step, to: obstacle })).toEqual({ ok: true });
    b.state.selection = [obstacle];
    await b.run("connect.relate");
    expect(b.told.at(-1)).toEqual(["ask", "connect.relate", [obstacle]]);
    b.state.deny = "connect";
    expect(b.can("connect.relate", { from: step, to: obstacle })).toEqual({ ok: false, why: "role" });
  });

  it("are no arrows: their kind and sides cannot be changed", () => {
    const { b, from, obstacle } = map();
    b.model.write((writer) => writer.addLink("relation", from, obstacle));
    const id = b.model.snapshot.relationsOf(from)[0]?.id ?? "";
    expect(b.can("link.kind", { id, kind: "sequence" })).toEqual(NO);
    expect(b.can("link.sides", { id, fromSide: "top" })).toEqual(NO);
  });
});
