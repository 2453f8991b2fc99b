// An idea: its state, and impact and effort or what the customer gains. Knows no camera.

import { card, count, dotted, field, named } from "./card.ts";
import type { Item } from "../../model/types.ts";
import type { Draw, Ink } from "./types.ts";

export const idea: Draw = card("idea", (item, ink) => {
  const state = field(item, "ideaState");
  return {
    head: ink.words("canvas.kind.idea"),
    mark: state === "" ? "" : ink.words(`ideaState.${state}`),
    ...(state === "chosen" ? { markIcon: "check" as const } : {}),
    foot: dotted([rated(item, "impact", ink), rated(item, "effort", ink)]) || named(item, "customerBenefit", ink),
  };
});

/** "Vaikutus: 4"; nothing when it was not judged. */
function rated(item: Item, name: "impact" | "effort", ink: Ink): string {
  const value = count(item, name);
  return value === 0 ? "" : ink.words("canvas.labelled", { label: ink.words(`field.${name}`), text: String(value) });
}
