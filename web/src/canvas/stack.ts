// The stacking numbers of mounted elements: in the board's order, changing as few of them as can be. Knows no drawing.

import { byStacking } from "../model/stacking.ts";
import type { Item } from "../model/types.ts";

export interface Stacked {
  readonly item: Item;
  /** CSS's z-index; NaN before the first. */
  z: number;
}

/** Between neighbours, so that what comes between them later changes neither. */
const GAP = 1024;
/** CSS takes whole numbers of 32 bits. */
const MOST = 2 ** 30;

/** Gives each its number; answers with those whose number is another than before. */
export function restack<One extends Stacked>(all: Iterable<One>): One[] {
  const sorted = [...all].sort((a, b) => byStacking(a.item, b.item));
  const changed = numbered(sorted);
  const top = sorted[sorted.length - 1];
  if (top === undefined || top.z <= MOST) return changed;
  sorted.forEach((one, index) => {
    one.z = (index + 1) * GAP;
  });
  return sorted;
}

function numbered<One extends Stacked>(sorted: readonly One[]): One[] {
  const changed: One[] = [];
  const above = nextNumbers(sorted);
  let last = 0;
  sorted.forEach((one, index) => {
    if (one.z > last && one.z <= (above[index] ?? Infinity)) {
      last = one.z;
      return;
    }
    const next = above[index] ?? Infinity;
    const room = next - last;
    one.z = room === Infinity ? last + GAP : room >= 2 ? last + Math.floor(room / 2) : last + 1;
    last = one.z;
    changed.push(one);
  });
  return changed;
}

/** For each, the smallest number above it. */
function nextNumbers(sorted: readonly Stacked[]): number[] {
  const out: number[] = [];
  let least = Infinity;
  for (let index = sorted.length - 1; index >= 0; index -= 1) {
    out[index] = least;
    const z = sorted[index]?.z ?? NaN;
    if (z < least) least = z;
  }
  return out;
}
