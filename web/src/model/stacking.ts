// What lies over what in the picture, equal in every browser and in every way of drawing. Knows no drawing.

import type { Item, ItemKind } from "./types.ts";

/** Frames below lanes below groups below the rest, and what is pinned on top. */
const SORT: Readonly<Record<ItemKind, number>> = {
  frame: 0,
  lane: 1,
  group: 2,
  step: 3,
  note: 3,
  idea: 3,
  insight: 3,
  evidence: 3,
  term: 3,
  goal: 3,
  commitment: 3,
  question: 3,
  nextStep: 3,
  cooperation: 4,
  obstacle: 4,
  bottleneck: 4,
  painPoint: 4,
};

/** Compares two items: less than zero when `a` lies below `b`. Sort, then layer, then age, then id. */
export function byStacking(a: Item, b: Item): number {
  const sorts = SORT[a.kind] - SORT[b.kind];
  if (sorts !== 0) return sorts;
  if (a.layer !== b.layer) return a.layer - b.layer;
  if (a.made !== b.made) return a.made - b.made;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
