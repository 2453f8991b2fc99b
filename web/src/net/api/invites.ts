// Invite links of a board or a series, typed: the same requests under two addresses. Knows no views.

import { path, type Http } from "../http.ts";
import type { Role } from "../types.ts";

export interface Invite {
  readonly id: string;
  readonly role: Role;
  readonly made: number | string;
  readonly expires: number | string | null;
  readonly usesLeft: number | null;
  readonly revoked: boolean;
}

/** A QR code: an SVG path in modules, `size` of them on a side with the quiet zone. */
export interface Qr {
  readonly size: number;
  readonly path: string;
}

export interface NewInvite extends Invite {
  /** With the secret in it; shown once. */
  readonly url: string;
  readonly qr?: Qr;
}

export interface InviteWish {
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly expires?: number;
  readonly uses?: number;
}

/** The links of one board or one series. */
export interface InvitesApi {
  list(): Promise<readonly Invite[]>;
  make(wish: InviteWish): Promise<NewInvite>;
  revoke(invite: string): Promise<void>;
}

/** `at`: the path of what the links lead to. */
export function invitesOf(http: Http, at: string): InvitesApi {
  return {
    list: () => http.ask("GET", `${at}/invites`),
    make: (wish) => http.ask("POST", `${at}/invites`, wish),
    revoke: (invite) => http.ask("DELETE", path(`${at}/invites`, invite)),
  };
}
