// A question that somebody puts to the present way: its state, its answer or what it assumes. Knows no camera.

import { card, field, named } from "./card.ts";
import type { Draw } from "./types.ts";

export const question: Draw = card("question", (item, ink) => {
  const state = field(item, "questionState");
  return {
    head: ink.words("canvas.kind.question"),
    mark: state === "" ? "" : ink.words(`questionState.${state}`),
    ...(state === "answered" ? { markIcon: "check" as const } : {}),
    foot: named(item, "answer", ink) || named(item, "assumption", ink),
  };
});
