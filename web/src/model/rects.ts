// Rectangles and points: contain, overlap, nearest. Knows nothing of boards.

import type { Point, Rect, Size } from "./types.ts";

export const rectOf = (at: Point, size: Size): Rect => ({ x: at[0], y: at[1], w: size[0], h: size[1] });
export const corner = (rect: Rect): Point => [rect.x, rect.y];
export const middle = (rect: Rect): Point => [rect.x + rect.w / 2, rect.y + rect.h / 2];
export const plus = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
export const sameRect = (a: Rect | undefined, b: Rect | undefined): boolean =>
  a === b || (!!a && !!b && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h);

export function contains(rect: Rect, [x, y]: Point): boolean {
  return x >= rect.x && y >= rect.y && x < rect.x + rect.w && y < rect.y + rect.h;
}

/** Whether the two share more than an edge. */
export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** The smallest rectangle around all; undefined for none. */
export function around(rects: Iterable<Rect>): Rect | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.w);
    bottom = Math.max(bottom, rect.y + rect.h);
  }
  return left > right ? undefined : { x: left, y: top, w: right - left, h: bottom - top };
}

/** Whole numbers within what the schema takes. */
export function whole(point: Point, reach: number): Point {
  const fit = (value: number) =>
    Number.isFinite(value) ? Math.min(reach, Math.max(-reach, Math.round(value))) + 0 : 0;
  return [fit(point[0]), fit(point[1])];
}

export type Way = "left" | "right" | "up" | "down";

/**
 * How far `to` is from `from` when one looks that way; undefined when it is not there. What lies straight ahead
 * is nearer than what lies beside: distance across counts twice.
 */
export function distance(from: Rect, to: Rect, way: Way): number | undefined {
  const [dx, dy] = minus(middle(to), middle(from));
  const along = way === "left" ? -dx : way === "right" ? dx : way === "up" ? -dy : dy;
  const across = Math.abs(way === "left" || way === "right" ? dy : dx);
  return along <= 0 || across > along * 2 ? undefined : along + across * 2;
}
