// A lane: one actor's strip, with its name in a column at the left. Knows no camera.

import { LANE_TITLE } from "../../model/standing.ts";
import type { Item } from "../../model/types.ts";
import { field } from "./card.ts";
import { icon } from "./icons.ts";
import { part, setMain, setText, span, type Draw } from "./types.ts";

const SIZES = [18, 16, 14, 13, 12] as const;
/** Names of lanes are set bolder than text is measured. */
const BOLD = 0.88;
/** A lane lower or narrower than this has no room for the sign. */
const FLAG_ROOM = [260, 60] as const;

export const lane: Draw = (element) => {
  const title = part("jb-lane-title", element);
  const text = part("jb-text", title);
  const under = part("jb-lane-under", title);
  const flag = part("jb-flag", element);
  flag.append(icon("flag"));
  const unowned = span("jb-word", flag);
  text.dir = under.dir = "auto";
  return {
    text,
    fill(item, ink) {
      const [w, h] = item.size;
      const kind = field(item, "laneKind") || "organisation";
      const org = field(item, "org");
      element.dataset["lane"] = kind;
      const open = isUnowned(item);
      const named = org !== "" ? org : kind !== "organisation" && !open ? ink.words(`canvas.lane.${kind}`) : "";
      // Nothing is said twice.
      const second = named === item.text ? "" : named;
      setText(under, second);
      setText(unowned, open ? ink.words("canvas.unowned") : "");
      flag.classList.toggle("jb-hidden", !open || w < FLAG_ROOM[0] || h < FLAG_ROOM[1]);
      const room = LANE_TITLE - (second === "" ? 12 : 26);
      const shown = item.text === "" ? ink.words("canvas.kind.lane") : item.text;
      text.classList.toggle("jb-unnamed", item.text === "");
      // The title stands upright: its width is the lane's height.
      setMain(text, shown, ink.fit(shown, (h - 32) * BOLD, room, SIZES), room);
    },
  };
};

/** A lane of the network that no organisation owns yet. */
export function isUnowned(item: Item): boolean {
  return item.kind === "lane" && item.fields["laneKind"] === "network" && field(item, "org") === "";
}
