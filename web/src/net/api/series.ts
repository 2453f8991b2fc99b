// Workshop series with their organisations, teams and challenges, typed. Knows no views.

import { path, type Http } from "../http.ts";
import type { Role } from "../types.ts";
import { invitesOf, type InvitesApi } from "./invites.ts";
import { workshopsOf, type WorkshopsApi } from "./workshops.ts";

export type Language = "fi" | "sv" | "en";

/** A name in each language; at least one is not empty. */
export type Names = Readonly<Record<Language, string>>;

export const SECTORS = [
  "ministry",
  "agency",
  "municipality",
  "wellbeingCounty",
  "kela",
  "association",
  "company",
  "resident",
  "other",
] as const;
export type Sector = (typeof SECTORS)[number];

export const NEED_TYPES = ["digitalisation", "practice", "process", "informationFlow"] as const;
export type NeedType = (typeof NEED_TYPES)[number];

export interface Organisation {
  readonly id: string;
  readonly name: Names;
  readonly abbreviation: string;
  readonly sector: Sector;
}

export interface Challenge {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  readonly problem: string;
  readonly customerGroup: string;
  readonly needTypes: readonly NeedType[];
  readonly proposerOrg: string | null;
  /** Null: no single organisation owns it, the network does. */
  readonly ownerOrg: string | null;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly board: string;
  readonly challenge: Challenge;
  /** Since when it works no more, milliseconds since 1970. */
  readonly withdrawn: number | null;
  /** The team that took it in. */
  readonly mergedInto: string | null;
  /** The team that it came out of. */
  readonly splitFrom: string | null;
}

export interface SeriesLine {
  readonly id: string;
  readonly name: Names;
  /** Days, `yyyy-mm-dd`. */
  readonly starts: string | null;
  readonly ends: string | null;
  readonly role: Role;
  readonly teams: number;
}

export interface Series {
  readonly id: string;
  readonly role: Role;
  readonly name: Names;
  readonly purpose: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly languages: readonly Language[];
  readonly owners: readonly string[];
  readonly organisations: readonly Organisation[];
  readonly teams: readonly Team[];
}

export type SeriesWish = Partial<
  Pick<Series, "name" | "purpose" | "starts" | "ends"> & { languages: readonly Language[]; owners: readonly string[] }
>;
export type OrganisationWish = Omit<Organisation, "id">;
export interface TeamWish {
  readonly name: string;
  readonly challenge: Partial<Omit<Challenge, "id">>;
}

/** What a board's people see of the series around it. */
export interface BoardContext {
  readonly series: Pick<Series, "id" | "name" | "starts" | "ends"> | null;
  readonly team:
    | (Pick<Team, "id" | "name"> & { readonly mergedInto?: { readonly name: string; readonly board: string } | null })
    | null;
  readonly challenge: Challenge | null;
  readonly organisations: readonly Organisation[];
  /** In their order: when people meet. */
  readonly workshops: readonly {
    readonly id: string;
    readonly title: Names;
    /** `yyyy-mm-dd` */
    readonly date: string | null;
    /** `hh:mm` */
    readonly begins: string | null;
    /** A name as `Europe/Helsinki`. */
    readonly zone: string;
  }[];
}

export interface SeriesApi {
  list(): Promise<readonly SeriesLine[]>;
  get(series: string): Promise<Series>;
  make(wish: SeriesWish): Promise<Series>;
  /** "Jalostamo 2020": six teams, each with its board. */
  makeDemo(): Promise<Series>;
  change(series: string, wish: SeriesWish): Promise<Series>;
  addOrganisation(series: string, wish: OrganisationWish): Promise<Organisation>;
  changeOrganisation(series: string, organisation: string, wish: Partial<OrganisationWish>): Promise<Organisation>;
  /** Refused with `inUse` while the series or a challenge refers to it. */
  removeOrganisation(series: string, organisation: string): Promise<void>;
  addTeam(series: string, wish: TeamWish): Promise<Team>;
  changeTeam(series: string, team: string, wish: Partial<TeamWish>): Promise<Team>;
  invites(series: string): InvitesApi;
  workshops(series: string): WorkshopsApi;
}

export function seriesOf(http: Http): SeriesApi {
  const all = "/api/series";
  const organisations = (series: string) => `${path(all, series)}/organisations`;
  const teams = (series: string) => `${path(all, series)}/teams`;
  return {
    list: () => http.ask("GET", all),
    get: (series) => http.ask("GET", path(all, series)),
    make: (wish) => http.ask("POST", all, wish),
    makeDemo: () => http.ask("POST", `${all}/demo`, {}),
    change: (series, wish) => http.ask("PATCH", path(all, series), wish),
    addOrganisation: (series, wish) => http.ask("POST", organisations(series), wish),
    changeOrganisation: (series, id, wish) => http.ask("PATCH", path(organisations(series), id), wish),
    removeOrganisation: (series, id) => http.ask("DELETE", path(organisations(series), id)),
    addTeam: (series, wish) => http.ask("POST", teams(series), wish),
    changeTeam: (series, id, wish) => http.ask("PATCH", path(teams(series), id), wish),
    invites: (series) => invitesOf(http, path(all, series)),
    workshops: (series) => workshopsOf(http, series),
  };
}
