// Select, pulling a corner: shown while pulled, written once. Knows no drawing.

import type { Corner } from "../../canvas/overlay.ts";
import type { ObjectId, Point, Rect, Size } from "../../model/types.ts";
import { movedEnough, type Env, type PointerInput, type State } from "../types.ts";
import { leastSize } from "../sizes.ts";
import { idle } from "./idle.ts";

export function resizing(env: Env, id: ObjectId, corner: Corner, start: PointerInput): State {
  const { state } = env;
  const rect = state.snapshot.rect(id);
  if (!rect || !env.may("move", id).ok) return idle(env);
  const item = state.snapshot.items.get(id);
  const least = leastSize(item?.kind ?? "note", item);
  let pulled: Rect | undefined;
  const leave = (): State => {
    state.preview = {};
    env.shown();
    return idle(env);
  };
  return {
    get busy() {
      return pulled !== undefined;
    },
    move(input) {
      if (!pulled && !movedEnough(start, input)) return undefined;
      const by: Point = [input.board[0] - start.board[0], input.board[1] - start.board[1]];
      pulled = resized(rect, corner, by, input.shift, least);
      state.preview = { resize: { id, at: [pulled.x, pulled.y], size: [pulled.w, pulled.h] } };
      env.shown();
      return undefined;
    },
    up() {
      const result = pulled;
      const next = leave();
      if (result) env.run("item.resize", { id, at: [result.x, result.y], size: [result.w, result.h] });
      return next;
    },
    cancel: leave,
  };
}

/** The rectangle with one corner pulled, not below `least`; with `keep` its proportions stay. */
export function resized(rect: Rect, corner: Corner, by: Point, keep: boolean, least: Size): Rect {
  const west = corner === "nw" || corner === "sw";
  const north = corner === "nw" || corner === "ne";
  let w = Math.max(least[0], Math.round(rect.w + (west ? -by[0] : by[0])));
  let h = Math.max(least[1], Math.round(rect.h + (north ? -by[1] : by[1])));
  if (keep && rect.w > 0 && rect.h > 0) {
    const scale = Math.max(w / rect.w, h / rect.h);
    w = Math.round(rect.w * scale);
    h = Math.round(rect.h * scale);
  }
  return { x: west ? rect.x + rect.w - w : rect.x, y: north ? rect.y + rect.h - h : rect.y, w, h };
}
