// The workshops of a series, their agendas, and what is said to all their boards, typed. Knows no views.

import { path, type Http } from "../http.ts";
import { readFacilitated, type Facilitated, type Part } from "../script.ts";
import type { Names } from "./series.ts";

export const WORKSHOP_KINDS = ["kickoff", "working", "visit", "gala"] as const;
export type WorkshopKind = (typeof WORKSHOP_KINDS)[number];
export const SETTINGS = ["virtual", "hybrid", "inPerson"] as const;
export type Setting = (typeof SETTINGS)[number];

/** A workshop in a list. */
export interface WorkshopLine {
  readonly id: string;
  readonly title: Names;
  readonly kind: WorkshopKind;
  readonly setting: Setting;
  /** `yyyy-mm-dd` */
  readonly date: string | null;
  /** `hh:mm` */
  readonly begins: string | null;
  /** A name as `Europe/Helsinki`. */
  readonly zone: string;
  /** How many minutes before the beginning the first part begins. */
  readonly opens: number;
  /** From the beginning to the end of the last part. */
  readonly minutes: number;
}

/** A part as the agenda tells it. */
export interface TimedPart extends Part {
  /** Minutes after the beginning; below zero before it. */
  readonly starts: number;
}
/** A part to keep; without an id it is a new one. */
export type PartWish = Omit<Part, "id"> & { readonly id?: string };

export interface Workshop extends WorkshopLine {
  /** Of the agenda. */
  readonly version: number;
  readonly agenda: readonly TimedPart[];
}
export type WorkshopWish = Partial<Omit<WorkshopLine, "id" | "opens" | "minutes">>;

/** A command of docs/protocol.md, 6.4. */
export interface Command {
  readonly type: string;
  readonly expected?: number;
  readonly [key: string]: unknown;
}

export interface WorkshopsApi {
  list(): Promise<readonly WorkshopLine[]>;
  get(workshop: string): Promise<Workshop>;
  make(wish: WorkshopWish): Promise<Workshop>;
  change(workshop: string, wish: WorkshopWish): Promise<Workshop>;
  /** Refused with `conflict` when the agenda is of another version by now. */
  setAgenda(workshop: string, version: number, parts: readonly PartWish[]): Promise<Workshop>;
  /** Refused with `inUse` once anything was said to its boards. */
  remove(workshop: string): Promise<void>;
  order(workshops: readonly string[]): Promise<readonly WorkshopLine[]>;
  /** To all boards. */
  call(workshop: string, command: Command): Promise<{ readonly seq: number }>;
  /** Where the workshop stands by what was said to all its boards. */
  session(workshop: string): Promise<Facilitated>;
}

export function workshopsOf(http: Http, series: string): WorkshopsApi {
  const all = `${path("/api/series", series)}/workshops`;
  return {
    list: () => http.ask("GET", all),
    get: (id) => http.ask("GET", path(all, id)),
    make: (wish) => http.ask("POST", all, wish),
    change: (id, wish) => http.ask("PATCH", path(all, id), wish),
    setAgenda: (id, version, parts) => http.ask("PUT", `${path(all, id)}/agenda`, { version, parts }),
    remove: (id) => http.ask("DELETE", path(all, id)),
    order: (workshops) => http.ask("POST", `${path("/api/series", series)}/workshop-order`, { workshops }),
    call: (id, command) => http.ask("POST", `${path(all, id)}/commands`, command),
    async session(id) {
      const { seq, state } = await http.ask<{ seq: number; state: unknown }>("GET", `${path(all, id)}/session`);
      return readFacilitated(seq, state, Date.now());
    },
  };
}
