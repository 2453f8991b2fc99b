// What the forms of a series take, said before the server says it. The server judges.

import type { Values } from "../../i18n/format.ts";
import type { Key } from "../../i18n/language.svelte.ts";
import type { Language, Names } from "../../net/api/series.ts";

/** Characters at most; the same in server/limits.rs. */
export const MOST = { name: 120, abbreviation: 20, team: 80, title: 120, line: 200, text: 2_000 } as const;

/** What is wrong with a field: a text and its values. */
export interface Wrong {
  readonly key: Key;
  readonly values?: Values;
}
export type Wrongs<Field extends string> = Partial<Record<Field, Wrong>>;

export interface SeriesFields {
  readonly languages: readonly Language[];
  readonly name: Names;
  readonly purpose: string;
  readonly starts: string;
  readonly ends: string;
}
export interface OrganisationFields {
  readonly name: Names;
  readonly abbreviation: string;
}
export interface TeamFields {
  readonly name: string;
  readonly title: string;
  readonly theme: string;
  readonly problem: string;
  readonly customerGroup: string;
}

export function short(text: string, most: number): Wrong | undefined {
  const n = [...text.trim()].length;
  return n > most ? { key: "form.tooLong", values: { most, n } } : undefined;
}

export function filled(text: string, most: number, empty: Key): Wrong | undefined {
  return text.trim() === "" ? { key: empty } : short(text, most);
}

/** At least one name in these languages, none too long; under the language whose field it is. */
export function namesWrong(names: Names, languages: readonly Language[], empty: Key): Partial<Record<Language, Wrong>> {
  const found: Partial<Record<Language, Wrong>> = {};
  for (const language of languages) {
    const wrong = short(names[language], MOST.name);
    if (wrong !== undefined) found[language] = wrong;
  }
  const [first] = languages;
  if (first !== undefined && languages.every((each) => names[each].trim() === "")) found[first] = { key: empty };
  return found;
}

export function seriesWrong(fields: SeriesFields): Wrongs<"languages" | "purpose" | "ends" | Language> {
  const backwards = fields.starts !== "" && fields.ends !== "" && fields.ends < fields.starts;
  return there({
    ...namesWrong(fields.name, fields.languages, "series.nameMissing"),
    languages: fields.languages.length === 0 ? { key: "series.languagesMissing" } : undefined,
    purpose: short(fields.purpose, MOST.text),
    ends: backwards ? { key: "series.endsEarly" } : undefined,
  });
}

export function organisationWrong(
  fields: OrganisationFields,
  languages: readonly Language[],
): Wrongs<"abbreviation" | Language> {
  return there({
    ...namesWrong(fields.name, languages, "organisation.nameMissing"),
    abbreviation: short(fields.abbreviation, MOST.abbreviation),
  });
}

export function teamWrong(fields: TeamFields): Wrongs<keyof TeamFields> {
  return there({
    name: filled(fields.name, MOST.team, "team.nameMissing"),
    title: filled(fields.title, MOST.title, "challenge.titleMissing"),
    theme: short(fields.theme, MOST.line),
    problem: short(fields.problem, MOST.text),
    customerGroup: short(fields.customerGroup, MOST.line),
  });
}

/** Those of the values that differ, for a change that leaves the rest as others have made it meanwhile. */
export function differing<T extends object>(before: T, after: T): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<T>;
}

function there<Field extends string>(found: { readonly [Name in Field]?: Wrong | undefined }): Wrongs<Field> {
  return Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong !== undefined)) as Wrongs<Field>;
}
