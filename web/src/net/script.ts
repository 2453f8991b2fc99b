// The step script as the session state tells it: the workshop that runs, its parts, timer, message. Knows no sockets.

import type { Names } from "./api/series.ts";

/** What participants may do in a part; what is left out they may not. */
export interface May {
  /** Kinds of items that they may make. */
  readonly add: readonly string[];
  readonly editOwn: boolean;
  readonly editAll: boolean;
  readonly move: boolean;
  readonly connect: boolean;
  readonly deleteOwn: boolean;
  readonly comment: boolean;
  readonly vote: boolean;
}
export type Vote =
  | { readonly method: "dots"; readonly votes: number; readonly most: number }
  | { readonly method: "rating" }
  | { readonly method: "yesNo" };

/** A part of an agenda; docs/protocol.md, 6.4. */
export interface Part {
  readonly id: string;
  readonly title: Names;
  readonly instruction: Names;
  readonly minutes: number;
  readonly least: number | null;
  /** It runs before the beginning, if it is among the first. */
  readonly early?: boolean;
  readonly frame: string | null;
  /** The title of that frame: each board has its own of it, from when the part begins there. */
  readonly area?: string;
  /** Null: what their role allows. */
  readonly may: May | null;
  readonly writing: "open" | "silent";
  readonly naming: "named" | "anonymous";
  readonly vote: Vote | null;
  /** Kinds of items that a vote is about; none: every kind that is no container. */
  readonly voteOn?: readonly string[];
}

export type Progress = "done" | "current" | "skipped" | "ahead";

/** A part on a board. */
export interface PartLine extends Part {
  /** On the agenda, from 1. */
  readonly place: number;
  readonly progress: Progress;
  /** When it is to begin, as things are: milliseconds since 1970. */
  readonly starts?: number;
}

export interface Script {
  readonly workshop: string;
  readonly title: Names;
  readonly since: number;
  readonly ended: number | null;
  readonly part: { readonly part: string; readonly since: number } | null;
  /** How many parts the agenda has; participants are told only those that run or ran. */
  readonly count: number;
  readonly parts: readonly PartLine[];
}

/** A timer by this device's clock, whatever the server's shows. */
export interface Timer {
  readonly runs: boolean;
  /** Milliseconds that were left when it was heard of. */
  readonly left: number;
  /** When that was, by this device's clock. */
  readonly heard: number;
  /** Tells two timers apart: the deadline, or what remains. */
  readonly mark: number;
}

export interface Message {
  readonly text: string;
  readonly at: number;
  readonly by: string;
}

/** What runs on a board, or in a workshop as a whole. */
export interface Facilitated {
  /** The number of the newest facilitation event; in a workshop of the last call. */
  readonly seq: number;
  readonly script: Script | null;
  readonly timer: Timer | null;
  readonly message: Message | null;
  /** Kinds of items that I may make now; null: all that my role may. */
  readonly adds: readonly string[] | null;
}

/** Reads it from a state of docs/protocol.md, 3.2; `now` is this device's clock. */
export function readFacilitated(seq: unknown, value: unknown, now: number): Facilitated {
  const { script, timer, message, adds } = Object(value) as Record<string, unknown>;
  return {
    seq: typeof seq === "number" ? seq : 0,
    script: isObject(script) && Array.isArray(script["parts"]) ? (script as unknown as Script) : null,
    timer: readTimer(timer, now),
    message: isObject(message) && typeof message["text"] === "string" ? (message as unknown as Message) : null,
    adds: Array.isArray(adds) ? (adds as string[]) : null,
  };
}

/** Milliseconds that are left at this moment of this device's clock; never less than none. */
export function leftOf(timer: Timer, now: number): number {
  return Math.max(0, timer.runs ? timer.left - Math.max(0, now - timer.heard) : timer.left);
}

function readTimer(value: unknown, heard: number): Timer | null {
  if (!isObject(value) || typeof value["left"] !== "number") return null;
  const runs = value["state"] === "running";
  return { runs, left: value["left"], heard, mark: Number(runs ? value["deadline"] : value["remaining"]) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
