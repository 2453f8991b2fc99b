// What can stand in what, and which container is at a place. Knows no single command.

import { contains } from "../model/rects.ts";
import { isContainer } from "../model/schema.ts";
import type { Item, ItemKind, ObjectId, Point, Rect, Snapshot } from "../model/types.ts";

/** A frame stands in nothing, a lane in a frame or in nothing; all else in any container. */
export function mayStandIn(kind: ItemKind, container: ItemKind): boolean {
  if (!isContainer(container) || kind === "frame") return false;
  return kind !== "lane" || container === "frame";
}

/** Whether this container, told by its id, can take the item; null: no container. */
export function takes(snapshot: Snapshot, container: ObjectId | null, item: Pick<Item, "kind" | "id">): boolean {
  if (container === null) return true;
  const found = snapshot.items.get(container);
  return found !== undefined && mayStandIn(item.kind, found.kind) && !isWithin(snapshot, container, item.id);
}

/** Whether an item is, or stands at any depth in, the other. */
export function isWithin(snapshot: Snapshot, id: ObjectId, other: ObjectId): boolean {
  const seen = new Set<ObjectId>();
  for (let at: ObjectId | null = id; at !== null && !seen.has(at); at = snapshot.items.get(at)?.parent ?? null) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}

/** The containers that an item stands in, from the nearest. */
export function ancestors(snapshot: Snapshot, item: Item): ObjectId[] {
  const out: ObjectId[] = [];
  for (let at = item.parent; at !== null && !out.includes(at); at = snapshot.items.get(at)?.parent ?? null) out.push(at);
  return out;
}

const KNOWN = new WeakMap<Snapshot, readonly { readonly item: Item; readonly rect: Rect }[]>();

/** All containers of the board with their places, the smallest first. */
function containersOf(snapshot: Snapshot): readonly { readonly item: Item; readonly rect: Rect }[] {
  const known = KNOWN.get(snapshot);
  if (known !== undefined) return known;
  const found = [];
  for (const item of snapshot.items.values()) {
    const rect = isContainer(item.kind) ? snapshot.rect(item.id) : undefined;
    if (rect !== undefined) found.push({ item, rect });
  }
  found.sort((a, b) => a.rect.w * a.rect.h - b.rect.w * b.rect.h);
  KNOWN.set(snapshot, found);
  return found;
}

/** The smallest container at a point that takes an item of this kind; never the item itself or what stands in it. */
export function containerAt(snapshot: Snapshot, at: Point, kind: ItemKind, self?: ObjectId): Item | undefined {
  const fits = ({ item, rect }: { item: Item; rect: Rect }) =>
    mayStandIn(kind, item.kind) &&
    contains(rect, at) &&
    (self === undefined || (!isWithin(snapshot, item.id, self) && snapshot.pinOf(item.id)?.from !== self));
  return containersOf(snapshot).find(fits)?.item;
}
