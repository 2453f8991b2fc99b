// Drawing an arrow: pull from one item to another, or click the one and then the other. Knows no drawing.

import { itemAt } from "../canvas/hit.ts";
import type { Dot } from "../canvas/overlay.ts";
import type { Preview } from "../canvas/state.ts";
import { isContainer } from "../model/schema.ts";
import type { ObjectId, Point, Side } from "../model/types.ts";
import { idle } from "./select/idle.ts";
import { hitMargin, movedEnough, type Env, type PointerInput, type State } from "./types.ts";

/** The tool, nothing chosen yet. */
export function arrow(env: Env): State {
  return {
    busy: false,
    down(input) {
      const from = endAt(env, input);
      if (from === undefined || !env.may("connect", from).ok) return undefined;
      return pulling(env, from, "auto", input, () => arrow(env));
    },
    cancel() {
      env.setTool("select");
      return idle(env);
    },
  };
}

/** From a dot beside the selected item, in the select tool. */
export function arrowFrom(env: Env, from: ObjectId, dot: Dot, start: PointerInput): State {
  if (!env.may("connect", from).ok) return idle(env);
  return pulling(env, from, dot, start, () => idle(env));
}

/** Pressed: a pull draws to where it is let go, a click waits for the second click. */
function pulling(env: Env, from: ObjectId, side: Side, start: PointerInput, after: () => State): State {
  let pulled = false;
  return {
    get busy() {
      return pulled;
    },
    move(input) {
      if (!pulled && !movedEnough(start, input)) return undefined;
      pulled = true;
      aim(env, from, side, input);
      return undefined;
    },
    up(input) {
      if (!pulled) return waiting(env, from, side, after);
      finish(env, from, side, input);
      return after();
    },
    cancel() {
      clear(env);
      return after();
    },
  };
}

/** The source is chosen by a click: the next click chooses the target. */
function waiting(env: Env, from: ObjectId, side: Side, after: () => State): State {
  env.say("canvas.arrow.chooseTarget");
  return {
    busy: true,
    move(input) {
      aim(env, from, side, input);
      return undefined;
    },
    up(input) {
      finish(env, from, side, input);
      return after();
    },
    cancel() {
      clear(env);
      return after();
    },
  };
}

/** An arrow leads from and to whatever holds nothing. */
function endAt(env: Env, input: PointerInput): ObjectId | undefined {
  const margin = hitMargin(input, env.camera.zoom) + 4;
  return itemAt(env.state.scene, input.board, margin, (item) => !isContainer(item.kind))?.id;
}

function aim(env: Env, from: ObjectId, side: Side, input: PointerInput): void {
  const over = endAt(env, input);
  const to: Point = input.board;
  const preview: Preview = { arrow: { from, side, to, ...(over !== undefined && over !== from ? { over } : {}) } };
  env.state.preview = over !== undefined && over !== from ? { ...preview, target: over } : preview;
  env.shown();
}

function finish(env: Env, from: ObjectId, side: Side, input: PointerInput): void {
  const to = endAt(env, input);
  clear(env);
  if (to === undefined || to === from) return;
  env.run("connect.arrow", side === "auto" ? { from, to } : { from, to, fromSide: side });
}

function clear(env: Env): void {
  env.state.preview = {};
  env.shown();
}
