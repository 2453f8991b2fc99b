// What a part of the board is called: after the container that fills most of it. Knows no camera.

import { overlaps } from "../../model/rects.ts";
import { isContainer } from "../../model/schema.ts";
import type { Item, ObjectId, Rect, Snapshot } from "../../model/types.ts";
import type { Place } from "../../net/attention.ts";

export type Corners = readonly [number, number, number, number];

export const rectOf = ([x, y, w, h]: Corners): Rect => ({ x, y, w, h });

/** The container that one sees most of there; of two that are as large to see, the smaller. */
export function containerAt(snapshot: Snapshot, seen: Rect): Item | undefined {
  let best: { item: Item; area: number; whole: number } | undefined;
  for (const item of snapshot.items.values()) {
    const rect = isContainer(item.kind) ? snapshot.rect(item.id) : undefined;
    if (rect === undefined || !overlaps(rect, seen)) continue;
    const w = Math.min(rect.x + rect.w, seen.x + seen.w) - Math.max(rect.x, seen.x);
    const h = Math.min(rect.y + rect.h, seen.y + seen.h) - Math.max(rect.y, seen.y);
    const [area, whole] = [w * h, rect.w * rect.h];
    if (best === undefined || area > best.area || (area === best.area && whole < best.whole))
      best = { item, area, whole };
  }
  return best?.item;
}

/** The frame that is meant, or the container that is seen there. */
export function meant(snapshot: Snapshot, place: Place): ObjectId | undefined {
  if ("frame" in place) return snapshot.items.has(place.frame) ? place.frame : undefined;
  return containerAt(snapshot, rectOf(place.rect))?.id;
}
