// The server's HTTP interface of docs/protocol.md, section 6, typed. Knows no views and no words for people.

import { readSession } from "./session.ts";
import type { Role, SessionState } from "./types.ts";

/** What went wrong: `code` is a stable word, `problem.<code>` in `i18n`. `offline`: the server was not reached. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, detail = "") {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "ApiProblem";
    this.code = code;
    this.status = status;
  }
}

export type Language = "fi" | "sv" | "en";

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
}

export interface InviteLook {
  readonly purpose: "server" | "board";
  readonly title?: string;
  readonly role?: Role;
  readonly me?: Me;
}

export interface Invite {
  readonly id: string;
  readonly role: Role;
  readonly made: number | string;
  readonly expires: number | string | null;
  readonly usesLeft: number | null;
  readonly revoked: boolean;
}

export interface NewInvite extends Invite {
  /** With the secret in it; shown once. */
  readonly url: string;
}

export interface Api {
  lookAtInvite(secret: string): Promise<InviteLook>;
  join(body: { secret: string; name?: string; language?: Language }): Promise<{ me: Me; board?: BoardInfo }>;
  me(): Promise<Me>;
  changeMe(body: { name?: string; language?: Language }): Promise<Me>;
  leave(): Promise<void>;
  boards(): Promise<readonly BoardInfo[]>;
  board(board: string): Promise<BoardInfo>;
  makeBoard(body: { title: string; content: "empty" | "demo" }): Promise<BoardInfo>;
  importBoard(file: Blob | string): Promise<BoardInfo>;
  /** The address of the board as a file, for a link. */
  exportUrl(board: string, format: "json" | "svg"): string;
  session(board: string): Promise<{ seq: number; state: SessionState }>;
  command(board: string, body: { readonly type: string; readonly [key: string]: unknown }): Promise<{ seq: number }>;
  invites(board: string): Promise<readonly Invite[]>;
  invite(board: string, body: { role: Role; expires?: number | string; uses?: number }): Promise<NewInvite>;
  revoke(board: string, invite: string): Promise<void>;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** `url`: the server's public address without a trailing slash; empty for the page's own. */
export function createApi(url = "", fetch: Fetch = (to, init) => globalThis.fetch(to, init)): Api {
  const ask = async <T>(method: string, path: string, body?: object | Blob | string): Promise<T> => {
    const plain = body === undefined || typeof body === "string" || body instanceof Blob;
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: plain ? (body as BodyInit) : JSON.stringify(body) }),
    };
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, init);
    } catch {
      throw new ApiProblem("offline", 0);
    }
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new ApiProblem("unreadable", response.status);
    }
  };
  const at = (board: string, rest = "") => `/api/boards/${encodeURIComponent(board)}${rest}`;

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
    exportUrl: (board, format) => `${url}${at(board, `/export.${format}`)}`,
    async session(board) {
      const { seq, state } = await ask<{ seq: number; state: unknown }>("GET", at(board, "/session"));
      const read = readSession(state);
      if (read === undefined) throw new ApiProblem("unreadable", 200);
      return { seq, state: read };
    },
    command: (board, body) => ask("POST", at(board, "/commands"), body),
    invites: (board) => ask("GET", at(board, "/invites")),
    invite: (board, body) => ask("POST", at(board, "/invites"), body),
    revoke: (board, invite) => ask("DELETE", at(board, `/invites/${encodeURIComponent(invite)}`)),
  };
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const { code, detail } = Object(await response.json()) as Record<string, unknown>;
    const text = typeof detail === "string" ? detail : "";
    return new ApiProblem(typeof code === "string" ? code : "unknown", response.status, text);
  } catch {
    return new ApiProblem("unknown", response.status);
  }
}
