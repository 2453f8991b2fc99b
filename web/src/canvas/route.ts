// The way of an arrow between two boxes: right-angled, from side to side, around both ends. Knows no DOM.

import type { Point, Rect, Side } from "../model/types.ts";
import { center } from "./geometry.ts";

export interface Route {
  /** At least two points; the first lies on a side of `from`, the last on a side of `to`. */
  readonly points: readonly Point[];
  /** Where a label goes: the middle of the longest piece. */
  readonly label: Point;
}

type Fixed = Exclude<Side, "auto">;
const OUT: Record<Fixed, Point> = { top: [0, -1], right: [1, 0], bottom: [0, 1], left: [-1, 0] };
/** How far an arrow goes straight out of a side before it turns. */
const STUB = 20;
/** Ends that are off by no more than this count as level. */
const LEVEL = 8;

export function route(from: Rect, to: Rect, fromSide: Side = "auto", toSide: Side = "auto"): Route {
  const [start, end] = sides(from, to, fromSide, toSide);
  const first = middle(from, start);
  const last = middle(to, end);
  const straight = straightened(first, start, last, end);
  if (straight) return routed(straight);
  return routed([first, ...bends(first, start, last, end, from, to), last]);
}

/** Two sides that face each other all but level are joined by one straight line. */
function straightened(first: Point, start: Fixed, last: Point, end: Fixed): readonly Point[] | undefined {
  const facing = OUT[start][0] === -OUT[end][0] && OUT[start][1] === -OUT[end][1];
  if (!facing || !ahead(first, start, last)) return undefined;
  const flat = OUT[start][0] !== 0;
  const off = flat ? last[1] - first[1] : last[0] - first[0];
  if (off === 0 || Math.abs(off) > LEVEL) return undefined;
  return flat
    ? [
        [first[0], first[1] + off / 2],
        [last[0], first[1] + off / 2],
      ]
    : [
        [first[0] + off / 2, first[1]],
        [first[0] + off / 2, last[1]],
      ];
}

/** An arrow that is being drawn: its end is a point. */
export function routeToPoint(from: Rect, to: Point, fromSide: Side = "auto"): Route {
  return route(from, { x: to[0], y: to[1], w: 0, h: 0 }, fromSide);
}

/** The shortest look from one box to another: from edge to edge on the line between their middles. */
export function straight(from: Rect, to: Rect): Route {
  const [a, b] = [center(from), center(to)];
  const first = edgeTowards(from, b);
  const last = edgeTowards(to, a);
  // One inside or over the other: there is nothing between them to draw.
  const backwards = (last[0] - first[0]) * (b[0] - a[0]) + (last[1] - first[1]) * (b[1] - a[1]) < 0;
  const points = backwards ? [a, b] : [first, last];
  return { points, label: center(backwards ? spanning(a, b) : spanning(first, last)) };
}

/** From the edge of a box to a point. */
export function thread(from: Rect, to: Point): Route {
  return { points: [edgeTowards(from, to), to], label: to };
}

function spanning(a: Point, b: Point): Rect {
  return { x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), w: Math.abs(a[0] - b[0]), h: Math.abs(a[1] - b[1]) };
}

/** Where the line from a box's middle to a point leaves the box; the middle when the point is inside. */
function edgeTowards(rect: Rect, to: Point): Point {
  const [x, y] = center(rect);
  const [dx, dy] = [to[0] - x, to[1] - y];
  const part = Math.min(rect.w / 2 / Math.abs(dx || 1e-9), rect.h / 2 / Math.abs(dy || 1e-9));
  return part >= 1 ? [x, y] : [x + dx * part, y + dy * part];
}

/** The middle of a side. */
export function middle(rect: Rect, side: Fixed): Point {
  const [ox, oy] = OUT[side];
  return [rect.x + (rect.w * (1 + ox)) / 2, rect.y + (rect.h * (1 + oy)) / 2];
}

