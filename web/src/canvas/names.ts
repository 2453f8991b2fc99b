// Names of containers where their own title cannot be read: off the screen, or too small. Knows no events.

import { LANE_TITLE } from "../model/standing.ts";
import type { Item, ObjectId, Rect } from "../model/types.ts";
import { directionOf } from "./bidi.ts";
import type { Camera } from "./camera.ts";
import { tintOf } from "./tint.ts";
import type { Tokens } from "./tokens.ts";

const SIZE = 13;
const PAD = 8;
/** No screen shows more of a name. */
const MOST_SIGNS = 120;
/** Below this zoom a container's title is too small: its name stands at its corner instead. */
export const TITLES = 0.5;
/** A container smaller than this on the screen has no name: it would cover what it names. */
const LEAST: Readonly<Record<"lane" | "frame" | "group", readonly [w: number, h: number]>> = {
  lane: [40, 16],
  frame: [60, 40],
  group: [60, 30],
};

/** Names of containers, as large on the screen at every zoom: a lane's in its corner, the others' on their upper edge. */
export function paintNames(
  context: CanvasRenderingContext2D,
  items: readonly Item[],
  rectOf: (id: ObjectId) => Rect | undefined,
  zoom: number,
  tokens: Tokens,
): void {
  context.textBaseline = "middle";
  for (const item of items) {
    if (item.kind !== "lane" && item.kind !== "frame" && item.kind !== "group") continue;
    const rect = item.text === "" ? undefined : rectOf(item.id);
    const least = LEAST[item.kind];
    if (!rect || rect.w * zoom < least[0] || rect.h * zoom < least[1]) continue;
    const size = (item.kind === "frame" ? 14 : 12) / zoom;
    const high = size * 1.6;
    context.font = `700 ${size}px ${tokens.font}`;
    context.direction = directionOf(item.text);
    context.textAlign = "left";
    const plain = item.kind === "frame";
    const width = Math.min(context.measureText(item.text).width + (plain ? 0 : size), rect.w);
    const y = item.kind === "lane" ? rect.y : rect.y - high;
    const [ground, ink] = colorsOf(item, tokens);
    if (ground !== undefined) {
      context.fillStyle = ground;
      context.beginPath();
      context.roundRect(rect.x, y, width, high, item.kind === "lane" ? [0, 0, size / 3, 0] : size / 3);
      context.fill();
    }
    context.fillStyle = ink;
    const inset = plain ? 0 : size / 2;
    context.fillText(cut(context, item.text, width - (plain ? 0 : size)), rect.x + inset, y + high * 0.53);
  }
}

/** As much of a name as has room, on one line. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  const line = text.replace(/\s+/g, " ");
  if (context.measureText(line).width <= width + 0.5) return line;
  const signs = [...line].slice(0, MOST_SIGNS);
  let [fits, most] = [0, signs.length];
  while (fits < most) {
    const half = Math.ceil((fits + most) / 2);
    if (context.measureText(`${signs.slice(0, half).join("")}…`).width <= width) fits = half;
    else most = half - 1;
  }
  return fits === 0 ? "" : `${signs.slice(0, fits).join("").trimEnd()}…`;
}

function colorsOf(item: Item, tokens: Tokens): readonly [ground: string | undefined, ink: string] {
  if (item.kind === "frame") return [undefined, tokens.ink];
  const tint = tintOf(item);
  if (tint !== undefined) return [tokens.note[tint], tokens.ink];
  if (item.kind === "group") return [tokens.group, tokens.ink];
  return item.fields["laneKind"] === "customer" ? [tokens.accent, tokens.accentInk] : [tokens.laneTitle, tokens.ink];
}

/** At the screen's edge: names of lanes and frames that reach beyond it. */
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
  const height = (SIZE + 2 * PAD) * px;
  const chip = (item: Item, x: number, y: number, width: number, ground: string): void => {
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(x, y, width + 2 * PAD * px, height, 6 * px);
    context.fill();
    context.fillStyle = tokens.ink;
    context.direction = directionOf(item.text);
    context.fillText(cut(context, item.text, width), x + PAD * px, y + height / 2);
  };
  for (const item of items) {
    const rect = item.text !== "" && (item.kind === "lane" || item.kind === "frame") ? rectOf(item.id) : undefined;
    if (!rect) continue;
    const width = Math.min(context.measureText(item.text).width, 240 * px);
    if (item.kind === "lane") {
      if (rect.x + LANE_TITLE > view.x || rect.x + rect.w < view.x + 120 * px) continue;
      const y = Math.max(rect.y, Math.min(view.y, rect.y + rect.h - height - 2 * PAD * px)) + PAD * px;
      chip(item, view.x + PAD * px, y, width, tokens.laneTitle);
      continue;
    }
    // A frame whose title is above the screen says its name at the top, at the side where no lane has its own.
    const right = Math.min(view.x + view.w, rect.x + rect.w);
    if (rect.y + 40 > view.y || rect.y + rect.h < view.y + 3 * height || right - rect.x < 300 * px) continue;
    chip(item, right - width - 3 * PAD * px, view.y + PAD * px, width, tokens.group);
  }
}
