// A next step: picture, word, status, owner and day. Knows no camera.

import { card, field } from "./card.ts";
import type { Draw } from "./types.ts";

export const nextStep: Draw = card("nextStep", (item, ink) => {
  const status = field(item, "status");
  const owner = [field(item, "ownerOrg"), field(item, "ownerName")].filter((text) => text !== "").join(", ");
  const parts = [owner, day(field(item, "due"), ink.locale)];
  return {
    head: ink.words("canvas.kind.nextStep"),
    mark: status === "" ? "" : ink.words(`canvas.status.${status}`),
    foot: parts.filter((text) => text !== "").join(" · "),
  };
});

/** A day as the reader writes it; what is no day stays as it is. */
function day(iso: string, locale: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return iso;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "numeric", year: "numeric", timeZone: "UTC" }).format(
    date,
  );
}
