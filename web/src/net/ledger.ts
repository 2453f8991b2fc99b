// What is saved and what is not yet: counts changes, messages and acknowledgements. Knows no sockets and no documents.
//
// A change is safe when the server has acknowledged, as durable, a message of the *current* connection that was
// sent after the change and before which nothing is missing. The first such message of a connection is the answer
// to the server's sync step 1: it holds everything the server lacks. What was acknowledged on an earlier
// connection stays safe; what was sent there and not acknowledged counts for nothing.

import type { SaveState } from "./types.ts";

export type Ended = (SaveState & { kind: "ended" })["why"];

/** Where the connection stands. */
export type Phase = "first" | "waiting" | "offline" | "connecting" | "synced";

export class Ledger {
  #made: number;
  #safe = 0;
  #sent: number[] = [];
  #acknowledged = 0;

  /** `unsaved`: how many changes an earlier tab of this browser left unacknowledged. */
  constructor(unsaved = 0) {
    this.#made = unsaved;
  }

  get changes(): number {
    return this.#made - this.#safe;
  }

  /** Whether this connection's first message, which closes every gap, is acknowledged. */
  get isCaughtUp(): boolean {
    return this.#acknowledged > 0;
  }

  changed(): void {
    this.#made += 1;
  }

  /** Adds what an earlier tab left, when it is read late. */
  carry(unsaved: number): void {
    this.#made += unsaved;
  }

  connected(): void {
    this.#sent = [];
    this.#acknowledged = 0;
  }

  /** A sync message with all changes made until now was sent, but for the `later` newest, which come in further ones. */
  sent(later = 0): void {
    this.#sent.push(this.#made - later);
  }

  get sentCount(): number {
    return this.#sent.length;
  }

  /** The first `n` messages of this connection are done with. */
  durable(n: number): void {
    const known = Math.min(n, this.#sent.length);
    if (!Number.isInteger(n) || known <= this.#acknowledged) return;
    this.#acknowledged = known;
    this.#safe = Math.max(this.#safe, this.#sent[known - 1] ?? 0);
  }

  state(phase: Phase, storage: "good" | "full" | "failing", ended: Ended | null): SaveState {
    const { changes } = this;
    if (ended !== null) return { kind: "ended", why: ended };
    if (phase === "first") return { kind: "loading" };
    if (phase === "offline") return { kind: "offline", changes };
    if (phase === "waiting" || phase === "connecting") return { kind: "reconnecting", changes };
    if (storage !== "good") return { kind: "serverCannotSave", why: storage, changes };
    return changes === 0 && this.isCaughtUp ? { kind: "saved" } : { kind: "saving", changes };
  }
}

export function sameState(a: SaveState, b: SaveState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
