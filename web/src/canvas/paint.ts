// The canvas layer: arrows at every zoom, and all items when they are too small to read. Knows no documents.

import type { Item, Link, ObjectId, Rect } from "../model/types.ts";
import type { Camera } from "./camera.ts";
import { LANE_TITLE } from "./hit.ts";
import type { Route } from "./route.ts";
import type { Tokens } from "./tokens.ts";

type Context = CanvasRenderingContext2D;

const HEAD = 9;
/** Below this zoom arrows have no heads and labels, and items no lines of text. */
const DETAIL = 0.16;
const CORNER = 8;

/** Sizes the canvas to its box in device pixels and clears it. */
export function prepare(canvas: HTMLCanvasElement, camera: Camera, ratio: number): Context | undefined {
  const width = Math.round(camera.screen.w * ratio);
  const height = Math.round(camera.screen.h * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const { x, y, zoom } = camera.state;
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, -x * ratio * zoom, -y * ratio * zoom);
  return context;
}

export function paintArrows(
  context: Context,
  arrows: Iterable<readonly [Link, Route]>,
  zoom: number,
  tokens: Tokens,
  selected: ReadonlySet<ObjectId>,
): void {
  context.lineJoin = "round";
  context.lineCap = "butt";
  const labels: [Link, Route][] = [];
  for (const [link, way] of arrows) {
    const chosen = selected.has(link.id);
    const color = chosen || link.kind === "customerMove" ? tokens.accent : tokens.arrow;
    context.strokeStyle = color;
    context.fillStyle = color;
    // A line is never thinner on the screen than it can be seen.
    context.lineWidth = Math.max(link.kind === "customerMove" ? 3 : 1.75, (chosen ? 2.5 : 0.75) / zoom);
    line(context, link, way, zoom);
    if (link.text !== "" && zoom >= 0.3) labels.push([link, way]);
  }
  context.setLineDash([]);
  for (const [link, way] of labels) label(context, link.text, way, tokens);
}

export function paintArrow(context: Context, way: Route, kind: Link["kind"], zoom: number, color: string): void {
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = Math.max(2, 1.5 / zoom);
  line(context, { kind }, way, zoom);
  context.setLineDash([]);
}

function line(context: Context, link: Pick<Link, "kind">, way: Route, zoom: number): void {
  const { points } = way;
  const first = points[0];
  const last = points[points.length - 1];
  const before = points[points.length - 2];
  if (!first || !last || !before) return;
  const detail = zoom >= DETAIL;
  context.setLineDash(!detail ? [] : link.kind === "information" ? [7, 5] : link.kind === "customerMove" ? [2, 4] : []);
  context.beginPath();
  context.moveTo(first[0], first[1]);
  for (let index = 1; index < points.length - 1; index += 1) {
    const corner = points[index];
    const next = points[index + 1];
    if (corner && next) context.arcTo(corner[0], corner[1], next[0], next[1], radius(points[index - 1], corner, next));
  }
  const angle = Math.atan2(last[1] - before[1], last[0] - before[0]);
  const open = link.kind === "information";
  const back = detail && !open ? HEAD - 2 : 0;
  context.lineTo(last[0] - Math.cos(angle) * back, last[1] - Math.sin(angle) * back);
  context.stroke();
  if (!detail) return;
  context.setLineDash([]);
  context.beginPath();
  for (const turn of [-1, 1]) {
    const side = angle + Math.PI + turn * 0.46;
    const x = last[0] + Math.cos(side) * (HEAD + 2);
    const y = last[1] + Math.sin(side) * (HEAD + 2);
    if (turn === -1) {
      context.moveTo(x, y);
      context.lineTo(last[0], last[1]);
    } else {
      context.lineTo(x, y);
    }
  }
  if (open) {
    context.stroke();
  } else {
    context.closePath();
    context.fill();
  }
  if (link.kind === "customerMove") {
    context.beginPath();
    context.arc(first[0], first[1], 4, 0, Math.PI * 2);
    context.fill();
  }
}

type At = readonly [number, number];

function radius(before: At | undefined, corner: At, next: At): number {
  const into = before ? Math.hypot(corner[0] - before[0], corner[1] - before[1]) : 0;
  const out = Math.hypot(next[0] - corner[0], next[1] - corner[1]);
  return Math.max(0, Math.min(CORNER, into / 2, out / 2));
}

const LABEL_LENGTH = 40;

