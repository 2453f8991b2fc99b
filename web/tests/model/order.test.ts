// Keys of the reading order: always between, never too long, room before and after. Knows no board.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderBetween, spread } from "../../src/model/order.ts";
import { ORDER_LENGTH } from "../../src/model/schema.ts";

const KEY = /^[0-9A-Za-z]{1,128}$/;

describe("order", () => {
  it("lies between, wherever one inserts", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 120 }), (places) => {
        const keys: string[] = [];
        for (const place of places) {
          const at = place % (keys.length + 1);
          const key = orderBetween(keys[at - 1] ?? null, keys[at] ?? null);
          expect(key).toMatch(KEY);
          keys.splice(at, 0, key ?? "");
        }
        expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it("stays short when one appends or prepends a thousand times", () => {
    let [first, last] = ["U", "U"];
    for (let i = 0; i < 1_000; i++) {
      last = orderBetween(last, null) ?? "";
      first = orderBetween(null, first) ?? "";
      expect(last).toMatch(KEY);
      expect(first).toMatch(KEY);
    }
  });

  it("has no key between equal ones, in wrong order, or past the limit; two people's keys differ", () => {
    expect(orderBetween("K", "K")).toBeUndefined();
    expect(orderBetween("b", "a")).toBeUndefined();
    expect(orderBetween("0".repeat(ORDER_LENGTH), `${"0".repeat(ORDER_LENGTH - 1)}1`)).toBeUndefined();
    const keys = Array.from({ length: 50 }, () => orderBetween("A", "B"));
    expect(new Set(keys).size).toBeGreaterThan(40);
  });

  it("spreads keys in order", () => {
    for (const count of [0, 1, 2, 61, 62, 5_000]) {
      const keys = spread(count);
      expect(keys.every((key) => KEY.test(key))).toBe(true);
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(new Set(keys).size).toBe(count);
    }
  });
});
