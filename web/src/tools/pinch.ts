// Two fingers: spreading zooms around their middle, moving pans. Knows no tool.

import { distance } from "../canvas/geometry.ts";
import type { Camera } from "../canvas/camera.ts";
import type { Point } from "../model/types.ts";

export class Pinch {
  readonly #fingers = new Map<number, Point>();
  readonly #camera: Camera;

  constructor(camera: Camera) {
    this.#camera = camera;
  }

  /** Two fingers are down: nothing else takes the pointer. */
  get active(): boolean {
    return this.#fingers.size >= 2;
  }

  down(id: number, at: Point): void {
    this.#fingers.set(id, at);
  }

  move(id: number, at: Point): void {
    const before = this.#pair();
    if (!this.#fingers.has(id)) return;
    this.#fingers.set(id, at);
    const after = this.#pair();
    if (!before || !after) return;
    this.#camera.panBy([before.middle[0] - after.middle[0], before.middle[1] - after.middle[1]]);
    if (before.apart > 0 && after.apart > 0) this.#camera.zoomAt(after.middle, after.apart / before.apart);
  }

  up(id: number): void {
    this.#fingers.delete(id);
  }

  #pair(): { middle: Point; apart: number } | undefined {
    const [a, b] = this.#fingers.values();
    if (!a || !b) return undefined;
    return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart: distance(a, b) };
  }
}
