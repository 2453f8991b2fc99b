// The snapshot kept up to date equals the board read anew, whatever two people do. Knows no views.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoardModel } from "../../src/model/board.ts";
import type { ChangeSet } from "../../src/model/types.ts";
import { AINO, board, BORIS, reread, seen, sync } from "./peers.ts";

const KINDS = ["note", "lane", "step", "obstacle", "frame", "group", "bottleneck", "nextStep"] as const;

interface Op {
  who: number;
  what: number;
  a: number;
  b: number;
  x: number;
}

function act(model: BoardModel, { what, a, b, x }: Op): void {
  const ids = [...model.snapshot.items.keys()];
  const links = [...model.snapshot.links.keys()];
  const [one, two, link] = [ids[a % ids.length], ids[b % ids.length], links[a % links.length]];
  if (what === 0 || one === undefined || two === undefined) {
    const kind = KINDS[a % KINDS.length] ?? "note";
    model.write((writer) => void writer.addItem(kind, { at: [x, b] }, "uusi"));
    return;
  }
  model.write((writer) => {
    if (what === 1) writer.set(one, { at: [x, -x] });
    if (what === 2) writer.set(one, { parent: two });
    if (what === 3) writer.remove(one);
    if (what === 4) writer.addLink("sequence", one, two);
    if (what === 5) writer.addLink("pin", one, two, { offset: [x, 5] });
    if (what === 6 && link !== undefined) writer.remove(link);
    if (what === 7) writer.setText(one, `teksti ${x}`);
    if (what === 8) writer.set(one, { order: `K${a}` });
    if (what === 9) writer.setTitle(`otsikko ${x}`);
    if (what === 12 && link !== undefined) writer.addLink("pin", one, link, { offset: [x, 3] });
    if (what === 13) writer.addLink("relation", one, two);
    if (what === 14) writer.set(one, { layer: x });
  });
  if (what === 10) model.undo();
  if (what === 11) model.redo();
}

const ops = fc.array(
  fc.record({ who: fc.nat(2), what: fc.nat(14), a: fc.nat(20), b: fc.nat(20), x: fc.integer({ min: -50, max: 50 }) }),
  { maxLength: 50 },
);

describe("snapshot", () => {
  it("equals a full reading after any actions of two people, and peers converge", () => {
    fc.assert(
      fc.property(ops, (list) => {
        const [a, b] = [board(AINO), board(BORIS)];
        const first = seen(a);
        const empty = a.snapshot;
        for (const op of list) {
          if (op.who === 2) sync(a, b);
          else act(op.who === 0 ? a : b, op);
          expect(seen(a)).toEqual(seen(reread(a)));
        }
        sync(a, b);
        expect(seen(a)).toEqual(seen(b));
        expect(seen({ snapshot: empty })).toEqual(first);
      }),
      { numRuns: 120 },
    );
  });

  it("tells in change sets exactly what differs, and where things are drawn elsewhere", () => {
    fc.assert(
      fc.property(ops, (list) => {
        const [a, b] = [board(AINO), board(BORIS)];
        const check = ({ snapshot, previous, changed, added, removed, moved }: ChangeSet) => {
          for (const kind of ["items", "links"] as const) {
            for (const id of new Set([...snapshot[kind].keys(), ...previous[kind].keys()])) {
              const [old, now] = [previous[kind].get(id), snapshot[kind].get(id)];
              expect(added.has(id)).toBe(old === undefined);
              expect(removed.has(id)).toBe(now === undefined);
              expect(changed.has(id)).toBe(old !== undefined && now !== undefined && old !== now);
              const same = JSON.stringify(previous.rect(id)) === JSON.stringify(snapshot.rect(id));
              expect(moved.has(id)).toBe(old !== undefined && old === now && !same);
            }
          }
          expect(snapshot.version).toBe(previous.version + 1);
        };
        a.subscribe(check);
        for (const op of list) {
          if (op.who === 2) sync(a, b);
          else act(op.who === 0 ? a : b, op);
        }
      }),
      { numRuns: 120 },
    );
  });

  it("keeps what a deleted lane held where it was drawn, unplaced, and puts it back on undo", () => {
    const model = board();
    let [lane, note] = ["", ""];
    model.write((writer) => {
      lane = writer.addItem("lane", { at: [100, 200] });
      note = writer.addItem("note", { at: [10, 20], parent: lane }, "muistettava");
    });
    const before = model.snapshot.rect(note);
    model.write((writer) => writer.remove(lane));
    expect(model.snapshot.items.get(note)).toMatchObject({ parent: null, unplaced: true, at: [110, 220] });
    expect(model.snapshot.rect(note)).toEqual(before);
    model.undo();
    expect(model.snapshot.items.get(note)).toMatchObject({ parent: lane, unplaced: false, at: [10, 20] });
    model.redo();
    model.write((writer) => writer.set(note, { at: [1, 1] }));
    expect(model.snapshot.items.get(note)).toMatchObject({ parent: null, unplaced: false });
    expect(model.snapshot.rect(note)).toMatchObject({ x: 1, y: 1 });
  });

  it("shows a pin on an arrow while the arrow is there, and lets the item stand where it stands", () => {
    const model = board();
    let [a, b, pinned, arrow, pin] = ["", "", "", "", ""];
    model.write((writer) => {
      a = writer.addItem("step", { at: [0, 0] });
      b = writer.addItem("step", { at: [500, 0] });
      pinned = writer.addItem("bottleneck", { at: [200, 300] });
      arrow = writer.addLink("sequence", a, b);
      pin = writer.addLink("pin", pinned, arrow);
    });
    const hangs = () => model.snapshot.tetherOf(pinned)?.id;
    expect(hangs()).toBe(pin);
    expect(model.snapshot.pinOf(pinned)).toBeUndefined();
    expect(model.snapshot.rect(pinned)).toMatchObject({ x: 200, y: 300 });
    expect(model.snapshot.pinsOn(arrow).map((item) => item.id)).toEqual([pinned]);
    model.write((writer) => writer.remove(b));
    expect(hangs()).toBeUndefined();
    expect(model.snapshot.links.has(pin)).toBe(false);
    model.undo();
    expect(hangs()).toBe(pin);
    model.write((writer) => writer.remove(arrow));
    expect(hangs()).toBeUndefined();
  });

  it("moves what is pinned with its carrier, and cuts rings of pins", () => {
    const model = board();
    let [a, b] = ["", ""];
    model.write((writer) => {
      a = writer.addItem("step", { at: [1, 1] });
      b = writer.addItem("obstacle", { at: [2, 2] });
      writer.addLink("pin", b, a, { offset: [100, 50] });
    });
    expect(model.snapshot.rect(b)).toMatchObject({ x: 101, y: 51 });
    const moved: string[] = [];
    model.subscribe((change) => moved.push(...change.moved));
    model.write((writer) => writer.set(a, { at: [11, 1] }));
    expect(moved).toEqual([b]);
    model.write((writer) => void writer.addLink("pin", a, b, { offset: [9, 9] }));
    const rects = [model.snapshot.rect(a), model.snapshot.rect(b)];
    expect(rects.every((rect) => rect !== undefined)).toBe(true);
    expect([model.snapshot.rect(a), model.snapshot.rect(b)]).toEqual(rects);
  });
});
