// A frame: an area of the board with a title and the line that says what it is for. Knows no camera.

import { FRAME_HEAD } from "../../model/standing.ts";
import { field } from "./card.ts";
import { icon } from "./icons.ts";
import { part, setMain, setText, span, type Draw } from "./types.ts";

const SIZES = [26, 22, 20, 18, 16] as const;
/** Titles are set bolder than text is measured. */
const BOLD = 0.9;
const TITLE_ROOM = 36;

export const frame: Draw = (element) => {
  const head = part("jb-frame-head", element);
  head.append(icon("frame"));
  const text = part("jb-text", head);
  const line = part("jb-frame-line", element);
  const purpose = span("jb-purpose", line);
  const instruction = span("jb-instruction", line);
  text.dir = purpose.dir = instruction.dir = "auto";
  return {
    text,
    fill(item, ink) {
      element.dataset["layout"] = field(item, "layout");
      setText(purpose, field(item, "purpose"));
      setText(instruction, field(item, "instruction"));
      line.classList.toggle("jb-hidden", item.size[1] < FRAME_HEAD + 20);
      const shown = item.text === "" ? ink.words("canvas.kind.frame") : item.text;
      text.classList.toggle("jb-unnamed", item.text === "");
      setMain(text, shown, ink.fit(shown, (item.size[0] - 76) * BOLD, TITLE_ROOM, SIZES), TITLE_ROOM);
    },
  };
};
