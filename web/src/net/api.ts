// The server's HTTP interface of docs/protocol.md, section 6, typed. Knows no views and no words for people.

import { controlOf, type ControlApi } from "./api/control.ts";
import { exportsOf, type ExportsApi } from "./api/exports.ts";
import { invitesOf, type InvitesApi } from "./api/invites.ts";
import { seriesOf, type BoardContext, type Language, type Names, type SeriesApi } from "./api/series.ts";
import { snapshotsOf, type SnapshotsApi } from "./api/snapshots.ts";
import { ApiProblem, createHttp, path, type Fetch, type Http } from "./http.ts";
import { readSession } from "./session.ts";
import type { Role, SessionState } from "./types.ts";

export { ApiProblem };
export type { Language };
export type { Invite, NewInvite } from "./api/invites.ts";

export interface Me {
  readonly person: string;
  readonly name: string;
  readonly language: Language;
  readonly serverOwner: boolean;
}

export interface BoardInfo {
  readonly id: string;
  readonly epoch: number;
  readonly title: string;
  readonly role: Role;
  readonly made: number | string;
  /** The team whose board it is, by name. */
  readonly team?: string | null;
  readonly series?: { readonly id: string; readonly name: Names } | null;
}

export interface InviteLook {
  readonly purpose: "server" | "board" | "series";
  readonly title?: string;
  readonly role?: Role;
  readonly team?: string | null;
  readonly series?: Names | null;
  readonly me?: Me;
}

export interface Joined {
  readonly me: Me;
  readonly board?: BoardInfo;
  readonly series?: { readonly id: string; readonly name: Names; readonly role: Role };
}

export interface Api {
  lookAtInvite(secret: string): Promise<InviteLook>;
  join(body: { secret: string; name?: string; language?: Language }): Promise<Joined>;
  me(): Promise<Me>;
  changeMe(body: { name?: string; language?: Language }): Promise<Me>;
  leave(): Promise<void>;
  boards(): Promise<readonly BoardInfo[]>;
  board(board: string): Promise<BoardInfo>;
  makeBoard(body: { title: string; content: "empty" | "demo" }): Promise<BoardInfo>;
  importBoard(file: Blob | string): Promise<BoardInfo>;
  session(board: string): Promise<{ seq: number; state: SessionState }>;
  command(board: string, body: { readonly type: string; readonly [key: string]: unknown }): Promise<{ seq: number }>;
  /** The series, team and challenge around a board. */
  context(board: string): Promise<BoardContext>;
  invites(board: string): InvitesApi;
  snapshots(board: string): SnapshotsApi;
  exports(board: string): ExportsApi;
  /** The control room of a series. */
  control(series: string): ControlApi;
  readonly series: SeriesApi;
  /** For the doors that come with what opens them. */
  readonly http: Http;
}

/** `url`: the server's public address without a trailing slash; empty for the page's own. */
export function createApi(url = "", fetch: Fetch = (to, init) => globalThis.fetch(to, init)): Api {
  const http = createHttp(url, fetch);
  const { ask } = http;
  const at = (board: string, rest = "") => `${path("/api/boards", board)}${rest}`;

  return {
    lookAtInvite: (secret) => ask("POST", "/api/invites/look", { secret }),
    join: (body) => ask("POST", "/api/join", body),
    me: () => ask("GET", "/api/me"),
    changeMe: (body) => ask("PATCH", "/api/me", body),
    leave: () => ask("POST", "/api/leave"),
    boards: () => ask("GET", "/api/boards"),
    board: (board) => ask("GET", at(board)),
    makeBoard: (body) => ask("POST", "/api/boards", body),
    importBoard: (file) => ask("POST", "/api/boards/import", file),
    async session(board) {
      const { seq, state } = await ask<{ seq: number; state: unknown }>("GET", at(board, "/session"));
      const read = readSession(seq, state, Date.now());
      if (read === undefined) throw new ApiProblem("unreadable", 200);
      return { seq, state: read };
    },
    command: (board, body) => ask("POST", at(board, "/commands"), body),
    context: (board) => ask("GET", at(board, "/context")),
    invites: (board) => invitesOf(http, at(board)),
    snapshots: (board) => snapshotsOf(http, board),
    exports: (board) => exportsOf(http, board),
    control: (series) => controlOf(http, series),
    series: seriesOf(http),
    http,
  };
}
