// A bottleneck: picture, word, how long one waits, the queue and the cause. Knows no camera.

import { card, dotted, field, named } from "./card.ts";
import type { Draw } from "./types.ts";

export const bottleneck: Draw = card("bottleneck", (item, ink) => ({
  head: ink.words("canvas.kind.bottleneck"),
  mark: field(item, "waitTime"),
  markIcon: "wait",
  foot: dotted([named(item, "queue", ink), field(item, "cause")]),
}));
