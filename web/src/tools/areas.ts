// The areas that one walks over with Page Up and Page Down, and the way out of one. Knows no keys.

import { ancestorsOf } from "../model/standing.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";

/** Each frame with its lanes after it, then the lanes outside frames, then what stands beside, by its first item. */
export function areasOf(snapshot: Snapshot): ObjectId[] {
  const roots = snapshot.children(null);
  const isLane = (item: Item): boolean => item.kind === "lane";
  const frames = roots.filter((item) => item.kind === "frame");
  const beside = roots.find((item) => !isLane(item) && item.kind !== "frame");
  return [
    ...frames.flatMap((frame) => [frame, ...snapshot.children(frame.id).filter(isLane)]),
    ...roots.filter(isLane),
    ...(beside ? [beside] : []),
  ].map((item) => item.id);
}

/** The place of an item's area among these; -1 without one. */
export function areaOf(snapshot: Snapshot, areas: readonly ObjectId[], id: ObjectId | undefined): number {
  const item = snapshot.items.get(id ?? "");
  if (item === undefined) return -1;
  for (const each of [item, ...ancestorsOf(snapshot, item)]) {
    const at = areas.indexOf(each.id);
    if (at >= 0) return at;
  }
  return areas.length - 1;
}

/** What an item hangs on or stands in; undefined where there is nothing around it. */
export function outOf(snapshot: Snapshot, id: ObjectId | undefined): ObjectId | undefined {
  const item = snapshot.items.get(id ?? "");
  return item && (snapshot.pinOf(item.id)?.to ?? item.parent ?? undefined);
}
