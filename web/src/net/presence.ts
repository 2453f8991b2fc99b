// Who else is here and what they do; what this browser tells of itself. Knows awareness bytes, no sockets.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { writable, type Readable, type Writable } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import type { OwnPresence, Presence } from "./types.ts";

/** Sent at most this often, and renewed this often: after 30 s without a word the server forgets it. */
const APART = 50;
const RENEW = 15_000;

/** Numbers and ids that others sent are used in drawing: anything else in their entries is left out. */
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((part) => typeof part === "number" && Number.isFinite(part));
const isRect = (value: unknown): value is [number, number, number, number] =>
  Array.isArray(value) &&
  value.length === 4 &&
  value.every((part) => typeof part === "number" && Number.isFinite(part)) &&
  value[2] > 0 &&
  value[3] > 0;
const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 20_000 && value.every((part) => typeof part === "string");

export class PresenceBook {
  readonly #others: Writable<readonly Presence[]> = writable<readonly Presence[]>([]);
  readonly #entries = new Map<number, { clock: number; presence: Presence | null }>();
  readonly #around: Surroundings;
  readonly #send: (bytes: Uint8Array) => void;
  #client: number;
  #own: OwnPresence = {};
  #also: OwnPresence = {};
  #clock = 0;
  #sentAt = -APART;
  #stopSend: (() => void) | null = null;
  #stopRenew: (() => void) | null = null;

  constructor(around: Surroundings, client: number, send: (bytes: Uint8Array) => void) {
    this.#around = around;
    this.#client = client;
    this.#send = send;
  }

  get others(): Readable<readonly Presence[]> {
    return this.#others;
  }

  publish(own: OwnPresence): void {
    this.#own = own;
    this.#ask();
  }

  /** What is told besides, until it is told otherwise. */
  also(also: OwnPresence): void {
    this.#also = also;
    this.#ask();
  }

  #ask(): void {
    if (this.#stopSend !== null) return;
    const wait = Math.max(0, this.#sentAt + APART - this.#around.now());
    this.#stopSend = this.#around.later(() => this.tell(), wait);
  }

  /** Sends at once: on connecting, and when it is time to renew. */
  tell(): void {
    this.#stopSend?.();
    this.#stopSend = null;
    this.#stopRenew?.();
    this.#clock += 1;
    this.#sentAt = this.#around.now();
    this.#send(encodeEntry(this.#client, this.#clock, { ...this.#own, ...this.#also }));
    this.#stopRenew = this.#around.later(() => this.tell(), RENEW);
  }

  receive(update: Uint8Array): void {
    for (const { client, clock, state } of decodeEntries(update)) {
      const known = this.#entries.get(client);
      if (client === this.#client || (known !== undefined && known.clock > clock)) continue;
      this.#entries.set(client, { clock, presence: presenceOf(client, state) });
    }
    this.#show();
  }

  /** The connection is gone, or another document was taken: nobody is known to be here. */
  reset(client: number): void {
    this.#client = client;
    this.#entries.clear();
    this.#stopSend?.();
    this.#stopRenew?.();
    this.#stopSend = null;
    this.#show();
  }

  /** What to send when leaving. */
  farewell(): Uint8Array {
    return encodeEntry(this.#client, this.#clock + 1, null);
  }

  #show(): void {
    const here = [...this.#entries.values()].flatMap((entry) => entry.presence ?? []);
    if (here.length > 0 || this.#others.value.length > 0) this.#others.set(here);
  }
}

export function encodeEntry(client: number, clock: number, state: object | null): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
}

/** All entries that can be read; what is malformed ends the reading. */
export function decodeEntries(update: Uint8Array): { client: number; clock: number; state: unknown }[] {
  const out: { client: number; clock: number; state: unknown }[] = [];
  try {
    const decoder = decoding.createDecoder(update);
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      out.push({ client, clock, state: JSON.parse(decoding.readVarString(decoder)) as unknown });
    }
  } catch {
    return out;
  }
  return out;
}

function presenceOf(client: number, state: unknown): Presence | null {
  if (typeof state !== "object" || state === null) return null;
  const { user, cursor, selection, editing, drag, resize, looking, following, laser } = state as Record<
    string,
    unknown
  >;
  const { id, name, role, color } = (user ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof name !== "string" || typeof color !== "string") return null;
  const { ids, by } = (drag ?? {}) as Record<string, unknown>;
  const { id: resized, at, size } = (resize ?? {}) as Record<string, unknown>;
  return {
    client,
    user: { id, name, role: role as Presence["user"]["role"], color },
    ...(isPair(cursor) ? { cursor } : {}),
    ...(isIds(selection) ? { selection } : {}),
    ...(typeof editing === "string" ? { editing } : {}),
    ...(isIds(ids) && isPair(by) ? { drag: { ids, by } } : {}),
    ...(typeof resized === "string" && isPair(at) && isPair(size) ? { resize: { id: resized, at, size } } : {}),
    ...(isRect(looking) ? { looking } : {}),
    ...(typeof following === "string" ? { following } : {}),
    ...(laser === true ? { laser } : {}),
  };
}
