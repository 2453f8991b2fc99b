// The control room of a series: how its teams stand, and what they are told, typed. Knows no views.

import { path, type Http } from "../http.ts";
import type { Role } from "../types.ts";
import type { Names } from "./series.ts";

/** Moments are milliseconds since 1970 by the server's clock. */
export interface PersonNow {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly here: boolean;
  /** Since when they are not here any more, where that was seen. */
  readonly left: number | null;
}

export interface PartName {
  readonly id: string;
  readonly title: Names;
}

export interface PartNow extends PartName {
  readonly since: number;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly writing: "open" | "silent";
}

export type Timer =
  { readonly state: "running"; readonly deadline: number } | { readonly state: "paused"; readonly remaining: number };

export interface HelpNow {
  readonly person: string;
  readonly name: string;
  readonly at: number;
  readonly text: string;
  /** The name of who comes. */
  readonly coming: string | null;
  readonly comingBy: string | null;
}

export interface TeamNow {
  readonly team: string;
  readonly name: string;
  readonly challenge: string;
  readonly board: string;
  /** Its board cannot be read. */
  readonly damaged: boolean;
  /** What the next command to this team alone may expect. */
  readonly seq: number;
  readonly people: readonly PersonNow[];
  /** Of the last minute. */
  readonly made: number;
  readonly edits: number;
  readonly quiet: boolean;
  readonly script: {
    readonly workshop: string;
    readonly title: Names;
    readonly part: PartNow | null;
    readonly next: PartName | null;
  } | null;
  readonly timer: Timer | null;
  readonly paused: boolean;
  readonly message: { readonly text: string; readonly at: number; readonly by: string } | null;
  readonly hands: number;
  /** How many are done with the part. */
  readonly done: number;
  /** In the order in which they asked. */
  readonly help: readonly HelpNow[];
  /** The vote that is open. */
  readonly vote: { readonly id: string; readonly title: string; readonly done: number; readonly of: number } | null;
  /** The part with which the newest silent writing began that is neither revealed nor thrown away. */
  readonly unrevealed: string | null;
  readonly content: {
    readonly items: number;
    readonly obstacles: number;
    readonly types: Readonly<Record<string, number>>;
  } | null;
  /** Another one is another picture. */
  readonly thumbnail: string | null;
}

export interface CallsNow {
  readonly workshop: string;
  readonly seq: number;
}

export interface Wall {
  readonly now: number;
  readonly calls: readonly CallsNow[];
  readonly teams: readonly TeamNow[];
}

/** What changed: of teams the fields that are others now. */
export interface WallChanges {
  readonly now: number;
  readonly calls?: readonly CallsNow[];
  readonly teams: readonly (Pick<TeamNow, "team"> & Partial<TeamNow>)[];
}

export interface WorkshopName {
  readonly id: string;
  readonly title: Names;
}

/** A command of docs/protocol.md, 6.4. */
export interface Told {
  readonly type: string;
  readonly expected?: number;
  readonly [field: string]: unknown;
}

export interface ControlApi {
  /** The picture of a team's board, for an address. */
  thumbnail(team: string, tag: string): string;
  feed(): string;
  look(): Promise<Wall>;
  workshops(): Promise<readonly WorkshopName[]>;
  /** Tells all boards of a workshop; gives where it and the boards that are open stand then. */
  call(
    workshop: string,
    told: Told,
  ): Promise<{
    readonly seq: number;
    readonly boards: readonly { readonly team: string; readonly seq: number | null }[];
  }>;
}

export function controlOf(http: Http, series: string): ControlApi {
  const at = path("/api/series", series);
  return {
    thumbnail: (team, tag) => http.url(`${path(`${at}/teams`, team)}/thumbnail?${new URLSearchParams({ v: tag })}`),
    feed: () => http.url(`${at}/control/feed`),
    look: () => http.ask("GET", `${at}/control`),
    workshops: () => http.ask("GET", `${at}/workshops`),
    call: (workshop, told) => http.ask("POST", `${path(`${at}/workshops`, workshop)}/commands`, told),
  };
}
