// The organisations of a board's series, as its fields offer and show them. Knows no server.

import type { Language } from "../i18n/language.svelte.ts";

export interface Organisation {
  readonly id: string;
  /** In the languages that it has a name in; empty or missing where it has none. */
  readonly name: Readonly<Partial<Record<Language, string>>>;
  readonly abbreviation: string;
  readonly sector: string;
}

/** Its name in this language, else in the first that has one. */
export function organisationName({ name, abbreviation }: Organisation, language: Language): string {
  const names = [name[language], name.fi, name.sv, name.en, abbreviation];
  return names.find((each) => each !== undefined && each.trim() !== "") ?? "";
}

/** What fields suggest: names and abbreviations, none twice. */
export function suggestions(organisations: readonly Organisation[], language: Language): string[] {
  const names = organisations.map((each) => organisationName(each, language));
  return [...new Set([...names, ...organisations.map((each) => each.abbreviation)])].filter((name) => name !== "");
}

/** The parts of a line that lists several, and the line of parts. */
export function partsOf(line: string): string[] {
  return line
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
export const lineOf = (parts: readonly string[]): string => parts.join(", ");
