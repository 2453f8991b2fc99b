// What may stand in what, what may be pinned, and which container is at a place. Knows no document and no pointer.

import { contains } from "./rects.ts";
import { isContainer } from "./schema.ts";
import type { Item, ItemKind, ObjectId, Point, Rect, Size, Snapshot } from "./types.ts";

/** Frames lie under lanes, lanes under groups: what is higher holds more closely. */
export const CLOSENESS: Readonly<Record<"frame" | "lane" | "group", number>> = { frame: 0, lane: 1, group: 2 };

/** The kinds that are pinned to a step or an arrow when they are dropped on it. */
const PINNABLE: ReadonlySet<ItemKind> = new Set([
  "obstacle",
  "cooperation",
  "bottleneck",
  "painPoint",
  "question",
  "evidence",
]);

/** Whether dropping an item of this kind on a step or an arrow pins it there. */
export function isPinnable(kind: ItemKind): boolean {
  return PINNABLE.has(kind);
}

/** Whether items of this kind may stand in containers of that kind: no frame in anything, no lane in a lane. */
export function mayHold(container: ItemKind, kind: ItemKind): boolean {
  if (!isContainer(container) || kind === "frame") return false;
  if (kind === "lane") return container === "frame";
  return kind !== "group" || container !== "group";
}

export interface Looking {
  /** Where to look; else all items of the board. */
  readonly among?: Iterable<Item>;
  /** Containers that are on the move themselves. */
  readonly without?: ReadonlySet<ObjectId>;
  /** What looks for a place: no container that stands in it is one. */
  readonly self?: ObjectId;
}

/** The innermost container at a point that an item of this kind may stand in: of several alike, the smallest. */
export function containerAt(snapshot: Snapshot, point: Point, kind: ItemKind, looking: Looking = {}): Item | undefined {
  const { among = snapshot.items.values(), without, self } = looking;
  let best: { readonly item: Item; readonly near: number; readonly area: number } | undefined;
  for (const item of among) {
    if (!isContainer(item.kind) || item.id === self || without?.has(item.id) === true) continue;
    const rect = mayHold(item.kind, kind) ? snapshot.rect(item.id) : undefined;
    if (rect === undefined || !contains(rect, point)) continue;
    if (self !== undefined && standsIn(snapshot, item.id, self)) continue;
    const near = CLOSENESS[item.kind];
    const area = rect.w * rect.h;
    const closer = best === undefined || near > best.near || (near === best.near && isNearer(item, area, best));
    if (closer) best = { item, near, area };
  }
  return best?.item;
}

/** Of two as large, the same one in every browser. */
function isNearer(item: Item, area: number, best: { readonly item: Item; readonly area: number }): boolean {
  return area < best.area || (area === best.area && item.id < best.item.id);
}

/** Whether the one stands in the other, at any depth. */
export function standsIn(snapshot: Snapshot, id: ObjectId, container: ObjectId): boolean {
  const seen = new Set<ObjectId>();
  for (let at = snapshot.items.get(id)?.parent ?? null; at !== null && !seen.has(at);) {
    if (at === container) return true;
    seen.add(at);
    at = snapshot.items.get(at)?.parent ?? null;
  }
  return false;
}

/** The containers around an item, the nearest first. */
export function ancestorsOf(snapshot: Snapshot, item: Item): Item[] {
  const out: Item[] = [];
  const seen = new Set<ObjectId>([item.id]);
  for (let id = item.parent; id !== null && !seen.has(id);) {
    seen.add(id);
    const parent = snapshot.items.get(id);
    if (parent === undefined) break;
    out.push(parent);
    id = parent.parent;
  }
  return out;
}

/** Room that a frame's title takes at its top. */
export const FRAME_HEAD = 64;
/** Room that a group's title takes at its top. */
export const GROUP_HEAD = 36;
/** Between a frame's edge and the lanes in it. */
const FRAME_EDGE = 24;

/**
 * Where a new lane stands in a frame, measured from the frame's corner: under the lowest lane there, as wide as
 * that, else under the frame's title, as wide as the frame.
 */
export function laneSlot(snapshot: Snapshot, frame: Item, height: number): { readonly at: Point; readonly size: Size } {
  const lanes = snapshot.children(frame.id).filter((item) => item.kind === "lane");
  const lowest = lanes.toSorted((a, b) => b.at[1] + b.size[1] - (a.at[1] + a.size[1]))[0];
  if (lowest !== undefined) {
    return { at: [lowest.at[0], lowest.at[1] + lowest.size[1]], size: [lowest.size[0], height] };
  }
  return { at: [FRAME_EDGE, FRAME_HEAD], size: [Math.max(240, frame.size[0] - 2 * FRAME_EDGE), height] };
}

/** The part of a container by which it is taken and to which lines lead: its title. */
export function titleOf(item: Item, rect: Rect): Rect {
  switch (item.kind) {
    case "lane":
      return { ...rect, w: Math.min(LANE_TITLE, rect.w) };
    case "frame":
      return { ...rect, h: Math.min(FRAME_HEAD, rect.h) };
    case "group":
      return { ...rect, h: Math.min(GROUP_HEAD, rect.h) };
    default:
      return rect;
  }
}

/** The strip at the left of a lane that holds its title: grabbing it takes the lane. */
export const LANE_TITLE = 56;
