// A cooperation spot: picture, word, who takes part and in what. Knows no camera.

import { card, dotted, field } from "./card.ts";
import type { Draw } from "./types.ts";

export const cooperation: Draw = card("cooperation", (item, ink) => {
  const kind = field(item, "cooperationKind");
  return {
    head: ink.words("canvas.kind.cooperation"),
    mark: "",
    foot: dotted([kind === "" ? "" : ink.words(`canvas.cooperationKind.${kind}`), field(item, "orgs")]),
  };
});
