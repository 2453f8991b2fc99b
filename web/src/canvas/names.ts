// Names of lanes where their own title cannot be read: off the screen, or too small. Knows no events.

import type { Item, ObjectId, Rect } from "../model/types.ts";
import type { Camera } from "./camera.ts";
import { LANE_TITLE } from "./hit.ts";
import type { Tokens } from "./tokens.ts";

const SIZE = 13;
const PAD = 8;
/** Below this zoom a lane's upright title is too small: its name stands at its corner instead. */
export const TITLES = 0.5;

/** Names at the corners of lanes, as large on the screen at every zoom. */
export function paintLaneNames(
  context: CanvasRenderingContext2D,
  items: readonly Item[],
  rectOf: (id: ObjectId) => Rect | undefined,
  zoom: number,
  tokens: Tokens,
): void {
  const size = 12 / zoom;
  context.font = `700 ${size}px ${tokens.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const item of items) {
    const rect = item.kind === "lane" && item.text !== "" ? rectOf(item.id) : undefined;
    if (!rect || rect.h * zoom < 16) continue;
    const customer = item.fields["laneKind"] === "customer";
    const width = Math.min(context.measureText(item.text).width + size, rect.w);
    context.fillStyle = customer ? tokens.accent : tokens.laneTitle;
    context.beginPath();
    context.roundRect(rect.x, rect.y, width, size * 1.6, [0, 0, size / 3, 0]);
    context.fill();
    context.fillStyle = customer ? tokens.accentInk : tokens.ink;
    context.fillText(item.text, rect.x + size / 2, rect.y + size * 0.85, width - size / 2);
  }
}

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
