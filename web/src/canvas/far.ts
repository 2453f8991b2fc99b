// Items painted on the canvas layer, where there are too many of them, or they are too small, to be elements: their
// own shapes and texts, bars for texts too small to read. Knows no documents and no arrows.

import { isContainer } from "../model/schema.ts";
import type { Item, ObjectId, Rect } from "../model/types.ts";
import type { Wrap } from "./fit.ts";
import { LINE_HEIGHT } from "./fit.ts";
import { LANE_TITLE } from "./hit.ts";
import { outline, type Shape, shapeOf } from "./shapes.ts";
import { tintOf } from "./tint.ts";
import type { Tokens } from "./tokens.ts";

type Context = CanvasRenderingContext2D;

/** Below this zoom items are plain boxes without lines. */
const DETAIL = 0.16;
/** A text is written out from this height of its letters on the screen, in pixels. */
const LEGIBLE = 5;
/** More texts than this take longer than a frame: then all of them are bars. */
const MOST_TEXTS = 600;
const SIZES = [18, 16, 14, 12] as const;
const PAD = 14;
/** The head of a card, above its text. */
const HEAD = 26;

export interface Far {
  readonly items: readonly Item[];
  rectOf(id: ObjectId): Rect | undefined;
  readonly zoom: number;
  readonly tokens: Tokens;
  readonly wrap: Wrap;
}

/** Lanes, then what `between` paints, then everything else. */
export function paintFar(context: Context, far: Far, between: () => void): void {
  const { items, rectOf, zoom, tokens } = far;
  for (const item of items) {
    const rect = item.kind === "lane" ? rectOf(item.id) : undefined;
    if (rect) lane(context, item, rect, zoom, tokens);
  }
  between();
  const bars: Rect[] = [];
  const written = zoom * SIZES[0] >= LEGIBLE && items.length <= MOST_TEXTS;
  const texts: [Item, Rect][] = [];
  for (const [look, group] of grouped(items, tokens)) {
    context.fillStyle = look.fill;
    context.beginPath();
    for (const item of group) {
      const rect = rectOf(item.id);
      if (!rect) continue;
      outline(context, zoom >= DETAIL ? look.shape : "box", rect);
      if (written && item.text !== "") texts.push([item, rect]);
      else if (zoom >= DETAIL) barsOf(item, look.shape, rect, bars);
    }
    context.fill();
    if (look.edge === undefined) continue;
    context.strokeStyle = look.edge;
    context.lineWidth = Math.max(look.thick, 0.8 / zoom);
    if (look.shape === "wait" && zoom >= DETAIL) context.setLineDash([8, 5]);
    context.stroke();
    context.setLineDash([]);
  }
  context.fillStyle = tokens.inkSoft;
  context.globalAlpha = 0.45;
  context.beginPath();
  for (const bar of bars) context.rect(bar.x, bar.y, bar.w, bar.h);
  context.fill();
  context.globalAlpha = 1;
  for (const [item, rect] of texts) write(context, item, rect, far);
}

function lane(context: Context, item: Item, rect: Rect, zoom: number, tokens: Tokens): void {
  context.fillStyle = tokens.lane;
  context.fillRect(rect.x, rect.y, rect.w, rect.h);
  context.fillStyle = item.fields["laneKind"] === "customer" ? tokens.accent : tokens.laneTitle;
  context.fillRect(rect.x, rect.y, LANE_TITLE, rect.h);
  context.strokeStyle = tokens.line;
  context.lineWidth = 0.5 / zoom;
  context.strokeRect(rect.x, rect.y, rect.w, rect.h);
}

interface Look {
  readonly shape: Shape;
  readonly fill: string;
  readonly edge: string | undefined;
  readonly thick: number;
}

/** Items that are painted alike go into one path: a board of thousands is a handful of fills. */
function grouped(items: readonly Item[], tokens: Tokens): Iterable<readonly [Look, readonly Item[]]> {
  const groups = new Map<string, readonly [Look, Item[]]>();
  for (const item of items) {
    if (isContainer(item.kind)) continue;
    const look = lookOf(item, tokens);
    const key = `${look.shape} ${look.fill} ${look.thick}`;
    const group = groups.get(key);
    if (group) group[1].push(item);
    else groups.set(key, [look, [item]]);
  }
  return groups.values();
}

function lookOf(item: Item, tokens: Tokens): Look {
  const tint = tintOf(item);
  const look = ownLook(item, tokens);
  return tint === undefined ? look : { ...look, fill: tokens.note[tint] };
}

