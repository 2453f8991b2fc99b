// The language in use, its texts, numbers and dates; it can change while anything is open. Knows no pages.

import type { Key } from "./fi.ts";
import { fill, type Values } from "./format.ts";

export type Language = "fi" | "sv" | "en";
export type { Key };
export const LANGUAGES: readonly Language[] = ["fi", "sv", "en"];

/** Names of the languages in themselves: whoever reads only one of them finds it. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { fi: "Suomi", sv: "Svenska", en: "English" };

type Texts = Readonly<Record<Key, string>>;

type Fetch = Readonly<Record<Language, () => Promise<Partial<Texts>>>>;

/** Each language is fetched when somebody reads it, and kept: first what every page shows… */
const FIRST: Fetch = {
  fi: async () => (await import("./fi.ts")).fi,
  sv: async () => (await import("./sv.ts")).sv,
  en: async () => (await import("./en.ts")).en,
};
/** …and with what is opened later, the rest. */
const LATER: Fetch = {
  fi: async () => (await import("./later/fi.ts")).later,
  sv: async () => (await import("./later/sv.ts")).later,
  en: async () => (await import("./later/en.ts")).later,
};
const kept = new Map<Language, Partial<Texts>>();
const whole = new Set<Language>();
/** Something that is open has texts of the rest. */
let needsAll = false;
const LOCALES: Readonly<Record<Language, string>> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const REMEMBERED = "jalostamo.language";

let current = $state<Language>("fi");
let wanted: Language = "fi";
const watchers = new Set<(language: Language) => void>();

export const language = {
  get current(): Language {
    return current;
  },
  get locale(): string {
    return LOCALES[current];
  },
  /** The person's own choice, remembered on this device. Rejects, and changes nothing, while its texts cannot be had. */
  async choose(next: Language): Promise<void> {
    wanted = next;
    // Meanwhile something may be opened that needs the rest.
    while (!isThere(next)) await fetchNeeded(next);
    // The last choice holds, whichever arrives last.
    if (wanted !== next) return;
    apply(next);
    remember(next);
  },
  /** Calls back after every change: for views that are not made of components. */
  watch(watcher: (language: Language) => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
};

/** Fetches all texts of a language, so that they can be used. Rejects when they cannot be had. */
export async function fetchLanguage(which: Language): Promise<void> {
  const [first, rest] = await Promise.all([FIRST[which](), LATER[which]()]);
  kept.set(which, { ...first, ...rest });
  whole.add(which);
}

/** Fetches the rest of the texts in use, and from now on of every language that is chosen. */
export async function fetchRest(): Promise<void> {
  needsAll = true;
  while (!isThere(current)) await fetchNeeded(current);
}

async function fetchNeeded(which: Language): Promise<void> {
  if (needsAll) return fetchLanguage(which);
  const first = await FIRST[which]();
  if (!whole.has(which)) kept.set(which, first);
}

const isThere = (which: Language): boolean => whole.has(which) || (!needsAll && kept.has(which));

/** Takes the remembered language, else the first of the browser's that we have, else Finnish; any, where it is not had. */
export async function startLanguage(): Promise<void> {
  const asked = [recall(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  for (const each of new Set([...asked.filter(isLanguage), ...LANGUAGES])) {
    try {
      await fetchNeeded(each);
    } catch {
      continue;
    }
    wanted = each;
    return apply(each);
  }
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((known) => known === value);
}

/** The text of a key in the language in use. Inside a component it follows a change of language. */
export function t(key: Key, values?: Values): string {
  return tIn(current, key, values);
}

/** The text of a key in a language that need not be the one in use but is fetched: for what is sent to others. */
export function tIn(which: Language, key: Key, values?: Values): string {
  return fill(kept.get(which)?.[key] ?? key, LOCALES[which], values);
}

export function isKey(value: string): value is Key {
  const texts = kept.get(current);
  return texts !== undefined && Object.hasOwn(texts, value);
}

/** The text of a key that was put together; the spare one where there is no such key. */
export function tOr(key: string, spare: Key, values?: Values): string {
  return t(isKey(key) ? key : spare, values);
}

/** A day in the language's own form. */
export function day(when: number | string, which: Language = current): string {
  return dated(when, which, { dateStyle: "medium" });
}

/** A day with the time of day. */
export function moment(when: number | string): string {
  return dated(when, current, { dateStyle: "medium", timeStyle: "short" });
}

/** A number with this many decimals at most. */
export function figure(value: number, decimals = 0): string {
  return new Intl.NumberFormat(LOCALES[current], { maximumFractionDigits: decimals }).format(value);
}

function dated(when: number | string, which: Language, how: Intl.DateTimeFormatOptions): string {
  const at = time(when);
  return Number.isNaN(at) ? String(when) : new Intl.DateTimeFormat(LOCALES[which], how).format(at);
}

/** Milliseconds since 1970 of a time or a calendar day as the server or a field writes it. */
export function time(when: number | string): number {
  if (typeof when === "number") return when;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(when) ? `${when}T12:00:00` : when).getTime();
}

export function collator(): Intl.Collator {
  return new Intl.Collator(LOCALES[current]);
}

function apply(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  for (const watcher of watchers) watcher(next);
}

function recall(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(next: Language): void {
  try {
    localStorage.setItem(REMEMBERED, next);
  } catch {
    // A browser that keeps nothing still shows the language until the page is closed.
  }
}
