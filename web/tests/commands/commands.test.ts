// Each command does what it says, says what it did, and tells why it cannot. Knows no views.

import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { COMMAND_IDS } from "../../src/commands/words.ts";
import { overlaps } from "../../src/model/rects.ts";
import { bench } from "./bench.ts";

const OK = { ok: true };

it("every id has its command", () => {
  expect(commands.all.map(({ id }) => id).toSorted()).toEqual([...COMMAND_IDS].toSorted());
});

it("nothing selected: what needs an object says so", () => {
  const b = bench();
  for (const id of [
    "item.edit",
    "item.delete",
    "item.color",
    "item.fields",
    "item.duplicate",
    "item.resize",
    "item.parent",
    "item.reorder",
    "item.move",
    "connect.arrow",
    "connect.pin",
    "connect.remove",
    "link.label",
    "link.kind",
    "link.sides",
    "view.zoomToSelection",
    "object.lock",
  ] as const) {
    expect([id, commands.get(id).can(b.context(), {} as never)]).toEqual([id, { ok: false, why: "nothingSelected" }]);
  }
});

describe("create", () => {
  it("makes a note where the focus is, in the lane there, and puts the caret into it", async () => {
    const b = bench();
    const lane = b.add("lane", [100, 100], { size: [800, 200] }, "Kela");
    b.state.place = [150, 120];
    await b.run("note.create");
    expect(b.newest()).toMatchObject({ kind: "note", parent: lane, at: [50, 20] });
    expect(b.told).toContainEqual(["edit", b.newest()?.id]);
    expect(b.said()).toEqual(["said.created.kindIn"]);
    await b.run("note.create", { at: [150, 120] });
    expect(b.newest()?.at).toEqual([74, 44]);
    b.state.deny = "create";
    expect(await b.run("note.create")).toEqual({ ok: false, why: "role" });
  });

  it("puts steps one after another in the lane, grows it, and connects when told", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0], { size: [500, 200] });
    await b.run("step.create", { parent: lane, quiet: true });
    const first = b.newest();
    expect(first).toMatchObject({ parent: lane, at: [160, 60] });
    await b.run("step.create", { connectFrom: first?.id ?? "", stepKind: "decision" });
    const second = b.newest();
    expect(second).toMatchObject({ parent: lane, at: [360, 50], fields: { stepKind: "decision" } });
    expect(b.item(lane)?.size).toEqual([560, 200]);
    expect(b.model.snapshot.arrowsOf(second?.id ?? "").into.map((link) => link.from)).toEqual([first?.id]);
    b.state.selection = [first?.id ?? ""];
    await b.run("step.create");
    const steps = b.model.snapshot.children(lane).map((item) => item.id);
    expect(steps).toEqual([first?.id, b.newest()?.id, second?.id]);
    expect(b.newest()?.at[0]).toBe(560);
    expect(b.told.at(-1)).toMatchObject(["announce", "said.created.stepInLane", { place: 2, count: 3 }]);
    await b.run("history.undo");
    expect(b.model.snapshot.children(lane).length).toBe(2);
  });

  it("pins obstacles to the selected step, none over another", async () => {
    const b = bench();
    const step = b.add("step", [10, 10]);
    for (let i = 0; i < 4; i++) {
      b.state.selection = [step];
      await b.run(i % 2 === 0 ? "obstacle.create" : "cooperation.create");
    }
    const rects = b.model.snapshot.pinsOn(step).flatMap((item) => b.model.snapshot.rect(item.id) ?? []);
    expect(rects.length).toBe(4);
    expect(rects.some((a, i) => rects.some((other, j) => i !== j && overlaps(a, other)))).toBe(false);
    const to = b.add("step", [500, 10]);
    await b.run("connect.arrow", { from: step, to });
    b.state.selection = [[...b.model.snapshot.links.values()].find((link) => link.kind === "sequence")?.id ?? ""];
    await b.run("obstacle.create");
    expect(b.model.snapshot.pinsOn(to).length).toBe(0);
    const [tied] = b.model.snapshot.pinsOn(b.model.snapshot.arrowsOf(to).into[0]?.id ?? "");
    expect(tied).toMatchObject({ kind: "obstacle", at: b.item(tied?.id)?.at });
    expect(b.model.snapshot.pinOf(tied?.id ?? "")).toBeUndefined();
    b.state.selection = [];
    await b.run("obstacle.create");
    expect(b.model.snapshot.pinOf(b.newest()?.id ?? "")).toBeUndefined();
  });

  it("puts lanes below one another, and makes next steps", async () => {
    const b = bench();
    await b.run("lane.create", { text: "Asiakas", laneKind: "customer" });
    await b.run("lane.create", {});
    const [first, second] = [...b.model.snapshot.items.values()];
    expect(first?.fields["laneKind"]).toBe("customer");
    expect(second?.at).toEqual([0, 200]);
    expect(await b.run("nextStep.create", { fields: { due: "2026-12-01" }, parent: null })).toEqual(OK);
    expect(b.newest()?.fields["due"]).toBe("2026-12-01");
  });
});

