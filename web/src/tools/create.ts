// Placing a new item of one kind: a click puts it there and opens its text. Knows no drawing.

import { kindAt } from "../canvas/hit.ts";
import { defaultSize } from "../model/schema.ts";
import type { ItemKind } from "../model/types.ts";
import { idle } from "./select/idle.ts";
import { movedEnough, type Env, type PointerInput, type State } from "./types.ts";

export function create(env: Env, kind: ItemKind): State {
  const [w, h] = defaultSize(kind);
  let start: PointerInput | undefined;
  return {
    busy: false,
    down(input) {
      start = input;
      return undefined;
    },
    up(input) {
      // A pull is no click: nothing is made by a slip.
      if (!start || movedEnough(start, input)) {
        start = undefined;
        return undefined;
      }
      const on =
        kind === "obstacle" || kind === "cooperation"
          ? kindAt(env.state.scene, input.board, ["step"], new Set())
          : undefined;
      // A lane is far wider than the screen: it begins at the click; all else has the click in its middle.
      const [left, top] = kind === "lane" ? [24, 24] : [w / 2, h / 2];
      const at = [Math.round(input.board[0] - left), Math.round(input.board[1] - top)];
      env.setTool("select");
      env.run(`${kind}.create`, on ? { at, on: on.id } : { at });
      return idle(env);
    },
    cancel() {
      env.setTool("select");
      return idle(env);
    },
  };
}
