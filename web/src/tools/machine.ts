// Holds the tool's current state and hands it the pointer; pinch and pan come before any tool. Knows no DOM elements.

import type { ToolName } from "../canvas/types.ts";
import { arrow } from "./arrow.ts";
import { create } from "./create.ts";
import { hand } from "./hand.ts";
import { laser } from "./laser.ts";
import { panning } from "./panning.ts";
import { Pinch } from "./pinch.ts";
import { idle } from "./select/idle.ts";
import type { Env, PointerInput, State } from "./types.ts";

export class Machine {
  #tool: ToolName = "select";
  #state: State;
  #pointer: number | undefined;
  readonly #env: Env;
  readonly #pinch: Pinch;
  /** Space is held: a pull moves the board whatever the tool. */
  spaceHeld = false;

  constructor(env: Env) {
    this.#env = env;
    this.#pinch = new Pinch(env.camera);
    this.#state = idle(env);
  }

  get tool(): ToolName {
    return this.#tool;
  }

  /** A gesture is under way. */
  get busy(): boolean {
    return this.#state.busy;
  }

  get pressed(): boolean {
    return this.#pointer !== undefined;
  }

  setTool(tool: ToolName): void {
    if (this.#state.busy) this.#state.cancel?.();
    this.#tool = tool;
    this.#state = first(this.#env, tool);
  }

  down(input: PointerInput): void {
    if (input.touch) {
      this.#pinch.down(input.id, input.screen);
      if (this.#pinch.active) {
        this.cancel();
        this.#pointer = undefined;
        return;
      }
    }
    if (this.#pointer !== undefined) return;
    if (input.button === "other") return;
    this.#pointer = input.id;
    if (input.button === "middle" || this.spaceHeld) {
      const before = this.#state;
      this.#to(panning(this.#env, input, input, () => before));
      return;
    }
    this.#to(this.#state.down?.(input));
  }

  move(input: PointerInput): void {
    if (this.#pinch.active) {
      this.#pinch.move(input.id, input.screen);
      return;
    }
    this.#pinch.move(input.id, input.screen);
    if (this.#pointer !== undefined && this.#pointer !== input.id) return;
    // Without a pressed pointer only a state that waits for a second click follows.
    if (this.#pointer === undefined && !this.#state.busy) return;
    this.#to(this.#state.move?.(input));
  }

  up(input: PointerInput): void {
    this.#pinch.up(input.id);
    if (this.#pointer !== input.id) return;
    this.#pointer = undefined;
    this.#to(this.#state.up?.(input));
  }

  double(input: PointerInput): void {
    this.#to(this.#state.double?.(input));
  }

  lost(id: number): void {
    this.#pinch.up(id);
    if (this.#pointer !== id) return;
    this.#pointer = undefined;
    this.cancel();
  }

  /** Esc: aborts what is under way; true when there was something. */
  cancel(): boolean {
    const was = this.#state.busy || (this.#tool !== "select" && this.#tool !== "hand");
    this.#to(this.#state.cancel?.());
    return was;
  }

  #to(next: State | undefined): void {
    if (next) this.#state = next;
  }
}

function first(env: Env, tool: ToolName): State {
  switch (tool) {
    case "select":
      return idle(env);
    case "hand":
      return hand(env);
    case "arrow":
      return arrow(env);
    case "laser":
      return laser(env);
    default:
      return create(env, tool);
  }
}