describe("edit", () => {
  it("deletes several in one step, keeps a lane's contents, and goes to the neighbour", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0]);
    const inside = b.add("note", [10, 10], { parent: lane });
    const next = b.add("note", [0, 900], { order: "z" });
    b.state.selection = [lane];
    await b.run("item.delete");
    expect(b.item(inside)).toMatchObject({ unplaced: true });
    expect(b.told.at(-1)).toMatchObject(["announce", "said.deletedLane", { count: 1 }]);
    expect(b.state.selection).toEqual([next]);
    await b.run("item.delete", { ids: [inside, next] });
    expect(b.model.snapshot.items.size).toBe(0);
    await b.run("history.undo");
    expect(b.model.snapshot.items.size).toBe(2);
    b.locked.add(next);
    expect(b.can("item.delete", { ids: [inside, next] })).toEqual({ ok: false, why: "locked" });
  });

  it("leaves what was pinned to a deleted step where it was drawn", async () => {
    const b = bench();
    const step = b.add("step", [0, 0]);
    await b.run("obstacle.create", { on: step });
    const obstacle = b.newest()?.id ?? "";
    await b.run("item.move", { ids: [step], by: [300, 0] });
    const before = b.model.snapshot.rect(obstacle);
    await b.run("item.delete", { ids: [step] });
    expect(b.model.snapshot.rect(obstacle)).toEqual(before);
  });

  it("sets text, colour and checked fields", async () => {
    const b = bench();
    const id = b.add("obstacle");
    await b.run("item.edit", { id, text: "Laki" });
    await b.run("item.color", { ids: [id], color: "violet" });
    await b.run("item.fields", { id, fields: { severity: 4, types: ["legislation"] } });
    expect(b.item(id)).toMatchObject({
      text: "Laki",
      color: "violet",
      fields: { severity: 4, types: ["legislation"] },
    });
    expect(b.can("item.fields", { id, fields: { severity: 5 } }).ok).toBe(false);
    expect(b.can("item.fields", { id, fields: { author: "p_x" } }).ok).toBe(false);
    b.state.selection = [id];
    await b.run("item.color");
    expect(b.told.at(-1)).toEqual(["ask", "item.color", [id]]);
  });

  it("duplicates a lane with what it holds and the arrows within", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0]);
    const one = b.add("step", [160, 60], { parent: lane });
    const two = b.add("step", [400, 60], { parent: lane });
    await b.run("connect.arrow", { from: one, to: two, label: "jos kyllä" });
    await b.run("obstacle.create", { on: one });
    await b.run("item.duplicate", { ids: [lane] });
    expect(b.model.snapshot.items.size).toBe(8);
    expect([...b.model.snapshot.links.values()].map((link) => link.kind).toSorted()).toEqual([
      "pin",
      "pin",
      "sequence",
      "sequence",
    ]);
    const copy = b.state.selection[0] ?? "";
    expect(b.model.snapshot.children(copy).map((item) => item.at)).toEqual([
      [160, 60],
      [400, 60],
    ]);
  });
});

