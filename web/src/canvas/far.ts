// Items painted on the canvas layer, where there are too many of them, or they are too small, to be elements: their
// own shapes and texts, bars for texts too small to read. Knows no documents and no arrows.

import { LANE_TITLE } from "../model/standing.ts";
import type { Item, Rect } from "../model/types.ts";
import type { Batch, Batches, Entry } from "./batches.ts";
import { directionOf } from "./bidi.ts";
import { type IconName, pathOf } from "./draw/icons.ts";
import type { Wrap } from "./fit.ts";
import { LINE_HEIGHT } from "./fit.ts";
import { isCard, type Look, lookOf } from "./looks.ts";
import { outline, type Shape } from "./shapes.ts";
import { tintOf } from "./tint.ts";
import type { Tokens } from "./tokens.ts";

type Context = CanvasRenderingContext2D;

/** Below this zoom items are plain boxes without lines. */
const DETAIL = 0.16;
/** From this zoom on a kind's picture can be told from another's. */
const PICTURES = 0.24;
/** A text is written out from this height of its letters on the screen, in pixels. */
const LEGIBLE = 5;
/** More texts than this take longer than a frame: then all of them are bars. */
const MOST_TEXTS = 600;
const SIZES = [18, 16, 14, 12] as const;
const PAD = 14;
/** The head of a card, above its text. */
const HEAD = 26;
const STRIPE = 6;

export interface Far {
  readonly batches: Batches;
  /** How many items are in sight. */
  readonly count: number;
  /** Where an entry is at this moment; undefined: it is not painted, for it has an element or is out of sight. */
  placed(entry: Entry): Rect | undefined;
  readonly zoom: number;
  readonly tokens: Tokens;
  readonly wrap: Wrap;
}

/** Containers, then what `between` paints, then everything else. */
export function paintFar(context: Context, far: Far, between: () => void): void {
  const { batches, count, placed, zoom, tokens } = far;
  for (const entry of batches.containers) {
    const rect = placed(entry);
    if (rect) container(context, entry.item, rect, zoom, tokens);
  }
  between();
  const few = count <= MOST_TEXTS;
  for (const sheet of batches.sheets) paintSheet(context, far, sheet, few);
}

function paintSheet(context: Context, far: Far, sheet: readonly Batch[], few: boolean): void {
  const { zoom, tokens } = far;
  const bars: Rect[] = [];
  const texts: [Item, Rect, Look][] = [];
  const written = zoom * SIZES[0] >= LEGIBLE && few;
  for (const { look, entries } of sheet) {
    const shown = paintShapes(context, far, look, entries);
    if (zoom < DETAIL) continue;
    if (isCard(look.shape)) stripes(context, look, shown, few && zoom >= PICTURES);
    for (const [item, rect] of shown) {
      if (written && item.text !== "") texts.push([item, rect, look]);
      else barsOf(item, look.shape, rect, bars);
    }
  }
  if (bars.length > 0) {
    context.fillStyle = tokens.inkSoft;
    context.globalAlpha = 0.45;
    context.beginPath();
    for (const bar of bars) context.rect(bar.x, bar.y, bar.w, bar.h);
    context.fill();
    context.globalAlpha = 1;
  }
  for (const [item, rect, look] of texts) write(context, item, rect, look, far);
}

/** One path for all; answers with what was painted and where. */
function paintShapes(context: Context, far: Far, look: Look, entries: readonly Entry[]): [Item, Rect][] {
  const { placed, zoom } = far;
  const detail = zoom >= DETAIL;
  const shown: [Item, Rect][] = [];
  context.fillStyle = look.fill;
  context.beginPath();
  for (const entry of entries) {
    const rect = placed(entry);
    if (!rect) continue;
    outline(context, detail ? look.shape : "box", rect);
    if (detail) shown.push([entry.item, rect]);
  }
  context.fill();
  if (look.edge === undefined) return shown;
  context.strokeStyle = look.edge;
  context.lineWidth = Math.max(look.thick, 0.8 / zoom);
  if (look.shape === "wait" && detail) context.setLineDash([8, 5]);
  context.stroke();
  context.setLineDash([]);
  return shown;
}

