// A lane: one actor's strip, with its name in a column at the left. Knows no camera.

import { LANE_TITLE } from "../hit.ts";
import { part, setMain, setText, type Draw } from "./types.ts";

const SIZES = [18, 16, 14, 13, 12] as const;
/** Names of lanes are set bolder than text is measured. */
const BOLD = 0.88;

export const lane: Draw = (element) => {
  const title = part("jb-lane-title", element);
  const text = part("jb-text", title);
  const under = part("jb-lane-under", title);
  return {
    text,
    fill(item, ink) {
      const [, h] = item.size;
      const kind = item.fields["laneKind"];
      const org = item.fields["org"];
      element.dataset["lane"] = typeof kind === "string" ? kind : "organisation";
      const second =
        typeof org === "string" && org !== "" && org !== item.text
          ? org
          : typeof kind === "string" && kind !== "organisation"
            ? ink.words(`canvas.lane.${kind}`)
            : "";
      setText(under, second);
      const room = LANE_TITLE - (second === "" ? 12 : 26);
      const shown = item.text === "" ? ink.words("canvas.kind.lane") : item.text;
      text.classList.toggle("jb-unnamed", item.text === "");
      // The title stands upright: its width is the lane's height.
      setMain(text, shown, ink.fit(shown, (h - 32) * BOLD, room, SIZES), room);
    },
  };
};
