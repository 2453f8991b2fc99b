// What something let go at a place is pinned to: the step there, or the arrow. Knows no gesture.

import { kindAt, linkAt } from "../canvas/hit.ts";
import { isFlow } from "../model/schema.ts";
import type { ObjectId } from "../model/types.ts";
import { lineMargin, type Env, type PointerInput } from "./types.ts";

/** The step under the pointer, else the arrow near it; neither of what is on the move itself. */
export function carrierAt(env: Env, input: PointerInput, without: ReadonlySet<ObjectId>): ObjectId | undefined {
  const { state, camera } = env;
  const step = kindAt(state.scene, input.board, ["step"], without);
  if (step) return step.id;
  const arrows = [...state.routes.visible(camera.view)].filter(
    ([link]) => isFlow(link.kind) && !without.has(link.from) && !without.has(link.to),
  );
  return linkAt(arrows, input.board, lineMargin(input, camera.zoom))?.id;
}