function sides(from: Rect, to: Rect, fromSide: Side, toSide: Side): [Fixed, Fixed] {
  const dx = to.x + to.w / 2 - (from.x + from.w / 2);
  const dy = to.y + to.h / 2 - (from.y + from.h / 2);
  const gapX = Math.max(to.x - (from.x + from.w), from.x - (to.x + to.w));
  const gapY = Math.max(to.y - (from.y + from.h), from.y - (to.y + to.h));
  // A process reads from left to right: sideways wins when there is room for it.
  const sideways = gapX >= STUB || (gapX >= gapY && gapX > 0) || (gapX <= 0 && gapY <= 0);
  const forward: [Fixed, Fixed] = sideways
    ? dx >= 0
      ? ["right", "left"]
      : ["left", "right"]
    : dy >= 0
      ? ["bottom", "top"]
      : ["top", "bottom"];
  return [fromSide === "auto" ? forward[0] : fromSide, toSide === "auto" ? forward[1] : toSide];
}

/** The corners between two side middles. */
function bends(first: Point, start: Fixed, last: Point, end: Fixed, from: Rect, to: Rect): Point[] {
  const a = out(first, start, STUB);
  const b = out(last, end, STUB);
  const startsFlat = OUT[start][0] !== 0;
  const endsFlat = OUT[end][0] !== 0;
  if (startsFlat !== endsFlat) {
    const corner: Point = startsFlat ? [last[0], first[1]] : [first[0], last[1]];
    if (ahead(first, start, corner) && ahead(last, end, corner)) return [corner];
    return [a, startsFlat ? [a[0], b[1]] : [b[0], a[1]], b];
  }
  const facing = OUT[start][0] === -OUT[end][0] && OUT[start][1] === -OUT[end][1];
  if (facing && ahead(first, start, b) && ahead(last, end, a)) {
    // Face to face: one step in the middle, or none.
    const mx = (first[0] + last[0]) / 2;
    const my = (first[1] + last[1]) / 2;
    return startsFlat
      ? [
          [mx, first[1]],
          [mx, last[1]],
        ]
      : [
          [first[0], my],
          [last[0], my],
        ];
  }
  if (facing) {
    // Back to back: around, on the free line between or beyond the two boxes.
    if (startsFlat) {
      const y = between(from.y, from.y + from.h, to.y, to.y + to.h);
      return [a, [a[0], y], [b[0], y], b];
    }
    const x = between(from.x, from.x + from.w, to.x, to.x + to.w);
    return [a, [x, a[1]], [x, b[1]], b];
  }
  // The same side of both: a bow beyond the farther one.
  if (startsFlat) {
    const x = OUT[start][0] > 0 ? Math.max(a[0], b[0]) : Math.min(a[0], b[0]);
    return [
      [x, first[1]],
      [x, last[1]],
    ];
  }
  const y = OUT[start][1] > 0 ? Math.max(a[1], b[1]) : Math.min(a[1], b[1]);
  return [
    [first[0], y],
    [last[0], y],
  ];
}

function out(point: Point, side: Fixed, by: number): Point {
  return [point[0] + OUT[side][0] * by, point[1] + OUT[side][1] * by];
}

function ahead(from: Point, side: Fixed, to: Point): boolean {
  return (to[0] - from[0]) * OUT[side][0] + (to[1] - from[1]) * OUT[side][1] >= 0;
}

/** A coordinate in the gap between two spans, or beyond both when they overlap. */
function between(aStart: number, aEnd: number, bStart: number, bEnd: number): number {
  if (bStart - aEnd >= 2) return (aEnd + bStart) / 2;
  if (aStart - bEnd >= 2) return (bEnd + aStart) / 2;
  return Math.max(aEnd, bEnd) + STUB;
}

function routed(corners: readonly Point[]): Route {
  const points = simplified(corners);
  let label: Point = points[0] ?? [0, 0];
  let longest = -1;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (!from || !to) continue;
    const length = Math.abs(from[0] - to[0]) + Math.abs(from[1] - to[1]);
    if (length > longest) {
      longest = length;
      label = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    }
  }
  return { points, label };
}

/** Drops corners that lie on the straight line between their neighbours; the two ends always stay. */
function simplified(corners: readonly Point[]): Point[] {
  const kept: Point[] = [];
  corners.forEach((point, index) => {
    const before = kept[kept.length - 1];
    const after = corners[index + 1];
    if (before && after) {
      const flat = same(before[1], point[1]) && same(point[1], after[1]);
      const upright = same(before[0], point[0]) && same(point[0], after[0]);
      if (flat || upright) return;
    }
    kept.push(point);
  });
  return kept;
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}
