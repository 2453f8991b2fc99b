// What a board shows when it is opened: all of it where that can be read, else its beginning. Knows no items.

import type { Rect } from "../model/types.ts";
import { fitted, type CameraState } from "./camera.ts";
import { around } from "./geometry.ts";

/** The least zoom at which the whole board is shown. */
const WHOLE = 0.45;
/** Texts of the usual size are read at this zoom. */
const READABLE = 0.6;
const MARGIN = 24;

/** `rects` is not empty. */
export function opening(rects: readonly Rect[], screen: { readonly w: number; readonly h: number }): CameraState {
  const whole = around(rects) ?? { x: 0, y: 0, w: 1, h: 1 };
  const all = fitted(whole, screen);
  if (all.zoom >= WHOLE) return all;
  const zoom = READABLE;
  // The corner of all of it may be empty: reading begins at what is nearest to it.
  const first = rects.reduce((best, rect) => (rect.x + rect.y < best.x + best.y ? rect : best));
  const room = (screen.h - 2 * MARGIN) / zoom;
  const y = whole.h <= room ? whole.y + whole.h / 2 - screen.h / 2 / zoom : first.y - MARGIN / zoom;
  const x =
    whole.w * zoom <= screen.w - 2 * MARGIN ? whole.x + whole.w / 2 - screen.w / 2 / zoom : first.x - MARGIN / zoom;
  return { x, y, zoom };
}
