// Where the person looks: pan and zoom, and the way between board and screen coordinates. Knows no items and no DOM.

import { overlaps } from "../model/rects.ts";
import type { Point, Rect } from "../model/types.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 4;
/** Zooming to content never makes it larger than this: a single note should not fill the screen. */
const MAX_FIT = 1.25;
const FIT_MARGIN = 48;
const ANIMATION_MS = 220;

export interface CameraState {
  /** The board point at the top left corner of the screen. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Pixels of the screen, from each edge, that something else covers. */
export interface Covered {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}
export const NOTHING_COVERED: Covered = { top: 0, right: 0, bottom: 0, left: 0 };

export interface Clock {
  now(): number;
  /** Asks for one call before the next frame. */
  frame(run: () => void): void;
  reducedMotion(): boolean;
}

export class Camera {
  #state: CameraState = { x: 0, y: 0, zoom: 1 };
  #screen: { w: number; h: number } = { w: 1, h: 1 };
  #listeners = new Set<() => void>();
  #animation = 0;
  /** Where the flight under way leads. */
  #goal: CameraState | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): CameraState {
    return this.#state;
  }
  get zoom(): number {
    return this.#state.zoom;
  }
  get screen(): { readonly w: number; readonly h: number } {
    return this.#screen;
  }

  /** The screen has another size: `kept` stays on it, if it was there or on its way there. */
  resize(w: number, h: number, kept?: Rect): void {
    const { x, y, zoom } = this.#goal ?? this.#state;
    const seen = { x, y, w: this.#screen.w / zoom, h: this.#screen.h / zoom };
    this.#screen = { w: Math.max(1, w), h: Math.max(1, h) };
    this.#changed();
    if (kept !== undefined && overlaps(kept, seen)) this.reveal(kept);
  }

  toScreen(point: Point): Point {
    const { x, y, zoom } = this.#state;
    return [(point[0] - x) * zoom, (point[1] - y) * zoom];
  }

  toBoard(point: Point): Point {
    const { x, y, zoom } = this.#state;
    return [point[0] / zoom + x, point[1] / zoom + y];
  }

  rectToScreen(rect: Rect): Rect {
    const { x, y, zoom } = this.#state;
    return { x: (rect.x - x) * zoom, y: (rect.y - y) * zoom, w: rect.w * zoom, h: rect.h * zoom };
  }

  /** What of the board is on the screen. */
  get view(): Rect {
    const { x, y, zoom } = this.#state;
    return { x, y, w: this.#screen.w / zoom, h: this.#screen.h / zoom };
  }

  get middle(): Point {
    return this.toBoard([this.#screen.w / 2, this.#screen.h / 2]);
  }

  /** Moves the view by screen pixels: positive moves to the right and down over the board. */
  panBy(by: Point): void {
    const { x, y, zoom } = this.#state;
    this.set({ x: x + by[0] / zoom, y: y + by[1] / zoom, zoom });
  }

  /** Zooms so that the board point under the screen point stays under it. */
  zoomAt(screen: Point, factor: number): void {
    this.set(this.#zoomed(screen, this.#state.zoom * factor));
  }

  /** Quick repeats add up: each goes on from where the one before leads. */
  zoomBy(factor: number): void {
    const from = this.#goal ?? this.#state;
    const zoom = limit(from.zoom * factor);
    const part = (1 / from.zoom - 1 / zoom) / 2;
    this.#glide({ x: from.x + this.#screen.w * part, y: from.y + this.#screen.h * part, zoom });
  }

  /** Shows the whole rectangle; `animate` is ignored when the person asked for less motion. */
  fit(rect: Rect, animate = true, covered: Covered = NOTHING_COVERED): void {
    const target = fitted(rect, this.#screen, covered);
    if (animate) this.#glide(target);
    else this.set(target);
  }

  /** Moves as little as needed for the rectangle to be on the screen, and zooms in to at least `readable`. */
  reveal(rect: Rect, readable = 0): void {
    const from = this.#goal ?? this.#state;
    const zoom = Math.max(from.zoom, readable);
    const margin = Math.min(FIT_MARGIN, this.#screen.w / 8, this.#screen.h / 8) / zoom;
    const w = this.#screen.w / zoom;
    const h = this.#screen.h / zoom;
    if (zoom !== from.zoom) {
      this.#glide({ x: rect.x + rect.w / 2 - w / 2, y: rect.y + rect.h / 2 - h / 2, zoom });
      return;
    }
    const x = into(from.x, rect.x - margin, rect.x + rect.w + margin, w);
    const y = into(from.y, rect.y - margin, rect.y + rect.h + margin, h);
    if (x !== from.x || y !== from.y) this.#glide({ x, y, zoom });
  }

  /** The whole rectangle as large as it fits: what somebody else sees. */
  follow(rect: Rect): void {
    const { w, h } = this.#screen;
    const zoom = limit(Math.min(w / rect.w, h / rect.h));
    this.#glide({ x: rect.x + rect.w / 2 - w / zoom / 2, y: rect.y + rect.h / 2 - h / zoom / 2, zoom });
  }

  set(state: CameraState): void {
    this.#animation += 1;
    this.#goal = undefined;
    this.#apply(state);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(state: CameraState): void {
    if (!Number.isFinite(state.x) || !Number.isFinite(state.y) || !Number.isFinite(state.zoom)) return;
    this.#state = { x: state.x, y: state.y, zoom: limit(state.zoom) };
    this.#changed();
  }

  #zoomed(screen: Point, zoom: number): CameraState {
    const next = limit(zoom);
    const point = this.toBoard(screen);
    return { x: point[0] - screen[0] / next, y: point[1] - screen[1] / next, zoom: next };
  }

  #glide(target: CameraState): void {
    if (this.#clock.reducedMotion()) {
      this.set(target);
      return;
    }
    this.#animation += 1;
    this.#goal = target;
    const run = this.#animation;
    const from = this.#state;
    const start = this.#clock.now();
    const step = (): void => {
      if (run !== this.#animation) return;
      const part = Math.min(1, (this.#clock.now() - start) / ANIMATION_MS);
      const eased = 1 - (1 - part) ** 3;
      const zoom = from.zoom * (target.zoom / from.zoom) ** eased;
      // The screen's middle moves in step with the zoom, so that the flight is straight.
      const share = from.zoom === target.zoom ? eased : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / target.zoom);
      this.#apply({
        x: from.x + (target.x - from.x) * share,
        y: from.y + (target.y - from.y) * share,
        zoom,
      });
      if (part < 1) {
        this.#clock.frame(step);
        return;
      }
      this.#goal = undefined;
      this.#apply(target);
    };
    this.#clock.frame(step);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The part of the screen that is free; a screen that is all covered counts as free. */
export function freeOf(
  screen: { readonly w: number; readonly h: number },
  covered: Covered,
): { readonly w: number; readonly h: number; readonly left: number; readonly top: number } {
  const w = screen.w - covered.left - covered.right;
  const h = screen.h - covered.top - covered.bottom;
  return w < 1 || h < 1 ? { ...screen, left: 0, top: 0 } : { w, h, left: covered.left, top: covered.top };
}

/** The whole rectangle in the middle of what is free of the screen. */
export function fitted(
  rect: Rect,
  screen: { readonly w: number; readonly h: number },
  covered: Covered = NOTHING_COVERED,
): CameraState {
  const { w, h, left, top } = freeOf(screen, covered);
  const margin = Math.min(FIT_MARGIN, w / 8, h / 8);
  const zoom = limit(Math.min((w - 2 * margin) / Math.max(1, rect.w), (h - 2 * margin) / Math.max(1, rect.h), MAX_FIT));
  return {
    x: rect.x + rect.w / 2 - (left + w / 2) / zoom,
    y: rect.y + rect.h / 2 - (top + h / 2) / zoom,
    zoom,
  };
}

function limit(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/** The start of a window of `length` that shows from..to; when it does not fit, its beginning. */
function into(start: number, from: number, to: number, length: number): number {
  if (from < start || to - from > length) return from;
  return to > start + length ? to - length : start;
}
