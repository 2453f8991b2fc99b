// The outline of each kind of item as a path: box, card, circle, diamond. Knows no colours and no text.

import type { Item, Rect } from "../model/types.ts";

export type Shape =
  "box" | "note" | "task" | "wait" | "sub" | "round" | "diamond" | "card" | "spot" | "pain" | "cluster";

/** The part of a path that shapes are drawn with. */
export type Path = Pick<CanvasPath, "rect" | "roundRect" | "moveTo" | "lineTo" | "closePath">;

const SLANT = 34;

export function shapeOf(item: Item): Shape {
  if (item.kind === "note") return "note";
  if (item.kind === "lane" || item.kind === "frame") return "box";
  if (item.kind === "group") return "cluster";
  if (item.kind === "cooperation") return "spot";
  if (item.kind === "painPoint") return "pain";
  if (item.kind !== "step") return "card";
  switch (item.fields["stepKind"]) {
    case "start":
    case "end":
      return "round";
    case "decision":
      return "diamond";
    case "wait":
      return "wait";
    case "subprocess":
      return "sub";
    default:
      return "task";
  }
}

/** Adds the shape to the path; its elements' looks are in items.css. */
export function outline(path: Path, shape: Shape, { x, y, w, h }: Rect): void {
  switch (shape) {
    case "box":
      path.rect(x, y, w, h);
      return;
    case "diamond": {
      const slant = Math.min(SLANT, w / 2);
      path.moveTo(x + slant, y);
      path.lineTo(x + w - slant, y);
      path.lineTo(x + w, y + h / 2);
      path.lineTo(x + w - slant, y + h);
      path.lineTo(x + slant, y + h);
      path.lineTo(x, y + h / 2);
      path.closePath();
      return;
    }
    case "sub":
      path.roundRect(x, y, w, h, Math.min(10, w / 2, h / 2));
      for (const bar of w > 40 ? [x + 8, x + w - 8] : []) {
        path.moveTo(bar, y);
        path.lineTo(bar, y + h);
      }
      return;
    default:
      path.roundRect(x, y, w, h, Math.min(radiusOf(shape, w, h), w / 2, h / 2));
  }
}

function radiusOf(shape: Shape, w: number, h: number): number {
  if (shape === "round") return Math.min(w, h) / 2;
  if (shape === "spot" || shape === "cluster") return 18;
  if (shape === "pain") return 2;
  return shape === "note" ? 4 : shape === "card" ? 8 : 10;
}
