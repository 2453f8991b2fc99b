// What a board shows when it is opened: all of it where that can be read, else its beginning. Knows no items.

import type { Rect } from "../model/types.ts";
import { fitted, freeOf, NOTHING_COVERED, type CameraState, type Covered } from "./camera.ts";
import { around } from "./geometry.ts";

/** The least zoom at which the whole board is shown. */
const WHOLE = 0.45;
/** Texts of the usual size are read at this zoom. */
const READABLE = 0.6;
const MARGIN = 24;

/** `rects` is not empty. */
export function opening(
  rects: readonly Rect[],
  screen: { readonly w: number; readonly h: number },
  covered: Covered = NOTHING_COVERED,
): CameraState {
  const whole = around(rects) ?? { x: 0, y: 0, w: 1, h: 1 };
  const all = fitted(whole, screen, covered);
  if (all.zoom >= WHOLE) return all;
  const { w, h, left, top } = freeOf(screen, covered);
  const zoom = READABLE;
  // The corner of all of it may be empty: reading begins at what is nearest to it.
  const first = rects.reduce((best, rect) => (rect.x + rect.y < best.x + best.y ? rect : best));
  const y =
    whole.h * zoom <= h - 2 * MARGIN ? whole.y + whole.h / 2 - (top + h / 2) / zoom : first.y - (top + MARGIN) / zoom;
  const x =
    whole.w * zoom <= w - 2 * MARGIN ? whole.x + whole.w / 2 - (left + w / 2) / zoom : first.x - (left + MARGIN) / zoom;
  return { x, y, zoom };
}
