// Select, nothing pressed: what a press begins. Knows no drawing.

import { itemAt } from "../../canvas/hit.ts";
import { arrowFrom } from "../arrow.ts";
import { hitMargin, lineAt, type Env, type State } from "../types.ts";
import { marquee } from "./marquee.ts";
import { pointing } from "./pointing.ts";
import { resizing } from "./resizing.ts";

export function idle(env: Env): State {
  const { state, camera } = env;
  return {
    busy: false,
    down(input) {
      const [only] = state.selection;
      if (input.handle && only !== undefined) {
        return "corner" in input.handle
          ? resizing(env, only, input.handle.corner, input)
          : arrowFrom(env, only, input.handle.dot, input);
      }
      const item = itemAt(state.scene, input.board, hitMargin(input, camera.zoom));
      if (item) return pointing(env, item.id, input);
      const link = lineAt(env, input);
      if (link) {
        env.select(input.shift || input.mod ? toggled(state.selection, link.id) : [link.id]);
        return undefined;
      }
      return marquee(env, input);
    },
    double(input) {
      const item = itemAt(state.scene, input.board, hitMargin(input, camera.zoom));
      if (item) {
        env.run("item.edit", { id: item.id });
        return undefined;
      }
      const link = lineAt(env, input);
      if (link) env.run("link.label", { id: link.id });
      else env.run("note.create", { at: [Math.round(input.board[0] - 90), Math.round(input.board[1] - 24)] });
      return undefined;
    },
  };
}

export function toggled(selection: ReadonlySet<string>, id: string): string[] {
  return selection.has(id) ? [...selection].filter((other) => other !== id) : [...selection, id];
}
