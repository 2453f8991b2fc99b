// Select, pressed on an item: a click selects, a pull drags. Knows no drawing.

import type { ObjectId } from "../../model/types.ts";
import { movedEnough, type Env, type PointerInput, type State } from "../types.ts";
import { dragging } from "./dragging.ts";
import { idle, toggled } from "./idle.ts";

export function pointing(env: Env, id: ObjectId, start: PointerInput): State {
  const { state } = env;
  const was = state.selection.has(id);
  const adding = start.shift || start.mod;
  if (adding) {
    if (!was) env.select([...state.selection, id]);
  } else if (!was) {
    env.select([id]);
  }
  return {
    busy: false,
    move(input) {
      if (!movedEnough(start, input)) return undefined;
      const ids = [...state.selection].filter((other) => state.snapshot.items.has(other));
      if (!ids.includes(id)) return idle(env);
      // A single forbidden item does not hold back the others; alone it stays where it is.
      const movable = ids.filter((other) => env.may("move", other).ok);
      return movable.length === 0 ? idle(env) : dragging(env, movable, start, input);
    },
    up() {
      if (adding && was) env.select(toggled(state.selection, id));
      else if (!adding && was && state.selection.size > 1) env.select([id]);
      return idle(env);
    },
    cancel: () => idle(env),
  };
}
