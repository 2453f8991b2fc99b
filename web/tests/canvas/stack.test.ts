// Stacking numbers and sheets: both show the board's order, whatever comes and goes. Knows no DOM.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intersects } from "../../src/canvas/geometry.ts";
import { sheetsOf } from "../../src/canvas/sheets.ts";
import { restack, type Stacked } from "../../src/canvas/stack.ts";
import { byStacking } from "../../src/model/stacking.ts";
import type { Item, ItemKind, Rect } from "../../src/model/types.ts";

const item = (id: number, kind: ItemKind = "note", layer = 0, made = id): Item =>
  ({ id: `n_${String(id).padStart(5, "0")}`, kind, layer, made }) as Item;

const anyItem = fc.record({
  kind: fc.constantFrom<ItemKind>("note", "frame", "lane", "group", "obstacle"),
  layer: fc.integer({ min: -2, max: 2 }),
  made: fc.nat(20),
});

describe("numbers", () => {
  test("grow with the board's order, whatever comes, goes and changes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.option(anyItem)), { maxLength: 80 }), (steps) => {
        const all = new Map<number, Stacked & { item: Item }>();
        for (const [which, what] of steps) {
          if (what === null) all.delete(which);
          else all.set(which, { item: item(which, what.kind, what.layer, what.made), z: all.get(which)?.z ?? NaN });
          restack(all.values());
          const sorted = [...all.values()].toSorted((a, b) => byStacking(a.item, b.item));
          sorted.forEach((one, at) => {
            expect(Number.isInteger(one.z)).toBe(true);
            expect(one.z).toBeGreaterThan(sorted[at - 1]?.z ?? 0);
          });
        }
      }),
    );
  });

  test("one more changes one number, and what is already right none", () => {
    const all: Stacked[] = [1, 3].map((id) => ({ item: item(id), z: NaN }));
    expect(restack(all)).toHaveLength(2);
    expect(restack(all)).toEqual([]);
    const between = { item: item(2), z: NaN };
    expect(restack([...all, between])).toEqual([between]);
  });

  test("stay within what CSS takes, however often the topmost is another", () => {
    const all: Stacked[] = [
      { item: item(1), z: 2 ** 30 },
      { item: item(2), z: NaN },
    ];
    restack(all);
    expect(all.map((one) => one.z)).toEqual([1024, 2048]);
  });
});

describe("sheets", () => {
  const place = fc.record({
    x: fc.integer({ min: -900, max: 900 }),
    y: fc.integer({ min: -900, max: 900 }),
    w: fc.integer({ min: 1, max: 4000 }),
    h: fc.integer({ min: 1, max: 400 }),
  });

  test("nothing covers anything on its sheet, and what lies higher is on a higher sheet", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyItem, place), { maxLength: 40 }), (list) => {
        const items = list.map(([what], at) => item(at, what.kind, what.layer, what.made));
        const rects = new Map<string, Rect>(list.map(([, rect], at) => [items[at]?.id ?? "", rect]));
        const sheets = sheetsOf(items, (id) => rects.get(id));
        expect(sheets.flat()).toHaveLength(items.length);
        const sheet = new Map(sheets.flatMap((all, at) => all.map((one) => [one.id, at] as const)));
        for (const a of items) {
          for (const b of items) {
            const [ra, rb] = [rects.get(a.id), rects.get(b.id)];
            if (a === b || !ra || !rb || !intersects(ra, rb)) continue;
            expect(Math.sign((sheet.get(a.id) ?? 0) - (sheet.get(b.id) ?? 0))).toBe(Math.sign(byStacking(a, b)));
          }
        }
      }),
    );
  });

  test("5,000 side by side are one sheet, 5,000 in a pile are 64", () => {
    const items = Array.from({ length: 5000 }, (_, at) => item(at));
    const apart = sheetsOf(items, (id) => ({ x: Number(id.slice(2)) * 210, y: 0, w: 200, h: 120 }));
    expect(apart).toHaveLength(1);
    expect(sheetsOf(items, () => ({ x: 0, y: 0, w: 200, h: 120 }))).toHaveLength(64);
    const wide = sheetsOf(items, () => ({ x: -1e6, y: -1e6, w: 1e6, h: 1e6 }));
    expect(wide).toHaveLength(64);
    expect(wide.flat()).toHaveLength(5000);
  });
});
