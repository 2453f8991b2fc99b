// A pain point of the customer: picture, word, severity in words and bars. Knows no camera.

import { card, count } from "./card.ts";
import type { Draw } from "./types.ts";

const inner = card("painPoint", (item, ink) => {
  const severity = count(item, "severity");
  return {
    head: ink.words("canvas.kind.painPoint"),
    mark: severity === 0 ? "" : ink.words(`canvas.severity.${severity}`),
    bars: severity,
    foot: "",
  };
});

export const painPoint: Draw = (element) => {
  const skin = inner(element);
  return {
    text: skin.text,
    fill(item, ink) {
      element.dataset["severity"] = String(count(item, "severity"));
      skin.fill(item, ink);
    },
  };
};