describe("arrange", () => {
  it("moves into a lane, snaps a step to its middle, orders it by place, and out again", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0], { size: [1000, 200] }, "Vero");
    const first = b.add("step", [160, 60], { parent: lane, order: "K" });
    const last = b.add("step", [600, 60], { parent: lane, order: "P" });
    const step = b.add("step", [0, 900]);
    await b.run("item.move", { ids: [step], to: [350, 50] });
    expect(b.item(step)).toMatchObject({ parent: lane, at: [350, 60] });
    expect(b.model.snapshot.children(lane).map(({ id }) => id)).toEqual([first, step, last]);
    expect(b.said()).toEqual(["said.movedTo"]);
    await b.run("item.move", { ids: [step], by: [8, 8] });
    expect(b.item(step)?.at).toEqual([358, 68]);
    await b.run("item.move", { ids: [step], by: [500, 0] });
    expect(b.model.snapshot.children(lane).map(({ id }) => id)).toEqual([first, last, step]);
    await b.run("item.parent", { ids: [step], parent: null });
    expect(b.item(step)).toMatchObject({ parent: null, at: [858, 68] });
    await b.run("item.parent", { ids: [step, first], parent: lane });
    expect(b.item(step)).toMatchObject({ parent: lane, at: [800, 60] });
  });

  it("moves a selection once, whatever stands in what; pinned things change their offset", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0]);
    const step = b.add("step", [200, 60], { parent: lane });
    await b.run("obstacle.create", { on: step });
    const obstacle = b.newest()?.id ?? "";
    const before = b.model.snapshot.rect(obstacle);
    await b.run("item.move", { ids: [lane, step, obstacle], by: [0, 100] });
    expect(b.item(step)?.at).toEqual([200, 60]);
    expect(b.model.snapshot.rect(obstacle)).toEqual({ ...before, y: (before?.y ?? 0) + 100 });
    await b.run("item.move", { ids: [obstacle], by: [5, 0] });
    expect(b.model.snapshot.rect(obstacle)?.x).toBe((before?.x ?? 0) + 5);
    expect(b.model.snapshot.pinOf(obstacle)?.to).toBe(step);
    expect(b.can("item.move", { ids: [lane] })).toEqual({ ok: false, why: "notHere" });
  });

  it("resizes, and never below what can be hit", async () => {
    const b = bench();
    const id = b.add("note", [100, 100]);
    await b.run("item.resize", { id, at: [90, 80], size: [300, 1] });
    expect(b.item(id)).toMatchObject({ at: [90, 80], size: [300, 24] });
  });

  it("reorders: steps change places with their neighbour, keys are renewed when there is no room", async () => {
    const b = bench();
    const lane = b.add("lane", [0, 0]);
    const one = b.add("step", [160, 60], { parent: lane, order: "K" });
    const two = b.add("step", [400, 60], { parent: lane, order: "K" });
    const three = b.add("step", [700, 60], { parent: lane, order: "K" });
    await b.run("item.reorder", { id: three, by: -1 });
    expect(b.model.snapshot.children(lane).map(({ id }) => id)).toEqual([one, three, two]);
    expect([b.item(three)?.at[0], b.item(two)?.at[0]]).toEqual([400, 700]);
    await b.run("item.reorder", { id: one, before: null });
    expect(b.model.snapshot.children(lane).map(({ id }) => id)).toEqual([three, two, one]);
    expect(b.can("item.reorder", { id: one, by: 1 }).ok).toBe(false);
  });
});

