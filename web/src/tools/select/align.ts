// Lines up what is dragged with its neighbours: edges and middles. Knows no gesture.

import { grow } from "../../canvas/geometry.ts";
import type { Scene } from "../../canvas/scene.ts";
import { isContainer } from "../../model/schema.ts";
import type { ItemKind, ObjectId, Point, Rect } from "../../model/types.ts";

const REACH = 400;
/** How near, in screen pixels. */
const NEAR = 6;

export interface Aligned {
  readonly by: Point;
  readonly guides: { readonly x?: number; readonly y?: number };
}

/** `kind`: of what is dragged. A lane lines up with lanes, edge to edge too, so that they stack. */
export function align(
  scene: Scene,
  kind: ItemKind,
  rect: Rect,
  without: ReadonlySet<ObjectId>,
  zoom: number,
): Aligned | undefined {
  const near = NEAR / zoom;
  let dx: number | undefined;
  let dy: number | undefined;
  let x: number | undefined;
  let y: number | undefined;
  for (const item of scene.visible(grow(rect, REACH))) {
    const peer = isContainer(kind) ? item.kind === kind : !isContainer(item.kind);
    const other = without.has(item.id) || !peer ? undefined : scene.snapshot.rect(item.id);
    if (!other) continue;
    for (const off of kind === "lane" ? [other.y + other.h - rect.y, other.y - (rect.y + rect.h)] : []) {
      if (Math.abs(off) <= near && (dy === undefined || Math.abs(off) < Math.abs(dy))) {
        dy = off;
        y = off === other.y + other.h - rect.y ? other.y + other.h : other.y;
      }
    }
    for (const part of [0, 0.5, 1]) {
      const offX = other.x + other.w * part - (rect.x + rect.w * part);
      const offY = other.y + other.h * part - (rect.y + rect.h * part);
      if (Math.abs(offX) <= near && (dx === undefined || Math.abs(offX) < Math.abs(dx))) {
        dx = offX;
        x = other.x + other.w * part;
      }
      if (Math.abs(offY) <= near && (dy === undefined || Math.abs(offY) < Math.abs(dy))) {
        dy = offY;
        y = other.y + other.h * part;
      }
    }
  }
  if (dx === undefined && dy === undefined) return undefined;
  return { by: [dx ?? 0, dy ?? 0], guides: { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) } };
}
