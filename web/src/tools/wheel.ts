// The wheel and the trackpad: plain moves the board, with Ctrl (and a trackpad's pinch) it zooms. Knows no tool.

import type { Camera } from "../canvas/camera.ts";
import type { Point } from "../model/types.ts";

export interface WheelInput {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const LINE = 40;
/** A notch of a mouse wheel must not jump farther than this. */
const MOST = 120;

export function wheel(camera: Camera, at: Point, input: WheelInput): void {
  const unit = input.deltaMode === 1 ? LINE : input.deltaMode === 2 ? camera.screen.h : 1;
  const dx = input.deltaX * unit;
  const dy = input.deltaY * unit;
  if (input.ctrlKey || input.metaKey) {
    const turned = Math.max(-MOST, Math.min(MOST, dy));
    camera.zoomAt(at, Math.exp(-turned * (Math.abs(turned) < 40 ? 0.01 : 0.0022)));
  } else if (input.shiftKey && dx === 0) {
    camera.panBy([dy, 0]);
  } else {
    camera.panBy([dx, dy]);
  }
}