describe("connect", () => {
  it("draws arrows between two selected, asks for a target, and refuses doubles", async () => {
    const b = bench();
    const [from, to] = [b.add("step"), b.add("step", [400, 0])];
    b.state.selection = [from];
    await b.run("connect.arrow");
    expect(b.told.at(-1)).toEqual(["ask", "connect.arrow", [from]]);
    b.state.selection = [from, to];
    await b.run("connect.arrow", { kind: "information" });
    expect([...b.model.snapshot.links.values()]).toMatchObject([{ kind: "information", from, to }]);
    expect(b.can("connect.arrow", { kind: "information" }).ok).toBe(false);
    expect(b.can("connect.arrow", { from, to: from }).ok).toBe(false);
    const link = [...b.model.snapshot.links.keys()][0] ?? "";
    await b.run("link.label", { id: link, text: "tieto" });
    await b.run("link.sides", { id: link, fromSide: "right" });
    expect(b.model.snapshot.links.get(link)).toMatchObject({ text: "tieto", fromSide: "right" });
    await b.run("connect.remove", { ids: [link] });
    expect(b.model.snapshot.links.size).toBe(0);
  });

  it("pins, moves a pin to another carrier, unpins in place, and takes no rings", async () => {
    const b = bench();
    const [one, two, obstacle] = [b.add("step"), b.add("step", [400, 0]), b.add("obstacle", [0, 500])];
    await b.run("connect.pin", { id: obstacle, to: one });
    await b.run("connect.pin", { id: obstacle, to: two });
    expect(b.model.snapshot.pinOf(obstacle)?.to).toBe(two);
    expect(b.can("connect.pin", { id: two, to: obstacle })).toEqual({ ok: false, why: "notHere" });
    const before = b.model.snapshot.rect(obstacle);
    await b.run("connect.remove", { ids: [obstacle] });
    expect(b.model.snapshot.pinOf(obstacle)).toBeUndefined();
    expect(b.model.snapshot.rect(obstacle)).toEqual(before);
  });
});

describe("view and facilitation", () => {
  it("walks in reading order, and to the nearest in a direction", async () => {
    const b = bench();
    const [a, right, below] = [
      b.add("note", [0, 0], { order: "B" }),
      b.add("note", [300, 0], { order: "C" }),
      b.add("note", [0, 300], { order: "D" }),
    ];
    await b.run("select.next");
    expect(b.state.selection).toEqual([a]);
    await b.run("select.nearest", { direction: "right" });
    expect(b.state.selection).toEqual([right]);
    await b.run("select.nearest", { direction: "right" });
    expect(b.told.at(-1)?.[1]).toBe("said.nothingThere");
    await b.run("select.previous");
    await b.run("select.nearest", { direction: "down" });
    expect(b.state.selection).toEqual([below]);
    await b.run("select.all");
    expect(b.state.selection.length).toBe(3);
    await b.run("view.zoomToSelection");
    await b.run("view.zoomIn");
    await b.run("view.zoomOut");
    await b.run("view.zoomToFit");
    await b.run("view.pan", { by: [10, 0] });
    await b.run("select.none");
    expect(b.state.selection).toEqual([]);
    expect(b.told.map(([what]) => what)).toEqual(expect.arrayContaining(["zoomTo", "zoomBy", "zoomToFit", "pan"]));
  });

  it("undo and redo act only when there is something", async () => {
    const b = bench();
    expect(b.can("history.undo")).toEqual({ ok: false, why: "nothingToUndo" });
    expect(b.can("history.redo")).toEqual({ ok: false, why: "nothingToRedo" });
    await b.run("note.create");
    await b.run("history.undo");
    expect(b.model.snapshot.items.size).toBe(0);
    await b.run("history.redo");
    expect(b.model.snapshot.items.size).toBe(1);
  });

  it("locks, pauses and titles only for those who may", async () => {
    const b = bench();
    const id = b.add("step");
    b.state.selection = [id];
    await b.run("object.lock");
    await b.run("board.pause");
    await b.run("board.resume");
    await b.run("board.title", { title: "  Toimeentulotuki \n" });
    expect(b.asked).toEqual([{ type: "lock", objects: [id] }, { type: "pause" }, { type: "resume" }]);
    expect(b.model.snapshot.title).toBe("Toimeentulotuki");
    expect(b.can("object.unlock")).toEqual({ ok: false, why: "notHere" });
    b.locked.add(id);
    await b.run("object.unlock");
    expect(b.asked.at(-1)).toEqual({ type: "unlock", objects: [id] });
    b.state.facilitates = false;
    expect(b.can("object.unlock")).toEqual({ ok: false, why: "role" });
    expect(b.can("board.pause")).toEqual({ ok: false, why: "role" });
  });

  it("makes notes that say they were entered for somebody; a copy does not say so", async () => {
    const b = bench();
    await b.run("note.enter", { text: "Puhelimesta", quiet: true });
    const [made] = b.state.selection;
    expect(b.model.snapshot.items.get(made ?? "")).toMatchObject({ kind: "note", text: "Puhelimesta", entered: true });
    await b.run("item.duplicate", { ids: [made ?? ""] });
    expect(b.model.snapshot.items.get(b.state.selection[0] ?? "")?.entered).toBe(false);
    b.state.deny = "enter";
    expect(b.can("note.enter")).toEqual({ ok: false, why: "role" });
  });
});

