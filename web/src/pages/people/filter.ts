// Which people of a series are shown. Knows no view.

import type { SeriesPerson } from "../../net/api/people.ts";

export interface Filter {
  /** In a name, organisation, profession or perspective. */
  readonly words: string;
  /** Only those who have a board open now. */
  readonly here: boolean;
  /** Only those of whom no organisation is known. */
  readonly unknown: boolean;
}

/** `organisation`: the name of theirs, as it is shown. */
export function isShown(person: SeriesPerson, organisation: string, filter: Filter): boolean {
  if (filter.here && !person.here) return false;
  if (filter.unknown && person.organisation !== null) return false;
  const texts = [person.name, organisation, person.profession, person.perspective].map((text) => text.toLowerCase());
  const words = filter.words.toLowerCase().split(/\s+/);
  return words.every((word) => texts.some((text) => text.includes(word)));
}
