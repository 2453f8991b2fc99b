// The goal that all share: the largest card of the board, who has agreed to it, which version it is. Knows no camera.

import { card, count } from "./card.ts";
import type { Draw } from "./types.ts";

const SIZES = [28, 24, 22, 20, 18, 16, 14] as const;

export const goal: Draw = card(
  "goal",
  (item, ink) => {
    const agreed = item.fields["agreedBy"];
    const many = Array.isArray(agreed) ? agreed.length : 0;
    const version = count(item, "version");
    return {
      head: ink.words("canvas.kind.goal"),
      mark: version > 1 ? ink.words("canvas.goal.version", { version }) : "",
      foot: many > 0 ? ink.words("canvas.goal.agreed", { count: many }) : "",
    };
  },
  SIZES,
);