it("an arrow becomes another kind in one step, with its name and ends, but never the twin of one that is there", async () => {
  const b = bench();
  const [from, to] = [b.add("step"), b.add("step", [400, 0])];
  const arrows = () =>
    [...b.model.snapshot.links.values()].map(({ kind, text, fromSide }) => [kind, text, fromSide].join(" "));
  await b.run("connect.arrow", { from, to, label: "Ei", fromSide: "bottom" });
  const id = b.model.snapshot.arrowsOf(from).out[0]?.id ?? "";
  expect(await b.run("link.kind", { id, kind: "information" })).toEqual(OK);
  expect(arrows()).toEqual(["information Ei bottom"]);
  expect(b.said()).toContain("said.kindChanged");
  expect(b.state.selection).toEqual([b.model.snapshot.arrowsOf(from).out[0]?.id]);
  b.model.undo();
  expect(arrows()).toEqual(["sequence Ei bottom"]);
  b.model.redo();
  await b.run("connect.arrow", { from, to });
  const now = b.model.snapshot.arrowsOf(from).out.find(({ kind }) => kind === "information")?.id ?? "";
  expect(b.can("link.kind", { id: now, kind: "sequence" })).toEqual({ ok: false, why: "notHere" });
  expect(b.can("link.kind", { id: now, kind: "customerMove" })).toEqual(OK);
  await b.run("link.kind", { id: now });
  expect(b.told).toContainEqual(["edit", now]);
});

it("without a place, moving in the order asks for one, where there is any", async () => {
  const b = bench();
  const one = b.add("step");
  expect(b.can("item.reorder", { id: one })).toEqual({ ok: false, why: "notHere" });
  b.add("step", [300, 0]);
  expect(await b.run("item.reorder", { id: one })).toEqual(OK);
  expect(b.told).toContainEqual(["ask", "item.reorder", [one]]);
});

it("a copy put down elsewhere stands in the lane that is there, in its place, and the original stays", async () => {
  const b = bench();
  const lane = b.add("lane", [0, 400], { size: [1200, 300] });
  const second = b.add("step", [600, 100], { parent: lane, order: "V" }, "second");
  const step = b.add("step", [100, 0], {}, "copied");
  await b.run("item.duplicate", { ids: [step], by: [100, 520] });
  const [copy] = b.state.selection;
  expect(b.item(copy)).toMatchObject({ parent: lane, at: [200, 120], text: "copied" });
  expect(b.model.snapshot.children(lane).map((item) => item.id)).toEqual([copy, second]);
  expect(b.item(step)).toMatchObject({ at: [100, 0], parent: null });
  await b.run("item.duplicate", { ids: [copy ?? ""], by: [0, -600] });
  expect(b.item(b.state.selection[0])).toMatchObject({ parent: null, at: [200, -80] });
  b.model.undo();
  expect(b.model.snapshot.items.size).toBe(4);
});
