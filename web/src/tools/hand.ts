// The hand: a pull moves the board, a click does nothing. Knows no drawing.

import { panning } from "./panning.ts";
import type { Env, State } from "./types.ts";

export function hand(env: Env): State {
  return {
    busy: false,
    down: (input) => panning(env, input, input, () => hand(env)),
  };
}
