// How small an item of each kind can be made: what it always shows must have room. Knows no gesture.

import type { Item, ItemKind, Size } from "../model/types.ts";

const LEAST: Readonly<Partial<Record<ItemKind, Size>>> = {
  note: [60, 40],
  step: [60, 40],
  lane: [240, 80],
  frame: [240, 160],
  group: [120, 80],
  term: [120, 72],
  goal: [200, 80],
};
/** Of a card: its head and a line. */
const CARD: Size = [100, 56];
/** A start or an end is a sign, and can be as small as a finger. */
const EVENT: Size = [40, 40];

export function leastSize(kind: ItemKind, item?: Item): Size {
  const step = item?.fields["stepKind"];
  if (step === "start" || step === "end") return EVENT;
  return LEAST[kind] ?? CARD;
}
