// Names of lanes whose own title is off the screen: kept at its left edge, so that one knows where one is. Knows no events.

import type { Item, ObjectId, Rect } from "../model/types.ts";
import type { Camera } from "./camera.ts";
import { LANE_TITLE } from "./hit.ts";
import type { Tokens } from "./tokens.ts";

const SIZE = 13;
const PAD = 8;

export function paintLostNames(
  context: CanvasRenderingContext2D,
  items: readonly Item[],
  rectOf: (id: ObjectId) => Rect | undefined,
  camera: Camera,
  tokens: Tokens,
): void {
  const { view, zoom } = camera;
  const px = 1 / zoom;
  context.font = `700 ${SIZE * px}px ${tokens.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const item of items) {
    const rect = item.kind === "lane" && item.text !== "" ? rectOf(item.id) : undefined;
    if (!rect || rect.x + LANE_TITLE > view.x || rect.x + rect.w < view.x + 120 * px) continue;
    const width = Math.min(context.measureText(item.text).width, 240 * px);
    const height = (SIZE + 2 * PAD) * px;
    const x = view.x + PAD * px;
    const y = Math.max(rect.y, Math.min(view.y, rect.y + rect.h - height - 2 * PAD * px)) + PAD * px;
    context.fillStyle = tokens.laneTitle;
    context.beginPath();
    context.roundRect(x, y, width + 2 * PAD * px, height, 6 * px);
    context.fill();
    context.fillStyle = tokens.ink;
    context.fillText(item.text, x + PAD * px, y + height / 2, width);
  }
}