function label(context: Context, text: string, way: Route, tokens: Tokens): void {
  const shown = text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text;
  context.font = `600 13px ${tokens.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(shown).width + 14;
  const [x, y] = way.label;
  context.fillStyle = tokens.lane;
  context.strokeStyle = tokens.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x - width / 2, y - 11, width, 22, 6);
  context.fill();
  context.stroke();
  context.fillStyle = tokens.ink;
  context.fillText(shown, x, y + 1);
}

export function fillOf(item: Item, tokens: Tokens): string {
  if (item.kind === "lane") return tokens.lane;
  return item.kind === "note" ? tokens.note[item.color] : tokens.kind[item.kind];
}

function edgeOf(item: Item, tokens: Tokens): string {
  switch (item.kind) {
    case "obstacle":
      return tokens.danger;
    case "cooperation":
      return tokens.ok;
    case "nextStep":
      return tokens.info;
    default:
      return tokens.line;
  }
}

/** Lanes, then everything else with bars for text: what a board looks like from afar. */
export function paintFar(
  context: Context,
  items: readonly Item[],
  rectOf: (id: ObjectId) => Rect | undefined,
  zoom: number,
  tokens: Tokens,
  between: () => void,
): void {
  const hair = 1 / zoom;
  for (const item of items) {
    if (item.kind !== "lane") continue;
    const rect = rectOf(item.id);
    if (!rect) continue;
    context.fillStyle = tokens.lane;
    context.fillRect(rect.x, rect.y, rect.w, rect.h);
    context.fillStyle = tokens.laneTitle;
    context.fillRect(rect.x, rect.y, LANE_TITLE, rect.h);
    context.strokeStyle = tokens.line;
    context.lineWidth = hair / 2;
    context.strokeRect(rect.x, rect.y, rect.w, rect.h);
  }
  between();
  const bars: Rect[] = [];
  for (const [fill, group] of grouped(items, tokens)) {
    context.fillStyle = fill;
    context.beginPath();
    for (const item of group) {
      const rect = rectOf(item.id);
      if (!rect) continue;
      context.rect(rect.x, rect.y, rect.w, rect.h);
      if (zoom >= DETAIL) barsOf(item, rect, bars);
    }
    context.fill();
    const first = group[0];
    if (first && first.kind !== "note") {
      context.strokeStyle = edgeOf(first, tokens);
      context.lineWidth = hair;
      context.stroke();
    }
  }
  context.fillStyle = tokens.inkSoft;
  context.globalAlpha = 0.45;
  context.beginPath();
  for (const bar of bars) context.rect(bar.x, bar.y, bar.w, bar.h);
  context.fill();
  context.globalAlpha = 1;
  laneNames(context, items, rectOf, zoom, tokens);
}

function grouped(items: readonly Item[], tokens: Tokens): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    if (item.kind === "lane") continue;
    const key = `${fillOf(item, tokens)}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** One bar per line of text, at most four. */
function barsOf(item: Item, rect: Rect, bars: Rect[]): void {
  const room = rect.w - 32;
  const wide = item.text.length * 9;
  const count = Math.min(4, Math.ceil(wide / Math.max(1, room)), Math.floor((rect.h - 24) / 26));
  const top = rect.y + rect.h / 2 - (count * 26) / 2;
  for (let index = 0; index < count; index += 1) {
    const length = index === count - 1 && count > 1 ? room * 0.55 : Math.min(room, wide);
    bars.push({ x: rect.x + 16 + (room - length) / 2, y: top + index * 26 + 8, w: length, h: 9 });
  }
}

/** Names of lanes stay readable from afar: they are how one finds the way. */
function laneNames(
  context: Context,
  items: readonly Item[],
  rectOf: (id: ObjectId) => Rect | undefined,
  zoom: number,
  tokens: Tokens,
): void {
  const size = 12 / zoom;
  context.font = `600 ${size}px ${tokens.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const item of items) {
    const rect = item.kind === "lane" && item.text !== "" ? rectOf(item.id) : undefined;
    if (!rect || rect.h * zoom < 16) continue;
    const width = Math.min(context.measureText(item.text).width + size, rect.w);
    const y = rect.y + size * 0.75;
    context.fillStyle = tokens.laneTitle;
    context.fillRect(rect.x, rect.y, width, size * 1.5);
    context.fillStyle = tokens.ink;
    context.fillText(item.text, rect.x + size / 2, y, width - size / 2);
  }
}
