// A next step: picture, word, status, owner and day. Knows no camera.

import { card, dotted, field } from "./card.ts";
import { day } from "./day.ts";
import type { Draw } from "./types.ts";

export const nextStep: Draw = card("nextStep", (item, ink) => {
  const status = field(item, "status");
  const owner = [field(item, "ownerOrg"), field(item, "ownerName")].filter((text) => text !== "").join(", ");
  return {
    head: ink.words("canvas.kind.nextStep"),
    mark: status === "" ? "" : ink.words(`canvas.status.${status}`),
    ...(status === "done" ? { markIcon: "check" as const } : {}),
    foot: dotted([owner, day(field(item, "due"), ink.locale)]),
  };
});
