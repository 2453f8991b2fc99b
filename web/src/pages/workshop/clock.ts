// The time of day of a workshop, as people read it. Knows no agenda.

import { language } from "../../i18n/language.svelte.ts";

/** Minutes of a day. */
export function clockWords(minutes: number): string {
  const at = new Date(Date.UTC(2000, 0, 1, 0, minutes));
  return new Intl.DateTimeFormat(language.locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(at);
}
