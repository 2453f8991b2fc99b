// What a facilitator can do with a person or a team of a series, and how each is asked. Knows no dialogs and no server.

import type { SeriesPeople, SeriesPerson } from "../../net/api/people.ts";
import type { Team } from "../../net/api/series.ts";
import type { Role } from "../../net/types.ts";

/** What is asked before anything happens. `team`: null is the whole series. */
export type Ask =
  | { readonly what: "details"; readonly person: SeriesPerson }
  | { readonly what: "role"; readonly person: SeriesPerson; readonly team: Team | null }
  | { readonly what: "move"; readonly person: SeriesPerson; readonly team: Team }
  | { readonly what: "lead"; readonly person: SeriesPerson }
  | { readonly what: "removeAll"; readonly person: SeriesPerson }
  | { readonly what: "remove"; readonly person: SeriesPerson; readonly team: Team | null }
  | { readonly what: "split"; readonly team: Team }
  | { readonly what: "merge"; readonly team: Team }
  | { readonly what: "withdraw"; readonly team: Team }
  | { readonly what: "restore"; readonly team: Team };

/** Who looks, as the server judges them. */
export interface Looker {
  readonly person: string;
  readonly role: Role;
}

/** Owners, and facilitators who lead, deal with facilitators. */
export function leads(looker: Looker, people: SeriesPeople): boolean {
  return looker.role === "owner" || people.lead === looker.person;
}

/** The roles that this one may give in a team, or in the whole series. */
export function rolesToGive(looker: Looker, people: SeriesPeople, whole: boolean): readonly Role[] {
  const all: readonly Role[] = whole
    ? ["observer", "facilitator", "owner"]
    : ["participant", "observer", "facilitator", "owner"];
  if (looker.role === "owner") return all;
  return all.filter((role) => role !== "owner" && (role !== "facilitator" || leads(looker, people)));
}

/** What can be asked about a person where they are listed: in a team, or (null) among those of the whole series. */
export function asksOf(
  person: SeriesPerson,
  team: Team | null,
  looker: Looker,
  people: SeriesPeople,
  others: readonly Team[],
): readonly Ask[] {
  const asks: Ask[] = [{ what: "details", person }];
  if (person.changeable) {
    asks.push({ what: "role", person, team });
    if (team !== null && others.some((other) => other.id !== team.id)) asks.push({ what: "move", person, team });
  }
  const runs = person.role === "owner" || person.role === "facilitator";
  if (team === null && runs && person.person !== people.lead && leads(looker, people))
    asks.push({ what: "lead", person });
  if (person.changeable) asks.push({ what: "remove", person, team }, { what: "removeAll", person });
  return asks;
}

/** The end of this local day, `yyyy-mm-dd`, in milliseconds since 1970. */
export function endOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + 1).getTime();
}

/** The last local day before a moment, `yyyy-mm-dd`. */
export function lastDay(end: number): string {
  const at = new Date(end - 1);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