function ownLook(item: Item, tokens: Tokens): Look {
  const shape = shapeOf(item);
  switch (item.kind) {
    case "note":
    case "lane":
      return { shape, fill: tokens.note[item.color], edge: undefined, thick: 0 };
    case "obstacle":
      return { shape, fill: tokens.kind.obstacle, edge: tokens.danger, thick: 1.5 };
    case "cooperation":
      return { shape, fill: tokens.kind.cooperation, edge: tokens.ok, thick: 1.5 };
    case "nextStep":
      return { shape, fill: tokens.kind.nextStep, edge: tokens.info, thick: 1.5 };
    case "step":
      return stepLook(item, shape, tokens);
    default:
      return { shape, fill: tokens.note[item.color], edge: undefined, thick: 0 };
  }
}

function stepLook(item: Item, shape: Shape, tokens: Tokens): Look {
  const kind = item.fields["stepKind"];
  if (kind === "start") return { shape, fill: tokens.okSoft, edge: tokens.ok, thick: 1.75 };
  if (kind === "decision") return { shape, fill: tokens.warnSoft, edge: tokens.arrow, thick: 2 };
  return { shape, fill: tokens.kind.step, edge: tokens.arrow, thick: kind === "end" ? 4 : 1.75 };
}

/** Where the words of an item stand, and from which side they begin. */
function roomOf(item: Item, shape: Shape, rect: Rect): { readonly box: Rect; readonly centred: boolean } {
  if (shape === "card" || shape === "spot") {
    const box = { x: rect.x + PAD + 4, y: rect.y + HEAD, w: rect.w - 2 * PAD - 2, h: rect.h - HEAD - 8 };
    return { box, centred: false };
  }
  if (beneath(item))
    return { box: { x: rect.x + rect.w / 2 - 75, y: rect.y + rect.h + 6, w: 150, h: 40 }, centred: true };
  const side = shape === "diamond" ? 42 : shape === "round" ? 28 : PAD;
  return { box: { x: rect.x + side, y: rect.y + 10, w: rect.w - 2 * side, h: rect.h - 20 }, centred: true };
}

/** An event as small as its sign has its text under it, as its element has. */
function beneath(item: Item): boolean {
  const kind = item.fields["stepKind"];
  return (kind === "start" || kind === "end") && item.size[0] < item.size[1] * 1.6;
}

/** One bar per line of text, at most four. */
function barsOf(item: Item, shape: Shape, rect: Rect, bars: Rect[]): void {
  if (beneath(item)) return;
  const { box, centred } = roomOf(item, shape, rect);
  const wide = item.text.length * 9;
  const count = Math.min(4, Math.ceil(wide / Math.max(1, box.w)), Math.floor((box.h - 4) / 26));
  const top = centred ? box.y + box.h / 2 - (count * 26) / 2 : box.y - 4;
  for (let index = 0; index < count; index += 1) {
    const length = index === count - 1 && count > 1 ? box.w * 0.55 : Math.min(box.w, wide);
    bars.push({ x: centred ? box.x + (box.w - length) / 2 : box.x, y: top + index * 26 + 8, w: length, h: 9 });
  }
}

function write(context: Context, item: Item, rect: Rect, { zoom, tokens, wrap }: Far): void {
  const shape = shapeOf(item);
  const { box, centred } = roomOf(item, shape, rect);
  const { size, lines } = wrap(item.text, box.w, box.h, beneath(item) ? [14] : SIZES);
  if (size * zoom < LEGIBLE - 1) {
    const bars: Rect[] = [];
    barsOf(item, shape, rect, bars);
    for (const bar of bars) context.fillRect(bar.x, bar.y, bar.w, bar.h);
    return;
  }
  const high = size * LINE_HEIGHT;
  const most = beneath(item) ? lines.length : Math.max(1, Math.floor((box.h + 4) / high));
  const shown = lines.slice(0, most);
  context.font = `${item.kind === "step" ? 550 : 450} ${size}px ${tokens.font}`;
  context.textAlign = centred ? "center" : "left";
  context.textBaseline = "middle";
  context.fillStyle = tokens.ink;
  const x = centred ? box.x + box.w / 2 : box.x;
  const top = centred && !beneath(item) ? box.y + (box.h - shown.length * high) / 2 : box.y;
  shown.forEach((line, index) =>
    context.fillText(line, x, top + (index + 0.5) * high, beneath(item) ? undefined : box.w),
  );
}
