// Evidence: what kind it is, its source and day. Knows no camera.

import { card, dotted, field } from "./card.ts";
import { day } from "./day.ts";
import type { Draw } from "./types.ts";

export const evidence: Draw = card("evidence", (item, ink) => {
  const kind = field(item, "evidenceKind");
  return {
    // The kind says more than the word for all of them.
    head: kind === "" ? ink.words("canvas.kind.evidence") : ink.words(`evidenceKind.${kind}`),
    mark: "",
    foot: dotted([field(item, "source"), day(field(item, "date"), ink.locale)]),
  };
});
