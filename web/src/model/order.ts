// The reading order: fractional indexes, and how siblings compare. Knows no document.

import { ORDER_LENGTH } from "./schema.ts";
import type { Item } from "./types.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = DIGITS.length;

type Random = () => number;

/**
 * A key that sorts between the two (null: the end), by code units. Its last digits are random, so that two people
 * who insert at the same place hardly ever make the same key. Undefined where there is no room: the keys are equal
 * or out of order, or the new one would be too long. Then the siblings need new keys (`spread`).
 */
export function orderBetween(
  before: string | null,
  after: string | null,
  random: Random = Math.random,
): string | undefined {
  if (before !== null && after !== null && before >= after) return undefined;
  let key = "";
  // While true, `key` is a prefix of the bound, so the bound still limits the next digit.
  let low = before !== null;
  let high = after !== null;
  for (let i = 0; i < ORDER_LENGTH - 2; i++) {
    const least = low ? digit(before, i) : 0;
    const most = high ? digit(after, i) : BASE;
    if (most - least > 1) {
      // A wide gap is left on both sides: appending many in a row must not run the keys out.
      const step = !low || !high ? Math.min(most - least - 1, 1 + Math.floor((most - least) / 8)) : 0;
      const middle = low && !high ? least + step : !low && high ? most - step : Math.floor((least + most) / 2);
      return key + DIGITS.charAt(middle) + jitter(random);
    }
    key += DIGITS.charAt(least);
    if (most !== least) high = false;
  }
  return undefined;
}

/** `count` keys in order, evenly apart, for siblings that need new ones. */
export function spread(count: number, random: Random = Math.random): string[] {
  const width = Math.max(1, Math.ceil(Math.log(count + 2) / Math.log(BASE)));
  const room = BASE ** width;
  return Array.from({ length: count }, (_, i) => {
    let left = Math.floor(((i + 1) * room) / (count + 1));
    let key = "";
    for (let place = 0; place < width; place++) {
      key = DIGITS.charAt(left % BASE) + key;
      left = Math.floor(left / BASE);
    }
    return key + jitter(random);
  });
}

/** Reading order of siblings: order, then from top to bottom, from left to right, then id. */
export function inReadingOrder(a: Item, b: Item): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (a.at[1] !== b.at[1]) return a.at[1] - b.at[1];
  if (a.at[0] !== b.at[0]) return a.at[0] - b.at[0];
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function digit(key: string | null, at: number): number {
  return key === null || at >= key.length ? 0 : DIGITS.indexOf(key.charAt(at));
}

/** Two random digits; the last is never the lowest, so that there is always room before a key. */
function jitter(random: Random): string {
  return DIGITS.charAt(Math.floor(random() * BASE)) + DIGITS.charAt(1 + Math.floor(random() * (BASE - 1)));
}