/** What tells cards apart: the stripe at their beginning, and the kind's picture. */
function stripes(context: Context, look: Look, shown: readonly [Item, Rect][], pictures: boolean): void {
  context.fillStyle = look.edge ?? look.ink;
  context.beginPath();
  for (const [, { x, y, w, h }] of shown) {
    const round = radius(look, h);
    context.rect(x, y + round, Math.min(STRIPE, w), h - 2 * round);
  }
  context.fill();
  if (pictures) for (const [item, rect] of shown) picture(context, item, look, rect);
}

function radius(look: Look, height: number): number {
  return Math.min(look.shape === "spot" ? 12 : look.shape === "card" ? 5 : 0, height / 4);
}

/** The kind's picture in the head of its card: at this size it says what the colour alone does not. */
function picture(context: Context, item: Item, look: Look, rect: Rect): void {
  if (rect.h < HEAD + 20 || typeof Path2D === "undefined") return;
  context.save();
  context.translate(rect.x + PAD, rect.y + 6);
  context.scale(1.25, 1.25);
  context.lineWidth = 1.6;
  context.strokeStyle = look.ink === look.edge ? look.ink : (look.edge ?? look.ink);
  if (item.kind === "goal") context.strokeStyle = look.ink;
  context.stroke(new Path2D(pathOf(item.kind as IconName)));
  context.restore();
}

function container(context: Context, item: Item, rect: Rect, zoom: number, tokens: Tokens): void {
  if (item.kind === "lane") {
    lane(context, item, rect, zoom, tokens);
    return;
  }
  const look = lookOf(item, tokens);
  context.beginPath();
  outline(context, zoom >= DETAIL ? look.shape : "box", rect);
  context.fillStyle = look.fill;
  // A tinted ground is lighter than the notes of that colour.
  context.globalAlpha = tintOf(item) === undefined ? 1 : 0.45;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = tokens.line;
  context.lineWidth = Math.max(1, 0.8 / zoom);
  context.stroke();
}

function lane(context: Context, item: Item, rect: Rect, zoom: number, tokens: Tokens): void {
  const tint = tintOf(item);
  context.fillStyle = tokens.lane;
  context.fillRect(rect.x, rect.y, rect.w, rect.h);
  context.fillStyle =
    tint !== undefined ? tokens.note[tint] : item.fields["laneKind"] === "customer" ? tokens.accent : tokens.laneTitle;
  context.fillRect(rect.x, rect.y, Math.min(LANE_TITLE, rect.w), rect.h);
  context.strokeStyle = tokens.line;
  context.lineWidth = Math.max(1, 0.6 / zoom);
  context.strokeRect(rect.x, rect.y, rect.w, rect.h);
}

/** Where the words of an item stand, and from which side they begin. */
function roomOf(item: Item, shape: Shape, rect: Rect): { readonly box: Rect; readonly centred: boolean } {
  if (isCard(shape)) {
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

function write(context: Context, item: Item, rect: Rect, look: Look, { zoom, tokens, wrap }: Far): void {
  const { shape } = look;
  const { box, centred } = roomOf(item, shape, rect);
  const { size, lines } = wrap(item.text, box.w, box.h, beneath(item) ? [14] : SIZES);
  context.fillStyle = look.ink;
  if (size * zoom < LEGIBLE - 1) {
    const bars: Rect[] = [];
    barsOf(item, shape, rect, bars);
    context.globalAlpha = 0.45;
    for (const bar of bars) context.fillRect(bar.x, bar.y, bar.w, bar.h);
    context.globalAlpha = 1;
    return;
  }
  const high = size * LINE_HEIGHT;
  const most = beneath(item) ? lines.length : Math.max(1, Math.floor((box.h + 4) / high));
  const shown = lines.slice(0, most);
  const direction = directionOf(item.text);
  context.font = `${item.kind === "step" || item.kind === "goal" ? 550 : 450} ${size}px ${tokens.font}`;
  context.direction = direction;
  context.textAlign = centred ? "center" : direction === "rtl" ? "right" : "left";
  context.textBaseline = "middle";
  const x = centred ? box.x + box.w / 2 : direction === "rtl" ? box.x + box.w : box.x;
  const top = centred && !beneath(item) ? box.y + (box.h - shown.length * high) / 2 : box.y;
  shown.forEach((line, index) =>
    context.fillText(line, x, top + (index + 0.5) * high, beneath(item) ? undefined : Math.max(1, box.w)),
  );
}
