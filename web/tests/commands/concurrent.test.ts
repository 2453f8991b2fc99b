// Two people delete, move, group and regroup the same things at once: the board stays whole and no word is lost. Knows no network.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { ITEM_KINDS } from "../../src/model/schema.ts";
import { ancestorsOf } from "../../src/model/standing.ts";
import type { ObjectId } from "../../src/model/types.ts";
import { readingOrder } from "../../src/commands/view.ts";
import { AINO, BORIS, board, reread, seen, sync } from "../model/peers.ts";
import { bench } from "./bench.ts";

type Bench = ReturnType<typeof bench>;

/** One action, told by numbers: what it does, and to which of the things that are there. */
const action = fc.record({
  what: fc.constantFrom(
    "create",
    "write",
    "delete",
    "move",
    "into",
    "parent",
    "group",
    "ungroup",
    "duplicate",
    "cut",
    "paste",
    "pin",
    "relate",
    "arrow",
    "cutLinks",
    "layer",
    "reorder",
    "undo",
    "redo",
  ),
  first: fc.nat({ max: 40 }),
  second: fc.nat({ max: 40 }),
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -900, max: 900 }),
  kind: fc.constantFrom(...ITEM_KINDS),
});
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;

/** What is known of one person's doing. */
interface Diary {
  /** The last words that the person left in a thing. */
  readonly words: Map<ObjectId, string>;
  /** Things that an action of theirs took away. */
  readonly gone: Set<ObjectId>;
  /** Undo brings older words back: then only whether a thing is there is known. */
  undid: boolean;
}
const diary = (): Diary => ({ words: new Map(), gone: new Set(), undid: false });

let counter = 0;

async function act(b: Bench, one: Action, own: Diary): Promise<void> {
  const before = b.model.snapshot.items;
  const there = [...before.keys()];
  await doIt(b, one, own);
  if (one.what === "undo" || one.what === "redo") own.undid = true;
  for (const id of there) if (!b.model.snapshot.items.has(id)) own.gone.add(id);
  for (const id of b.model.snapshot.items.keys()) if (own.gone.has(id)) own.gone.delete(id);
}

async function doIt(b: Bench, one: Action, own: Diary): Promise<void> {
  const items = [...b.model.snapshot.items.keys()].toSorted();
  const links = [...b.model.snapshot.links.keys()].toSorted();
  const pick = (at: number): ObjectId => items[at % Math.max(1, items.length)] ?? "";
  const ids = [...new Set([pick(one.first), pick(one.second), pick(one.first + one.second)])].filter((id) => id !== "");
  const write = (id: ObjectId, text: string) => own.words.set(id, text);
  const text = `word${(counter += 1)}`;
  switch (one.what) {
    case "create": {
      const before = new Set(items);
      await b.run(`${one.kind}.create`, { at: [one.x, one.y], text, quiet: true });
      for (const id of b.model.snapshot.items.keys()) if (!before.has(id)) write(id, text);
      return;
    }
    case "write":
      if ((await b.run("item.edit", { id: pick(one.first), text })).ok) write(pick(one.first), text);
      return;
    case "delete":
      return void (await b.run("item.delete", { ids: ids.slice(0, 2) }));
    case "move":
      return void (await b.run("item.move", { ids, by: [one.x, one.y] }));
    case "into":
      return void (await b.run("item.move", { ids: ids.slice(0, 1), by: [one.x, 0], into: pick(one.second) }));
    case "parent":
      return void (await b.run("item.parent", {
        ids: ids.slice(0, 2),
        parent: one.x < -600 ? null : pick(one.y + 900),
      }));
    case "group":
      return void (await b.run("item.group", { ids, text, quiet: true }));
    case "ungroup": {
      const groups = items.filter((id) => b.item(id)?.kind === "group");
      return void (await b.run("item.ungroup", { ids: groups.slice(0, 1) }));
    }
    case "duplicate":
      return void (await b.run("item.duplicate", { ids }));
    case "cut":
      return void (await b.run("edit.cut", { ids: ids.slice(0, 1) }));
    case "paste":
      return void (await b.run("edit.paste", { at: [one.x, one.y] }));
    case "pin":
      return void (await b.run("connect.pin", {
        id: pick(one.first),
        to: one.x < 0 ? pick(one.second) : (links[0] ?? ""),
      }));
    case "relate":
      return void (await b.run("connect.relate", { from: pick(one.first), to: pick(one.second) }));
    case "arrow":
      return void (await b.run("connect.arrow", { from: pick(one.first), to: pick(one.second) }));
    case "cutLinks":
      return void (await b.run("connect.remove", { ids: links.slice(one.first % 3, 2) }));
    case "layer":
      return void (await b.run(one.x < 0 ? "item.forward" : "item.toBack", { ids }));
    case "reorder":
      return void (await b.run("item.reorder", { id: pick(one.first), by: one.x < 0 ? 1 : -1 }));
    case "undo":
      return void (await b.run("history.undo"));
    case "redo":
      return void (await b.run("history.redo"));
  }
}

