// The laser pointer: it shows others a place and changes nothing. Knows no drawing.

import { idle } from "./select/idle.ts";
import type { Env, PointerInput, State } from "./types.ts";

export function laser(env: Env): State {
  /** A finger has a place only while it is down. */
  const touched = (input: PointerInput, down: boolean): undefined => {
    if (!input.touch) return;
    env.state.pointer = down ? input.board : undefined;
    env.shown();
  };
  return {
    busy: false,
    down: (input) => touched(input, true),
    move: (input) => touched(input, true),
    up: (input) => touched(input, false),
    cancel() {
      env.setTool("select");
      return idle(env);
    },
  };
}
