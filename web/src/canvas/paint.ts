// The canvas layer and what is on it at every zoom: arrows with their labels, relations, threads. Knows no documents and no items.

import { isFlow } from "../model/schema.ts";
import type { Link, ObjectId, Rect } from "../model/types.ts";
import { directionOf } from "./bidi.ts";
import type { Camera } from "./camera.ts";
import { labelPlace } from "./label.ts";
import { isWhole } from "./relations.ts";
import type { Route } from "./route.ts";
import type { Tokens } from "./tokens.ts";

type Context = CanvasRenderingContext2D;

const HEAD = 9;
/** Below this zoom arrows have no heads and labels. */
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
  free: (rect: Rect) => boolean,
): void {
  context.lineJoin = "round";
  context.lineCap = "butt";
  const labels: [Link, Route][] = [];
  for (const [link, way] of arrows) {
    const chosen = selected.has(link.id);
    if (!isFlow(link.kind)) {
      const marked = chosen || (link.kind === "relation" && (selected.has(link.from) || selected.has(link.to)));
      const whole = isWhole(link, way, selected);
      thin(context, link, way, { zoom, color: marked ? tokens.accent : tokens.inkSoft, chosen: marked, whole });
      continue;
    }
    const color = chosen || link.kind === "customerMove" ? tokens.accent : tokens.arrow;
    context.strokeStyle = color;
    context.fillStyle = color;
    // A line is never thinner on the screen than it can be seen.
    context.lineWidth = Math.max(link.kind === "customerMove" ? 3 : 1.75, (chosen ? 2.5 : 0.75) / zoom);
    line(context, link, way, zoom);
    if (zoom >= 0.3 && arrowWords(link) !== "") labels.push([link, way]);
  }
  context.setLineDash([]);
  for (const [link, way] of labels) label(context, arrowWords(link), way, tokens, free);
}

/** What stands on an arrow: its name, its condition in brackets, and the data that it carries. */
export function arrowWords(link: Link): string {
  const field = (name: string): string => {
    const value = link.fields[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const condition = field("condition");
  const parts = [link.text.replace(/\s+/g, " ").trim(), condition === "" ? "" : `[${condition}]`, field("data")];
  return parts.filter((part) => part !== "").join(" · ");
}

interface Thin {
  readonly zoom: number;
  readonly color: string;
  readonly chosen: boolean;
  readonly whole: boolean;
}

/** How much of a long relation is seen at each end, and from which zoom on. */
const BEGINNING = 44;
const BEGINNINGS = 0.4;

/** Relations are dotted, the threads of pins whole with a knot on the arrow: both thinner than any arrow. */
function thin(context: Context, link: Link, way: Route, { zoom, color, chosen, whole }: Thin): void {
  const [first, last] = [way.points[0], way.points[way.points.length - 1]];
  if (!first || !last || (zoom < (whole ? DETAIL : BEGINNINGS) && !chosen)) return;
  const relation = link.kind === "relation";
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = Math.max(chosen ? 2.5 : relation ? 1.75 : 1.25, 0.75 / zoom);
  context.lineCap = relation ? "round" : "butt";
  context.setLineDash(relation ? [0.5, 5.5] : []);
  context.beginPath();
  context.moveTo(first[0], first[1]);
  if (!whole) {
    const part = BEGINNING / Math.hypot(last[0] - first[0], last[1] - first[1]);
    const [dx, dy] = [(last[0] - first[0]) * part, (last[1] - first[1]) * part];
    context.lineTo(first[0] + dx, first[1] + dy);
    context.moveTo(last[0], last[1]);
    context.lineTo(last[0] - dx, last[1] - dy);
  } else context.lineTo(last[0], last[1]);
  context.stroke();
  context.lineCap = "butt";
  if (relation) return;
  context.beginPath();
  context.arc(last[0], last[1], 3.5, 0, Math.PI * 2);
  context.fill();
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
const LABEL_HEIGHT = 22;

function label(context: Context, text: string, way: Route, tokens: Tokens, free: (rect: Rect) => boolean): void {
  const signs = [...text];
  const shown = signs.length > LABEL_LENGTH ? `${signs.slice(0, LABEL_LENGTH - 1).join("")}…` : text;
  context.direction = directionOf(shown);
  context.font = `600 13px ${tokens.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(shown).width + 14;
  const [x, y] = labelPlace(way, width, LABEL_HEIGHT, free);
  context.fillStyle = tokens.lane;
  context.strokeStyle = tokens.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, 6);
  context.fill();
  context.stroke();
  context.fillStyle = tokens.ink;
  context.fillText(shown, x, y + 1);
}