function holds(b: Bench): void {
  const { snapshot } = b.model;
  const listed = new Set<ObjectId>();
  const walk = (parent: ObjectId | null) => {
    for (const item of snapshot.children(parent)) {
      expect(listed.has(item.id)).toBe(false);
      listed.add(item.id);
      walk(item.id);
    }
  };
  walk(null);
  // No ring of containers hides anything, and every way of going through the board meets everything.
  expect(listed.size).toBe(snapshot.items.size);
  expect(readingOrder(snapshot).length).toBe(snapshot.items.size);
  for (const item of snapshot.items.values()) {
    const rect = snapshot.rect(item.id);
    for (const value of [rect?.x, rect?.y, rect?.w, rect?.h]) expect(Number.isFinite(value)).toBe(true);
    expect(ancestorsOf(snapshot, item).some(({ id }) => id === item.id)).toBe(false);
    if (item.parent !== null) expect(snapshot.items.has(item.parent)).toBe(true);
  }
}

describe("two people at once", () => {
  it("equal boards, everything drawn somewhere, no word lost", async () => {
    const rounds = fc.array(fc.tuple(fc.array(action, { maxLength: 8 }), fc.array(action, { maxLength: 8 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const [aino, boris] = [bench(board(AINO)), bench(board(BORIS))];
        const [hers, his] = [diary(), diary()];
        const ever = new Set<ObjectId>();
        const lane = aino.add("lane", [0, 0], {}, "lane0");
        const group = aino.add("group", [50, 50], {}, "group0");
        for (let i = 0; i < 4; i++)
          aino.add("note", [60 + i * 30, 70], { parent: i % 2 === 0 ? lane : group }, `note${i}`);
        sync(aino.model, boris.model);
        for (const [first, second] of all) {
          for (const one of first) await act(aino, one, hers);
          for (const one of second) await act(boris, one, his);
          for (const b of [aino, boris]) for (const id of b.model.snapshot.items.keys()) ever.add(id);
          sync(aino.model, boris.model);
          expect(seen(aino.model)).toEqual(seen(boris.model));
          holds(aino);
        }
        const { items } = aino.model.snapshot;
        // What nobody took away is there.
        for (const id of ever) if (!hers.gone.has(id) && !his.gone.has(id)) expect(items.has(id)).toBe(true);
        // What only one person wrote into a thing that is there, is there.
        for (const { id, text } of items.values()) {
          const [a, b] = [hers.words.get(id), his.words.get(id)];
          if (!hers.undid && !his.undid && (a === undefined) !== (b === undefined)) expect(text).toBe(a ?? b);
          if (a === undefined && b === undefined) expect(text).not.toBe("");
        }
        expect(seen(reread(aino.model)).items).toEqual(seen(aino.model).items);
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it("a thing that one moves and the other regroups, or whose lane goes, stays with its words", async () => {
    const [aino, boris] = [bench(board(AINO)), bench(board(BORIS))];
    const lane = aino.add("lane", [0, 0], {}, "Kela");
    const [one, two] = [0, 1].map((i) => aino.add("note", [200 + i * 240, 40], { parent: lane }, `n${i}`));
    sync(aino.model, boris.model);
    await aino.run("item.delete", { ids: [lane] });
    await boris.run("item.group", { ids: [one ?? "", two ?? ""], text: "together", quiet: true });
    sync(aino.model, boris.model);
    const group = [...aino.model.snapshot.items.values()].find((item) => item.kind === "group");
    // The group stood in the lane: it is unplaced, and drawn where it was made.
    expect(group).toMatchObject({ text: "together", unplaced: true });
    expect(aino.model.snapshot.children(group?.id ?? "").map((item) => item.text)).toEqual(["n0", "n1"]);
    expect(aino.model.snapshot.rect(one ?? "")).toMatchObject({ x: 200, y: 40 });
    expect(commands.can("item.ungroup", aino.context(), { ids: [group?.id ?? ""] })).toEqual({ ok: true });
  });

  it("both group the same two things: they are in one of the groups, at the place that group gave them", async () => {
    const [aino, boris] = [bench(board(AINO)), bench(board(BORIS))];
    const ids = [0, 1].map((i) => aino.add("note", [i * 240, 0], {}, `n${i}`));
    sync(aino.model, boris.model);
    await aino.run("item.group", { ids, text: "hers", quiet: true });
    await boris.run("item.group", { ids: ids.toReversed(), text: "his", quiet: true });
    sync(aino.model, boris.model);
    const homes = new Set(ids.map((id) => aino.item(id)?.parent));
    expect(homes.size).toBe(1);
    for (const [i, id] of ids.entries()) expect(aino.model.snapshot.rect(id)).toMatchObject({ x: i * 240, y: 0 });
  });
});
