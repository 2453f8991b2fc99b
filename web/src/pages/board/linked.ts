// What the end of an address asks for: a place on the board, or one of its objects. Knows no router.

import { isAnyObjectId } from "../../model/ids.ts";
import { REACH } from "../../model/schema.ts";
import type { ObjectId, Point } from "../../model/types.ts";

export type Linked = { readonly object: ObjectId } | { readonly at: Point; readonly zoom: number };

/** Undefined where the fragment asks for nothing that we know. */
export function linkedIn(fragment: string): Linked | undefined {
  const object = /^#object=(\w{1,40})$/.exec(fragment)?.[1];
  if (object !== undefined) return isAnyObjectId(object) ? { object } : undefined;
  const numbers = /^#view=(-?\d{1,8}),(-?\d{1,8}),(\d{1,2}(?:\.\d{1,4})?)$/.exec(fragment);
  if (numbers === null) return undefined;
  const [x, y, zoom] = numbers.slice(1).map(Number);
  if (x === undefined || y === undefined || zoom === undefined) return undefined;
  if (Math.abs(x) > REACH || Math.abs(y) > REACH) return undefined;
  return { at: [x, y], zoom: Math.min(4, Math.max(0.05, zoom)) };
}
