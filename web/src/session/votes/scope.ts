// What a vote is about: the items of its kinds, in its frame, in the order in which one reads them. Knows no ballots.

import { readingOrder } from "../../commands/view.ts";
import { isContainer } from "../../model/schema.ts";
import type { Item, Snapshot } from "../../model/types.ts";
import type { Scope } from "../../net/api/votes.ts";

export function itemsIn(snapshot: Snapshot, scope: Scope): Item[] {
  const named = ({ kind }: Item) => (scope.kinds.length === 0 ? !isContainer(kind) : scope.kinds.includes(kind));
  const { frame } = scope;
  return readingOrder(snapshot).filter((item) => named(item) && (frame === null || standsIn(snapshot, item, frame)));
}

function standsIn(snapshot: Snapshot, item: Item, frame: string): boolean {
  const seen = new Set<string>();
  let { parent } = item;
  while (parent !== null && !seen.has(parent)) {
    if (parent === frame) return true;
    seen.add(parent);
    parent = snapshot.items.get(parent)?.parent ?? null;
  }
  return false;
}
