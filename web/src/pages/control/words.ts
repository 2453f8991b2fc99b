// Lists of people as words, short enough for a card. Knows no views.

import { collator, t } from "../../i18n/language.svelte.ts";
import type { PersonNow } from "../../net/api/control.ts";
import { minutesOf } from "./reading.ts";

const SHOWN = 3;

/** Who is away, those who left a short while ago first, with for how long where that was seen. */
export function awayWords(away: readonly PersonNow[], now: number, shown = SHOWN): string {
  const order = away.toSorted((a, b) => (b.left ?? 0) - (a.left ?? 0) || collator().compare(a.name, b.name));
  const words = order.slice(0, shown).map((person) => {
    const minutes = person.left === null ? 0 : minutesOf(Math.max(0, now - person.left));
    return minutes === 0 ? person.name : t("control.awaySince", { name: person.name, n: minutes });
  });
  const rest = order.length - words.length;
  const list = words.join(", ");
  return rest > 0 ? `${list} ${t("control.more", { n: rest })}` : list;
}
