// Which container a thing goes into, and where in it. Knows no single command.

import { overlaps } from "../model/rects.ts";
import { isContainer } from "../model/schema.ts";
import { ancestorsOf, containerAt, FRAME_HEAD, GROUP_HEAD, mayHold, standsIn } from "../model/standing.ts";
import type { Item, ItemKind, ObjectId, Point, Rect, Size, Snapshot } from "../model/types.ts";
import { GAP, LANE_HEAD } from "./support.ts";

const KNOWN = new WeakMap<Snapshot, readonly Item[]>();

/** All containers of the board: ten thousand things that move ask for them one by one. */
function containersOf(snapshot: Snapshot): readonly Item[] {
  const known = KNOWN.get(snapshot) ?? [...snapshot.items.values()].filter((item) => isContainer(item.kind));
  KNOWN.set(snapshot, known);
  return known;
}

/** The container at a point for a thing of this kind; never the thing itself or what stands in it. */
export function containerFor(snapshot: Snapshot, at: Point, kind: ItemKind, self?: ObjectId): Item | undefined {
  return containerAt(snapshot, at, kind, { among: containersOf(snapshot), ...(self === undefined ? {} : { self }) });
}

/** Whether this container, told by its id, can take the item; null: no container. */
export function takes(snapshot: Snapshot, container: ObjectId | null, item: Pick<Item, "kind" | "id">): boolean {
  if (container === null) return true;
  const found = snapshot.items.get(container);
  const inside = container === item.id || standsIn(snapshot, container, item.id);
  return found !== undefined && mayHold(found.kind, item.kind) && !inside;
}

/** The nearest container that all of these stand in and that takes a thing of this kind. */
export function commonContainer(snapshot: Snapshot, items: readonly Item[], kind: ItemKind): ObjectId | null {
  const [first, ...rest] = items;
  if (first === undefined) return null;
  const around = rest.map((item) => new Set(ancestorsOf(snapshot, item).map(({ id }) => id)));
  const common = ancestorsOf(snapshot, first).filter(({ id }) => around.every((ids) => ids.has(id)));
  return common.find((container) => mayHold(container.kind, kind))?.id ?? null;
}

/** Between things that are put beside each other, and from a container's edge. */
const EDGE = 24;

/** Where things that are put into a container begin, from its corner: after its title. */
export function insideOf(container: Item): Point {
  if (container.kind === "frame") return [EDGE, FRAME_HEAD];
  return container.kind === "group" ? [EDGE, GROUP_HEAD + 12] : [LANE_HEAD, EDGE];
}

/** The first free place in a container, row by row; under all that is there when no row has room. */
export function roomIn(snapshot: Snapshot, container: Item, size: Size, more: readonly Rect[] = []): Point {
  const taken = [...more];
  for (const { at, size: own } of snapshot.children(container.id))
    taken.push({ x: at[0], y: at[1], w: own[0], h: own[1] });
  const start = insideOf(container);
  const width = container.size[0] - EDGE;
  const lowest = Math.max(start[1], ...taken.map((rect) => rect.y + rect.h + EDGE));
  for (let y = start[1]; y < lowest;) {
    let next = lowest;
    for (let x = start[0]; x === start[0] || x + size[0] <= width;) {
      const hit = taken.find((rect) => overlaps(rect, { x, y, w: size[0], h: size[1] }));
      if (hit === undefined) return [x, y];
      next = Math.min(next, hit.y + hit.h + EDGE);
      x = hit.x + hit.w + EDGE;
    }
    y = Math.max(next, y + 1);
  }
  return [start[0], lowest];
}

/** The size a container needs so that these rectangles, measured from its corner, are in it. */
export function grownFor(container: Item, rects: readonly Rect[]): Size | undefined {
  // A lane goes on to the right, so there is room for the next; up and down a thing may touch its edge.
  const [right, below] = container.kind === "lane" ? [GAP, 0] : [EDGE, EDGE];
  const w = Math.max(container.size[0], ...rects.map((rect) => rect.x + rect.w + right));
  const h = Math.max(container.size[1], ...rects.map((rect) => rect.y + rect.h + below));
  return w === container.size[0] && h === container.size[1] ? undefined : [w, h];
}
