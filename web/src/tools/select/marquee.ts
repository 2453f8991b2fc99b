// Select, sweeping an area: what it touches is selected. Knows no drawing.

import { between } from "../../canvas/geometry.ts";
import { itemsIn } from "../../canvas/hit.ts";
import { panning } from "../panning.ts";
import { movedEnough, type Env, type PointerInput, type State } from "../types.ts";
import { idle } from "./idle.ts";

export function marquee(env: Env, start: PointerInput): State {
  const { state } = env;
  const before = start.shift || start.mod ? [...state.selection] : [];
  let swept = false;
  const leave = (): State => {
    state.preview = {};
    env.shown();
    return idle(env);
  };
  return {
    get busy() {
      return swept;
    },
    move(input) {
      if (!swept && !movedEnough(start, input)) return undefined;
      // A finger on the empty board moves the board.
      if (input.touch) return panning(env, start, input, () => idle(env));
      swept = true;
      const area = between(start.board, input.board);
      state.preview = { marquee: area };
      env.select([...new Set([...before, ...itemsIn(state.scene, area).map((item) => item.id)])]);
      env.shown();
      return undefined;
    },
    up() {
      if (!swept) env.select(before);
      return leave();
    },
    cancel() {
      env.select(before);
      return leave();
    },
  };
}
