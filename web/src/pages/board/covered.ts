// How much of the board's surface the bars over it cover, at the top and at the bottom. Knows no bars but by their mark.

import type { Covered } from "../../canvas/camera.ts";

/** A list that is open for a while is looked past: no more than this is kept clear. */
const MOST = 72;

/** Bars over the surface carry `data-over`: "top" or "bottom". */
export function coveredOf(surface: HTMLElement): Covered {
  const box = surface.getBoundingClientRect();
  const covered = { top: 0, right: 0, bottom: 0, left: 0 };
  for (const bar of document.querySelectorAll<HTMLElement>("[data-over]")) {
    const at = bar.getBoundingClientRect();
    if (at.height === 0 || at.right <= box.left || at.left >= box.right) continue;
    if (bar.dataset["over"] === "top") covered.top = Math.max(covered.top, at.bottom - box.top);
    else covered.bottom = Math.max(covered.bottom, box.bottom - at.top);
  }
  return { ...covered, top: kept(covered.top), bottom: kept(covered.bottom) };
}

function kept(pixels: number): number {
  return Math.min(MOST, Math.max(0, pixels));
}
