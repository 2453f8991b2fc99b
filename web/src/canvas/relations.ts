// Which relations are drawn whole: many long ones at once would be a cobweb. Knows no drawing.

import type { Link, ObjectId } from "../model/types.ts";
import { distance } from "./geometry.ts";
import type { Route } from "./route.ts";

/** A relation longer than this, in board units, is drawn whole only while it or one of its ends is chosen. */
const LONG = 420;

/** Whether a line is drawn from end to end; else a relation is a short beginning at each end. */
export function isWhole(link: Link, way: Route, chosen: ReadonlySet<ObjectId>): boolean {
  if (link.kind !== "relation") return true;
  if (chosen.has(link.id) || chosen.has(link.from) || chosen.has(link.to)) return true;
  const [first, last] = [way.points[0], way.points[way.points.length - 1]];
  return first !== undefined && last !== undefined && distance(first, last) <= LONG;
}
