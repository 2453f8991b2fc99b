// A commitment: picture, word, who promises it. Knows no camera.

import { card, dotted, field } from "./card.ts";
import type { Draw } from "./types.ts";

export const commitment: Draw = card("commitment", (item, ink) => ({
  head: ink.words("canvas.kind.commitment"),
  mark: "",
  foot: dotted([field(item, "org"), field(item, "byRole")]),
}));
