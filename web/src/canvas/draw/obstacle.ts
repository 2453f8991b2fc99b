// An obstacle: picture, word, severity in words and bars, its types. Knows no camera.

import { card, count, dotted } from "./card.ts";
import type { Draw } from "./types.ts";

const inner = card("obstacle", (item, ink) => {
  const severity = count(item, "severity");
  const types = item.fields["types"];
  return {
    head: ink.words("canvas.kind.obstacle"),
    mark: severity === 0 ? "" : ink.words(`canvas.severity.${severity}`),
    bars: severity,
    foot: Array.isArray(types) ? dotted(types.map((type: string) => ink.words(`canvas.obstacleType.${type}`))) : "",
  };
});

export const obstacle: Draw = (element) => {
  const skin = inner(element);
  return {
    text: skin.text,
    fill(item, ink) {
      element.dataset["severity"] = String(count(item, "severity"));
      element.dataset["resolution"] =
        typeof item.fields["resolution"] === "string" ? item.fields["resolution"] : "open";
      skin.fill(item, ink);
    },
  };
};
