// A group: what belongs together, on a light ground with a title. Knows no camera.

import { GROUP_HEAD } from "../../model/standing.ts";
import { part, setMain, type Draw } from "./types.ts";

const SIZES = [18, 16, 14, 13] as const;
/** Titles are set bolder than text is measured. */
const BOLD = 0.9;

export const group: Draw = (element) => {
  const head = part("jb-group-head", element);
  const text = part("jb-text", head);
  text.dir = "auto";
  return {
    text,
    fill(item, ink) {
      const shown = item.text === "" ? ink.words("canvas.kind.group") : item.text;
      text.classList.toggle("jb-unnamed", item.text === "");
      setMain(text, shown, ink.fit(shown, (item.size[0] - 32) * BOLD, GROUP_HEAD - 8, SIZES), GROUP_HEAD - 8);
    },
  };
};
