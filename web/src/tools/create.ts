// Placing a new item of one kind: a click puts it there and opens its text. Knows no drawing.

import { kindAt } from "../canvas/hit.ts";
import type { CommandId } from "../commands/words.ts";
import type { ItemKind, Size } from "../model/types.ts";
import { idle } from "./select/idle.ts";
import { movedEnough, type Env, type PointerInput, type State } from "./types.ts";

interface Made {
  readonly command: CommandId;
  /** About how large it will be, so that the click is its middle. */
  readonly size: Size;
}

const MADE: Readonly<Record<ItemKind, Made>> = {
  note: { command: "note.create", size: [200, 160] },
  lane: { command: "lane.create", size: [112, 200] },
  step: { command: "step.create", size: [200, 100] },
  obstacle: { command: "obstacle.create", size: [200, 140] },
  cooperation: { command: "cooperation.create", size: [200, 140] },
  nextStep: { command: "nextStep.create", size: [260, 150] },
};

export function create(env: Env, kind: ItemKind): State {
  const { command, size } = MADE[kind];
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
      const on = kind === "obstacle" || kind === "cooperation" ? kindAt(env.state.scene, input.board, ["step"], new Set()) : undefined;
      const at = [Math.round(input.board[0] - size[0] / 2), Math.round(input.board[1] - size[1] / 2)];
      env.setTool("select");
      env.run(command, on ? { at, on: on.id } : { at });
      return idle(env);
    },
    cancel() {
      env.setTool("select");
      return idle(env);
    },
  };
}
