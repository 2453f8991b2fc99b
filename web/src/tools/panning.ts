// The board is being pulled: hand tool, middle button, Space, or one finger on empty board. Knows no drawing.

import type { Env, PointerInput, State } from "./types.ts";

export function panning(env: Env, start: PointerInput, now: PointerInput, after: () => State): State {
  let last = start.screen;
  const follow = (input: PointerInput): void => {
    env.camera.panBy([last[0] - input.screen[0], last[1] - input.screen[1]]);
    last = input.screen;
  };
  const leave = (): State => {
    env.cursor(undefined);
    return after();
  };
  env.cursor("grabbing");
  follow(now);
  return {
    busy: true,
    move(input) {
      follow(input);
      return undefined;
    },
    up: leave,
    cancel: leave,
  };
}
