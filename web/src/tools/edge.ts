// A pull held at the border of the screen moves the view, so that one can drag to what is not seen. Knows no gesture.

import type { Camera } from "../canvas/camera.ts";
import type { Point } from "../model/types.ts";
import type { PointerInput } from "./types.ts";

/** How near the border, in screen pixels. */
const ZONE = 8;
/** A pointer that only passes the border moves nothing. */
const PATIENCE_MS = 200;
/** Screen pixels per millisecond. */
const SPEED = 0.7;
/** After a pause of the page the view does not leap. */
const LONGEST_FRAME_MS = 50;

export interface EdgeParts {
  readonly camera: Camera;
  now(): number;
  /** Asks for one call before the next frame. */
  frame(run: () => void): void;
  /** The view moved under the pointer: the gesture follows. */
  moved(input: PointerInput): void;
}

export class EdgeScroll {
  readonly #parts: EdgeParts;
  #input: PointerInput | undefined;
  #since = 0;
  #last = 0;
  #running = false;

  constructor(parts: EdgeParts) {
    this.#parts = parts;
  }

  /** Where the pulling pointer is now. */
  follow(input: PointerInput): void {
    const [x, y] = this.#towards(input.screen);
    if (x === 0 && y === 0) {
      this.stop();
      return;
    }
    if (this.#input === undefined) this.#since = this.#parts.now();
    this.#input = input;
    if (this.#running) return;
    this.#running = true;
    this.#last = this.#parts.now();
    this.#parts.frame(() => this.#step());
  }

  stop(): void {
    this.#input = undefined;
  }

  #step(): void {
    const input = this.#input;
    if (input === undefined) {
      this.#running = false;
      return;
    }
    const { camera, now } = this.#parts;
    const passed = Math.min(LONGEST_FRAME_MS, now() - this.#last);
    this.#last = now();
    if (now() - this.#since >= PATIENCE_MS) {
      const [x, y] = this.#towards(input.screen);
      camera.panBy([x * SPEED * passed, y * SPEED * passed]);
      this.#parts.moved({ ...input, board: camera.toBoard(input.screen) });
    }
    this.#parts.frame(() => this.#step());
  }

  #towards([x, y]: Point): Point {
    const { w, h } = this.#parts.camera.screen;
    const side = (at: number, length: number) => (at <= ZONE ? -1 : at >= length - ZONE ? 1 : 0);
    return [side(x, w), side(y, h)];
  }
}
