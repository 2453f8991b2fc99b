// What the connection tells the rest of the browser app. Knows no sockets and no words for people.

import type { Attention } from "./attention.ts";
import type { Facilitated } from "./script.ts";
import type { Asking } from "./api/surveys.ts";
import type { OpenVote } from "./api/votes.ts";

/** The state line. `saved` means: the server has acknowledged every edit as durable, nothing less. */
export type SaveState =
  | { readonly kind: "loading" }
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly changes: number }
  | { readonly kind: "offline"; readonly changes: number }
  | { readonly kind: "reconnecting"; readonly changes: number }
  /** The server cannot write (disk full or failing); edits stay on this device. */
  | { readonly kind: "serverCannotSave"; readonly why: "full" | "failing"; readonly changes: number }
  /** The connection ended for good: no right, unknown board, signed out, protocol error. */
  | {
      readonly kind: "ended";
      readonly why: "forbidden" | "unknown" | "moved" | "unauthorized" | "retired" | "damaged" | "policy";
    };

export type Role = "owner" | "facilitator" | "participant" | "observer";
export type ActionName = "create" | "edit" | "move" | "connect" | "delete" | "comment" | "meta" | "enter";
export type WhoseName = "own" | "others" | "locked";

export interface Person {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly here: boolean;
  /** In which they read the app; left out when it is not known. */
  readonly language?: string;
}

/** The session state of docs/protocol.md, 3.2. */
export interface SessionState extends Facilitated {
  readonly me: { readonly person: string; readonly role: Role };
  readonly people: readonly Person[];
  readonly locked: readonly string[];
  readonly paused: boolean;
  /** The board's team works no more: only owners and facilitators edit. */
  readonly withdrawn: boolean;
  readonly allowed: Readonly<Record<ActionName, readonly WhoseName[]>>;
  readonly storage: "good" | "full" | "failing";
  readonly attention: Attention;
  /** The vote that is open, whether one may vote in it now, and how many votes have a result. */
  readonly vote?: OpenVote | null | undefined;
  readonly mayVote?: boolean | undefined;
  readonly results?: number | undefined;
  /** The survey that is to be answered. */
  readonly survey?: Asking | null | undefined;
  /** The oldest first. */
  readonly rounds: readonly SilentRound[];
  /** How many have written something in private, by round, where everybody is to know. */
  readonly written: Readonly<Record<string, number>>;
}

/** A round of silent writing (docs/protocol.md, 7.2). */
export interface SilentRound {
  readonly round: string;
  readonly part: string;
  readonly number: number;
  readonly naming: "named" | "anonymous";
  /** Kinds of items that may be written; null: all. */
  readonly adds: readonly string[] | null;
  readonly now: boolean;
  readonly open: boolean;
  readonly discarded: boolean;
  readonly counted: boolean;
  /** Where the newest reveal put what there was: x, y, width, height. */
  readonly area?: readonly [number, number, number, number];
}

/** Another connection's presence, as the server stamped it. */
export interface Presence {
  readonly client: number;
  readonly user: { readonly id: string; readonly name: string; readonly role: Role; readonly color: string };
  readonly cursor?: readonly [number, number];
  readonly selection?: readonly string[];
  readonly editing?: string;
  readonly drag?: { readonly ids: readonly string[]; readonly by: readonly [number, number] };
  readonly resize?: {
    readonly id: string;
    readonly at: readonly [number, number];
    readonly size: readonly [number, number];
  };
  /** The part of the board on their screen: left, top, width, height; there while somebody follows, or they lead. */
  readonly looking?: readonly [number, number, number, number];
  /** The person whose view theirs follows. */
  readonly following?: string;
  /** Their cursor is a laser pointer. */
  readonly laser?: true;
}

/** What a person tells the others about themself. */
export type OwnPresence = Omit<Presence, "client" | "user"> & { readonly view?: "canvas" | "outline" };

/** An edit that the server refused: kept for the *Not saved* tray, where it can be applied again. */
export interface RefusedEdit {
  readonly id: string;
  readonly at: number;
  readonly reason: {
    readonly code: string;
    readonly object?: string;
    readonly detail?: string;
    readonly part?: string;
  };
  /** What it did to each object, in plain values: text and fields as they were in the refused copy. */
  readonly objects: readonly {
    readonly id: string;
    readonly kind: string;
    readonly what: "created" | "changed" | "deleted";
    readonly text: string;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
}
