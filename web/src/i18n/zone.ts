// Time zones as people read them. Knows no workshop.

import { language } from "./language.svelte.ts";

const offsetOf = (zone: string | undefined, at: number): string =>
  nameOf("en", { ...(zone === undefined ? {} : { timeZone: zone }), timeZoneName: "longOffset" }, at);

function nameOf(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** What the zone's time is called, where clocks show another at that moment than the reader's; empty where they show the same. */
export function otherZone(zone: string, at: number = Date.now()): string {
  try {
    if (offsetOf(zone, at) === offsetOf(undefined, at)) return "";
    return nameOf(language.locale, { timeZone: zone, timeZoneName: "long" }, at);
  } catch {
    // A browser without this zone: its name says it.
    return zone.replaceAll("_", " ");
  }
}

/** The time of day of a moment in a zone; here without one, or where the browser does not know it. */
export function timeIn(zone: string | undefined, moment: number): string {
  const look = { hour: "numeric", minute: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat(language.locale, zone === undefined ? look : { ...look, timeZone: zone }).format(
      moment,
    );
  } catch {
    return new Intl.DateTimeFormat(language.locale, look).format(moment);
  }
}
