// A board's named snapshots, typed. Knows no views and does not read documents.

import { path, query, type Http } from "../http.ts";
import type { BoardInfo } from "../api.ts";

export interface SnapshotLine {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly at: number | string;
  readonly by: string;
  /** Empty when they gave none. */
  readonly byName: string;
}

/** An item or an arrow that is on one side only. */
export interface ComparedLine {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

/** A field that differs; `place` holds all that decides where an item stands. */
export interface FieldChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ChangedLine extends ComparedLine {
  readonly fields: readonly FieldChange[];
}

export interface Comparison {
  readonly added: readonly ComparedLine[];
  readonly removed: readonly ComparedLine[];
  readonly changed: readonly ChangedLine[];
}

export interface SnapshotsApi {
  list(): Promise<readonly SnapshotLine[]>;
  take(name: string): Promise<SnapshotLine>;
  rename(snapshot: string, name: string): Promise<SnapshotLine>;
  remove(snapshot: string): Promise<void>;
  /** One lib0-v1 update. */
  document(snapshot: string): Promise<Uint8Array>;
  /** With another, later snapshot, or with the board as it is now. */
  compare(snapshot: string, other?: string): Promise<Comparison>;
  copy(snapshot: string, title: string): Promise<BoardInfo>;
}

export function snapshotsOf(http: Http, board: string): SnapshotsApi {
  const all = `${path("/api/boards", board)}/snapshots`;
  const at = (snapshot: string) => path(all, snapshot);
  return {
    list: () => http.ask("GET", all),
    take: (name) => http.ask("POST", all, { name }),
    rename: (snapshot, name) => http.ask("PATCH", at(snapshot), { name }),
    remove: (snapshot) => http.ask("DELETE", at(snapshot)),
    document: (snapshot) => http.bytes(`${at(snapshot)}/document`),
    compare: (snapshot, other) => http.ask("GET", `${at(snapshot)}/compare${query({ with: other })}`),
    copy: (snapshot, title) => http.ask("POST", `${at(snapshot)}/copy`, { title }),
  };
}
