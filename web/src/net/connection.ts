// One open board: its document, its session, who is there, and what of it is saved. Knows no views and no words.

import type { Permissions, Server } from "../commands/types.ts";
import type { BoardModel } from "../model/board.ts";
import type { PersonId } from "../model/types.ts";
import type { Readable } from "./store.ts";
import type { OwnPresence, Presence, RefusedEdit, SaveState, SessionState } from "./types.ts";

export interface BoardOptions {
  readonly board: string;
  readonly epoch: number;
  readonly person: PersonId;
  /** The server's public URL, `https://…` or `http://…`, without a trailing slash. */
  readonly url: string;
}

export interface BoardConnection {
  /** Another model whenever a fresh document was taken: after a refused edit, or a collision of client ids. */
  readonly model: Readable<BoardModel>;
  /** The state line. */
  readonly state: Readable<SaveState>;
  /** Null until the server has sent it. */
  readonly session: Readable<SessionState | null>;
  /** What the person may do, from session and authorship; nothing until the session is known. */
  readonly permissions: Readable<Permissions>;
  readonly presence: PresenceDoor;
  readonly refused: RefusedTray;
  /** Facilitators' commands for this board. */
  readonly server: Server;
  /** When the copy on this device has been read (or could not be, or took more than a second). */
  readonly ready: Promise<void>;
  close(): void;
}

export interface PresenceDoor {
  /** Everyone else's connections. */
  readonly others: Readable<readonly Presence[]>;
  /** Replaces what this browser tells; sent at most 20 times a second. */
  publish(own: OwnPresence): void;
}

export interface RefusedTray {
  readonly edits: Readable<readonly RefusedEdit[]>;
  /** Does the edit again, as ordinary writes on the board as it is now, and takes it out of the tray. */
  reapply(id: string): void;
  discard(id: string): void;
}

export declare function openBoard(options: BoardOptions): BoardConnection;
