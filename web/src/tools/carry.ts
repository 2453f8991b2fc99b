// Moving with the keyboard: Space picks up, arrows move, Space lets go, Esc puts back. Knows no DOM.

import type { ObjectId, Point } from "../model/types.ts";
import type { Env } from "./types.ts";

export const STEP = 10;
export const LEAP = 100;

export class Carry {
  readonly #env: Env;
  #ids: readonly ObjectId[] = [];
  #by: Point = [0, 0];

  constructor(env: Env) {
    this.#env = env;
  }

  get active(): boolean {
    return this.#ids.length > 0;
  }

  /** Picks up what is selected; false when there is nothing that may be moved. */
  pickUp(): boolean {
    const { state } = this.#env;
    const ids = [...state.selection].filter((id) => state.snapshot.items.has(id) && this.#env.may("move", id).ok);
    if (ids.length === 0) return false;
    this.#ids = ids;
    this.#by = [0, 0];
    state.carrying = true;
    this.#show();
    this.#env.say("canvas.carry.pickedUp", { count: ids.length });
    return true;
  }

  move(by: Point): void {
    if (!this.active) return;
    this.#by = [this.#by[0] + by[0], this.#by[1] + by[1]];
    this.#show();
    const lead = this.#ids[0];
    const rect = lead === undefined ? undefined : this.#env.state.rect(lead);
    if (rect) this.#env.camera.reveal(rect);
  }

  drop(): void {
    const ids = this.#ids;
    const by = this.#by;
    this.#leave();
    if (ids.length === 0) return;
    if (by[0] !== 0 || by[1] !== 0) this.#env.run("item.move", { ids, by });
    else this.#env.say("canvas.carry.putBack");
  }

  cancel(): void {
    this.#leave();
    this.#env.say("canvas.carry.putBack");
  }

  /** Whatever was carried is gone or may be moved no more: put down without a word. */
  abandon(): void {
    if (this.active) this.#leave();
  }

  #leave(): void {
    this.#ids = [];
    this.#env.state.carrying = false;
    this.#env.state.preview = {};
    this.#env.shown();
  }

  #show(): void {
    this.#env.state.preview = { drag: { ids: this.#ids, by: this.#by } };
    this.#env.shown();
  }
}
