// An insight: picture, word, text. Knows no camera.

import { card } from "./card.ts";
import type { Draw } from "./types.ts";

export const insight: Draw = card("insight", (_, ink) => ({
  head: ink.words("canvas.kind.insight"),
  mark: "",
  foot: "",
}));
