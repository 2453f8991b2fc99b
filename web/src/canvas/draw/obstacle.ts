// An obstacle: picture, word, severity in words and bars, its types. Knows no camera.

import { card } from "./card.ts";
import type { Draw } from "./types.ts";

const inner = card("obstacle", (item, ink) => {
  const severity = item.fields["severity"];
  const types = item.fields["types"];
  return {
    head: ink.words("canvas.kind.obstacle"),
    mark: typeof severity === "number" ? ink.words(`canvas.severity.${severity}`) : "",
    foot: Array.isArray(types) ? types.map((type: string) => ink.words(`canvas.obstacleType.${type}`)).join(" · ") : "",
  };
});

export const obstacle: Draw = (element) => {
  const skin = inner(element);
  return {
    text: skin.text,
    fill(item, ink) {
      const severity = item.fields["severity"];
      element.dataset["severity"] = typeof severity === "number" ? String(severity) : "";
      element.dataset["resolution"] =
        typeof item.fields["resolution"] === "string" ? item.fields["resolution"] : "open";
      skin.fill(item, ink);
    },
  };
};
