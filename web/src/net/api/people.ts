// People of a series and what is done with its teams, typed: docs/protocol.md 6.9. Knows no views.

import { path, type Http } from "../http.ts";
import type { Role } from "../types.ts";
import type { Sector, Team } from "./series.ts";

/** What somebody says about themselves in a series. */
export interface PersonDetails {
  /** Of the series. */
  readonly organisation: string | null;
  readonly profession: string;
  readonly perspective: string;
}

export interface TeamRole {
  readonly team: string;
  readonly role: Role;
  /** When it ends, milliseconds since 1970. */
  readonly ends: number | null;
  readonly here: boolean;
}

export interface SeriesPerson extends PersonDetails {
  readonly person: string;
  readonly name: string;
  /** In the series, on all its boards. */
  readonly role: Role | null;
  readonly ends: number | null;
  readonly teams: readonly TeamRole[];
  /** The last day on which they had a board open, `yyyy-mm-dd`. */
  readonly seen: string | null;
  readonly here: boolean;
  /** Whether the one who asks may change their roles. */
  readonly changeable: boolean;
}

interface Shares<T> {
  readonly present: readonly T[];
  readonly absent: readonly T[];
}

/** Who is in a team and who is missing, beside the whole series. */
export interface Representation {
  readonly team: string;
  readonly sectors: Shares<Sector>;
  readonly perspectives: Shares<string>;
  /** People of no known organisation. */
  readonly unknown: number;
}

export interface SeriesPeople {
  readonly lead: string | null;
  readonly people: readonly SeriesPerson[];
  readonly teams: readonly Representation[];
}

/** `team`: left out, the role in the series. `role`: null takes it away. */
export interface RoleWish {
  readonly team?: string;
  readonly role: Role | null;
  readonly ends?: number;
}

/** Where somebody was moved to from a board. */
export interface Moved {
  readonly board: string;
  readonly title: string;
  readonly team: string | null;
}

export interface PeopleApi {
  list(): Promise<SeriesPeople>;
  me(): Promise<PersonDetails>;
  changeMe(wish: Partial<PersonDetails>): Promise<PersonDetails>;
  change(person: string, wish: Partial<PersonDetails>): Promise<PersonDetails>;
  setRole(person: string, wish: RoleWish): Promise<void>;
  move(person: string, from: string, to: string): Promise<void>;
  remove(person: string): Promise<void>;
  handLead(person: string): Promise<void>;
  withdraw(team: string): Promise<Team>;
  restore(team: string): Promise<Team>;
  split(team: string, wish: { name: string; snapshot?: string; people: readonly string[] }): Promise<Team>;
  merge(team: string, into: string): Promise<Team>;
}

/** Where the caller was moved from this board. */
export const movedFrom = (http: Http, board: string): Promise<Moved> =>
  http.ask("GET", `${path("/api/boards", board)}/moved`);

export function peopleOf(http: Http, series: string): PeopleApi {
  const own = path("/api/series", series);
  const person = (id: string, rest = "") => `${path(`${own}/people`, id)}${rest}`;
  const team = (id: string, what: string) => `${path(`${own}/teams`, id)}/${what}`;
  return {
    list: () => http.ask("GET", `${own}/people`),
    me: () => http.ask("GET", `${own}/me`),
    changeMe: (wish) => http.ask("PATCH", `${own}/me`, wish),
    change: (id, wish) => http.ask("PATCH", person(id), wish),
    setRole: (id, wish) => http.ask("PUT", person(id, "/role"), wish),
    move: (id, from, to) => http.ask("POST", person(id, "/move"), { from, to }),
    remove: (id) => http.ask("DELETE", person(id)),
    handLead: (id) => http.ask("POST", `${own}/lead`, { person: id }),
    withdraw: (id) => http.ask("POST", team(id, "withdraw")),
    restore: (id) => http.ask("POST", team(id, "restore")),
    split: (id, wish) => http.ask("POST", team(id, "split"), wish),
    merge: (id, into) => http.ask("POST", team(id, "merge"), { into }),
  };
}
