// What is under a point, and what a person would reach next. Knows no DOM.

import { isContainer } from "../model/schema.ts";
import { byStacking } from "../model/stacking.ts";
import { containerAt, titleOf } from "../model/standing.ts";
import type { Item, ItemKind, Link, ObjectId, Point, Rect, Snapshot } from "../model/types.ts";
import { center, containsPoint, containsRect, grow, intersects } from "./geometry.ts";
import type { Scene } from "./scene.ts";
import type { Route } from "./route.ts";

/**
 * The topmost item under a board point that is wanted. A container is hit by its title and its edge: its inside can
 * be swept.
 */
export function itemAt(
  scene: Scene,
  point: Point,
  margin: number,
  wanted: (item: Item) => boolean = () => true,
): Item | undefined {
  const area = grow({ x: point[0], y: point[1], w: 0, h: 0 }, Math.max(margin, 0.01));
  let best: Item | undefined;
  let bestExact = false;
  for (const item of scene.visible(area)) {
    const rect = scene.snapshot.rect(item.id);
    if (!rect || !wanted(item) || !hits(item, rect, point, margin)) continue;
    // An exact hit wins over one that is only near.
    const exact = containsPoint(rect, point);
    if (best && (bestExact !== exact ? bestExact : byStacking(best, item) > 0)) continue;
    best = item;
    bestExact = exact;
  }
  return best;
}

function hits(item: Item, rect: Rect, point: Point, margin: number): boolean {
  if (!containsPoint(grow(rect, margin), point)) return false;
  if (!isContainer(item.kind)) return true;
  if (containsPoint(titleOf(item, rect), point)) return true;
  return !containsPoint(grow(rect, -Math.max(margin, 4)), point);
}

/** The innermost container at a point that an item of this kind may stand in, but for those on the move. */
export function landingAt(
  scene: Scene,
  point: Point,
  kind: ItemKind,
  without: ReadonlySet<ObjectId>,
): Item | undefined {
  return containerAt(scene.snapshot, point, kind, { among: scene.visible(around(point)), without });
}

function around([x, y]: Point): Rect {
  return { x: x - 0.01, y: y - 0.01, w: 0.02, h: 0.02 };
}

/** The topmost item of these kinds at a point. */
export function kindAt(
  scene: Scene,
  point: Point,
  kinds: readonly ItemKind[],
  without: ReadonlySet<ObjectId>,
): Item | undefined {
  let best: Item | undefined;
  for (const item of scene.visible(around(point))) {
    if (!kinds.includes(item.kind) || without.has(item.id)) continue;
    if (!best || byStacking(best, item) < 0) best = item;
  }
  return best;
}

/** What a marquee takes: whatever it touches, but a container only when it is wholly inside. */
export function itemsIn(scene: Scene, area: Rect): Item[] {
  return scene.visible(area).filter((item) => {
    const rect = scene.snapshot.rect(item.id);
    if (!rect) return false;
    return isContainer(item.kind) ? containsRect(area, rect) : intersects(area, rect);
  });
}

/** The arrow whose line passes within `margin` of the point. */
export function linkAt(routes: Iterable<readonly [Link, Route]>, point: Point, margin: number): Link | undefined {
  let best: Link | undefined;
  let nearest = margin;
  for (const [link, route] of routes) {
    // What hangs on an arrow is taken by itself, not by its thread.
    if (link.kind === "pin") continue;
    for (let index = 1; index < route.points.length; index += 1) {
      const from = route.points[index - 1];
      const to = route.points[index];
      if (!from || !to) continue;
      const away = fromSegment(point, from, to);
      if (away <= nearest) {
        nearest = away;
        best = link;
      }
    }
  }
  return best;
}

function fromSegment(point: Point, from: Point, to: Point): number {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point[0] - from[0] - part * dx, point[1] - from[1] - part * dy);
}

export type Direction = "left" | "right" | "up" | "down";
const AXIS: Record<Direction, Point> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** The nearest item in a direction: ahead of the middle, and straying sideways counts twice. */
export function nearest(snapshot: Snapshot, from: Rect, direction: Direction, self?: ObjectId): ObjectId | undefined {
  const [ax, ay] = AXIS[direction];
  const start = center(from);
  let best: ObjectId | undefined;
  let least = Infinity;
  for (const id of snapshot.items.keys()) {
    const rect = id === self ? undefined : snapshot.rect(id);
    if (!rect) continue;
    const end = center(rect);
    const dx = end[0] - start[0];
    const dy = end[1] - start[1];
    const ahead = dx * ax + dy * ay;
    const aside = Math.abs(dx * ay) + Math.abs(dy * ax);
    if (ahead <= 1 || aside > ahead * 3) continue;
    const cost = ahead + aside * 2;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
