// Where focus goes when its item is deleted: the next sibling, else the one before, else the container. Knows no DOM.

import type { ObjectId, Snapshot } from "../model/types.ts";

export function successor(before: Snapshot, now: Snapshot, lost: ObjectId): ObjectId | undefined {
  const parent = before.items.get(lost)?.parent ?? null;
  const siblings = before.children(parent);
  const at = siblings.findIndex((item) => item.id === lost);
  const later = siblings.slice(at + 1).find((item) => now.items.has(item.id));
  if (later) return later.id;
  const earlier = siblings.slice(0, Math.max(0, at)).findLast((item) => now.items.has(item.id));
  if (earlier) return earlier.id;
  return parent !== null && now.items.has(parent) ? parent : undefined;
}
