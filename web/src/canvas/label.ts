// Where the name of an arrow stands: on its line, and where no item covers it. Knows no DOM.

import type { Point, Rect } from "../model/types.ts";
import type { Route } from "./route.ts";

/** The places along a piece of the line that are tried, its middle first. */
const PARTS = [0.5, 0.25, 0.75, 0.12, 0.88] as const;

/** The middle of the name; when everything is covered, the usual place. */
export function labelPlace(way: Route, width: number, height: number, free: (rect: Rect) => boolean): Point {
  const fits = ([x, y]: Point): boolean => free({ x: x - width / 2, y: y - height / 2, w: width, h: height });
  if (fits(way.label)) return way.label;
  const pieces = way.points.slice(1).map((to, index) => ({ from: way.points[index] ?? to, to }));
  const length = ({ from, to }: (typeof pieces)[number]): number =>
    Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]);
  for (const { from, to } of pieces.toSorted((a, b) => length(b) - length(a))) {
    for (const part of PARTS) {
      const at: Point = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
      if (fits(at)) return at;
    }
  }
  return way.label;
}
