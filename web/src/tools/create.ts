// Placing a new item of one kind: a click puts it there and opens its text; an area can also be pulled. Knows no drawing.

import { between } from "../canvas/geometry.ts";
import { defaultSize } from "../model/schema.ts";
import { isPinnable } from "../model/standing.ts";
import type { ItemKind, ObjectId, Point, Size } from "../model/types.ts";
import { carrierAt } from "./pinning.ts";
import { idle } from "./select/idle.ts";
import { leastSize } from "./sizes.ts";
import { movedEnough, type Env, type PointerInput, type State } from "./types.ts";

/** What is larger than the screen begins at the click; all else has the click in its middle. */
const LARGE: ReadonlySet<ItemKind> = new Set(["lane", "frame"]);
/** What one lays around things has the size that one pulls. */
const PULLED: ReadonlySet<ItemKind> = new Set(["frame", "group"]);

export function create(env: Env, kind: ItemKind): State {
  let start: PointerInput | undefined;
  let pulling = false;
  const done = (args: object): State => {
    env.state.preview = {};
    env.setTool("select");
    env.run(`${kind}.create`, args);
    return idle(env);
  };
  return {
    get busy() {
      return pulling;
    },
    down(input) {
      start = input;
      return undefined;
    },
    move(input) {
      if (!start || !PULLED.has(kind) || (!pulling && !movedEnough(start, input))) return undefined;
      pulling = true;
      env.state.preview = { marquee: between(start.board, input.board) };
      env.shown();
      return undefined;
    },
    up(input) {
      const from = start;
      start = undefined;
      if (!from) return undefined;
      if (pulling) {
        pulling = false;
        const { x, y, w, h } = between(from.board, input.board);
        const [leastW, leastH] = leastSize(kind);
        const size: Size = [Math.max(leastW, Math.round(w)), Math.max(leastH, Math.round(h))];
        return done({ at: [Math.round(x), Math.round(y)], fields: { size } });
      }
      // A pull is no click: nothing is made by a slip.
      if (movedEnough(from, input)) return undefined;
      const on = isPinnable(kind) ? carrierAt(env, input, new Set()) : undefined;
      return done(placed(kind, input.board, on));
    },
    cancel() {
      pulling = false;
      env.state.preview = {};
      env.shown();
      env.setTool("select");
      return idle(env);
    },
  };
}

function placed(kind: ItemKind, [x, y]: Point, on: ObjectId | undefined): object {
  const [w, h] = defaultSize(kind);
  const [left, top] = LARGE.has(kind) ? [24, 24] : [w / 2, h / 2];
  const at = [Math.round(x - left), Math.round(y - top)];
  return on === undefined ? { at } : { at, on };
}
