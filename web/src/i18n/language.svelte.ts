// The language in use, its texts, numbers and dates; it can change while anything is open. Knows no pages.

import { en } from "./en.ts";
import { fi, type Key } from "./fi.ts";
import { fill, type Values } from "./format.ts";
import { sv } from "./sv.ts";

export type Language = "fi" | "sv" | "en";
export type { Key };
export const LANGUAGES: readonly Language[] = ["fi", "sv", "en"];

/** Names of the languages in themselves: whoever reads only one of them finds it. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { fi: "Suomi", sv: "Svenska", en: "English" };

const TEXTS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { fi, sv, en };
const LOCALES: Readonly<Record<Language, string>> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const REMEMBERED = "jalostamo.language";

let current = $state<Language>("fi");
const watchers = new Set<(language: Language) => void>();

export const language = {
  get current(): Language {
    return current;
  },
  get locale(): string {
    return LOCALES[current];
  },
  /** The person's own choice, remembered on this device. */
  choose(next: Language): void {
    apply(next);
    remember(next);
  },
  /** Calls back after every change: for views that are not made of components. */
  watch(watcher: (language: Language) => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
};

/** Takes the remembered language, else the first of the browser's that we have, else Finnish. */
export function startLanguage(): void {
  const wanted = [recall(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  apply(wanted.find(isLanguage) ?? "fi");
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((known) => known === value);
}

/** The text of a key in the language in use. Inside a component it follows a change of language. */
export function t(key: Key, values?: Values): string {
  return fill(TEXTS[current][key], LOCALES[current], values);
}

/** The text of a key in a language that need not be the one in use: for what is sent to others. */
export function tIn(which: Language, key: Key, values?: Values): string {
  return fill(TEXTS[which][key], LOCALES[which], values);
}

export function isKey(value: string): value is Key {
  return Object.hasOwn(fi, value);
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
