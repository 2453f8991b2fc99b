// One animation frame for the whole surface: whoever has changed something asks, all is drawn once. Knows no drawing.

export class Frames {
  #handle: number | undefined;
  #next: (() => void)[] = [];
  readonly #draw: () => void;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Draw before the next frame. */
  request(): void {
    this.#handle ??= requestAnimationFrame(() => this.#run());
  }

  /** Run this first in the next frame, then draw. */
  before(run: () => void): void {
    this.#next.push(run);
    this.request();
  }

  stop(): void {
    if (this.#handle !== undefined) cancelAnimationFrame(this.#handle);
    this.#next = [];
  }

  #run(): void {
    this.#handle = undefined;
    const runs = this.#next;
    this.#next = [];
    for (const run of runs) run();
    this.#draw();
  }
}
