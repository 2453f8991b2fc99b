// What the forms of the script take, said before the server says it. The server judges.

import { namesWrong, short, type Wrong, type Wrongs } from "../series/rules.ts";
import type { Language, Names } from "../../net/api/series.ts";

/** At most; the same in server/limits.rs. */
export const MOST = { minutes: 480, area: 120, instruction: 600, message: 500, votes: 99, parts: 40 } as const;

export interface PartFields {
  readonly title: Names;
  readonly instruction: Names;
  readonly area: string;
  readonly minutes: string;
  readonly least: string;
  /** Participants may vote. */
  readonly votes: boolean;
  readonly method: "none" | "dots" | "rating" | "yesNo";
  readonly dots: string;
  readonly most: string;
}
type PartField = Language | `instruction.${Language}` | "area" | "minutes" | "least" | "vote" | "dots" | "most";

/** A whole number in these bounds, or nothing. */
export function whole(text: string, least: number, most: number): number | undefined {
  const trimmed = text.trim();
  const value = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

export function minutesWrong(text: string): Wrong | undefined {
  return whole(text, 1, MOST.minutes) === undefined ? { key: "partForm.minutesWrong" } : undefined;
}

export function partWrong(fields: PartFields): Wrongs<PartField> {
  const languages: readonly Language[] = ["fi", "sv", "en"];
  const minutes = whole(fields.minutes, 1, MOST.minutes);
  const dots = whole(fields.dots, 1, MOST.votes);
  const isDots = fields.method === "dots";
  const leastOk = fields.least.trim() === "" || whole(fields.least, 1, minutes ?? MOST.minutes) !== undefined;
  const found: { [Field in PartField]?: Wrong | undefined } = {
    ...namesWrong(fields.title, languages, "partForm.nameMissing"),
    area: short(fields.area, MOST.area),
    minutes: minutesWrong(fields.minutes),
    least: leastOk ? undefined : { key: "partForm.leastWrong" },
    vote: fields.votes && fields.method === "none" ? { key: "partForm.voteMissing" } : undefined,
    dots: isDots && dots === undefined ? { key: "partForm.votesWrong" } : undefined,
    most: isDots && whole(fields.most, 1, dots ?? MOST.votes) === undefined ? { key: "partForm.mostWrong" } : undefined,
  };
  for (const language of languages) {
    const long = short(fields.instruction[language], MOST.instruction);
    if (long !== undefined) found[`instruction.${language}`] = long;
  }
  return Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong !== undefined)) as Wrongs<PartField>;
}
