// Names in several languages: which one to show, and in what language it is. Knows no records.

import type { Language, Names } from "../net/api/series.ts";

const ORDER: readonly Language[] = ["fi", "sv", "en"];

export interface Named {
  readonly text: string;
  /** The language of the text, for whoever reads it aloud. */
  readonly lang: Language;
}

/** The name in the language asked for, else the first that there is. */
export function named(names: Names, wanted: Language): Named {
  const lang = [wanted, ...ORDER].find((each) => names[each].trim() !== "") ?? wanted;
  return { text: names[lang], lang };
}

export function nameIn(names: Names, wanted: Language): string {
  return named(names, wanted).text;
}

/** Only the names of these languages: what was written for another that was then taken away does not stay. */
export function keepOnly(names: Names, languages: readonly Language[]): Names {
  const kept = (language: Language) => (languages.includes(language) ? names[language].trim() : "");
  return { fi: kept("fi"), sv: kept("sv"), en: kept("en") };
}
