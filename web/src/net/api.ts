// The server's HTTP API as functions. Knows no views and no words for people: a failure carries a `code`.

import type { Role } from "./types.ts";

/** What the server answered instead: `code` is a key of `i18n` (`problem.<code>`). */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, detail = "") {
    super(detail === "" ? code : detail);
    this.name = "Problem";
    this.code = code;
    this.status = status;
  }
}

export interface Me {
  readonly person: string;
  readonly name: string;
  readonly language: string;
  readonly serverOwner: boolean;
}
export interface BoardRecord {
  readonly id: string;
  readonly epoch: number;
  readonly title: string;
  readonly role: Role;
  readonly made: number;
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
  readonly made: number;
  readonly expires: number | null;
  readonly usesLeft: number | null;
  readonly revoked: boolean;
}
export interface NewInvite extends Invite {
  readonly url: string;
}

export const api = {
  look: (secret: string) => call<InviteLook>("POST", "/api/invites/look", { secret }),
  join: (body: { secret: string; name?: string; language?: string }) =>
    call<{ me: Me; board?: BoardRecord }>("POST", "/api/join", body),
  me: () => call<Me>("GET", "/api/me"),
  changeMe: (body: { name?: string; language?: string }) => call<Me>("PATCH", "/api/me", body),
  leave: () => call<void>("POST", "/api/leave"),
  boards: () => call<readonly BoardRecord[]>("GET", "/api/boards"),
  board: (id: string) => call<BoardRecord>("GET", `/api/boards/${id}`),
  makeBoard: (title: string, content: "empty" | "demo") =>
    call<BoardRecord>("POST", "/api/boards", { title, content }),
  importBoard: (file: Blob) => call<BoardRecord>("POST", "/api/boards/import", file),
  invites: (board: string) => call<readonly Invite[]>("GET", `/api/boards/${board}/invites`),
  invite: (board: string, role: Role) => call<NewInvite>("POST", `/api/boards/${board}/invites`, { role }),
  revoke: (board: string, invite: string) => call<void>("DELETE", `/api/boards/${board}/invites/${invite}`),
};

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      ...(body === undefined
        ? {}
        : {
            headers: { "content-type": "application/json" },
            body: body instanceof Blob ? body : JSON.stringify(body),
          }),
    });
  } catch {
    throw new Problem("offline", 0);
  }
  const text = await response.text();
  let value: unknown;
  try {
    value = text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new Problem("internal", response.status);
  }
  if (response.ok) return value as Answer;
  const said = value as { code?: unknown; detail?: unknown } | undefined;
  throw new Problem(
    typeof said?.code === "string" ? said.code : "other",
    response.status,
    typeof said?.detail === "string" ? said.detail : "",
  );
}
