// One socket that comes back: backoff, waking, watching for silence. Knows frames as bytes only.

import { ping, pong, read, type Frame } from "./frames.ts";
import type { Socket, Surroundings } from "./surroundings.ts";
import type { Ended } from "./ledger.ts";

/** The server says something at least every 12 s; after this long without a word the socket is dead. */
const SILENCE = 35_000;
const CHECK = 5_000;
/** How long a socket may take to open, and to answer when the page wakes. */
const OPEN_TIME = 15_000;
const WAKE_TIME = 4_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

export interface WireEvents {
  opened(): void;
  frame(name: string, frame: Frame): void;
  /** The socket is gone; another will be tried. `failures` in a row without a frame. */
  lost(failures: number): void;
  ended(why: Ended): void;
}

const OPEN = 1;

const ENDED: Readonly<Record<number, Ended>> = {
  1008: "policy",
  1009: "policy",
  4401: "unauthorized",
  4403: "forbidden",
  4404: "unknown",
  4409: "moved",
  4410: "retired",
  4422: "damaged",
};

export class Wire {
  readonly #url: string;
  readonly #around: Surroundings;
  readonly #events: WireEvents;
  readonly #stops: (() => void)[] = [];
  #socket: Socket | null = null;
  #stopTimer: (() => void) | null = null;
  #stopCheck: (() => void) | null = null;
  #failures = 0;
  #heard = 0;
  #closed = false;

  constructor(url: string, around: Surroundings, events: WireEvents) {
    this.#url = url;
    this.#around = around;
    this.#events = events;
  }

  start(): void {
    const wake = () => this.wake();
    for (const event of ["online", "visible", "pageshow"] as const) this.#stops.push(this.#around.on(event, wake));
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === OPEN;
  }

  send(bytes: Uint8Array): void {
    if (this.isOpen) this.#socket?.send(bytes);
  }

  /**
   * The network or the page is back. A socket that a sleeping iPad or the back-forward cache froze looks open and
   * is not: it must answer soon, or another is made.
   */
  wake(): void {
    if (this.#closed) return;
    if (!this.isOpen) {
      this.#failures = 0;
      this.#drop();
      this.#connect();
      return;
    }
    const asked = this.#around.now();
    this.send(ping());
    this.#around.later(() => {
      if (!this.#closed && this.isOpen && this.#heard < asked) this.#lose(0);
    }, WAKE_TIME);
  }

  /** Drops the socket and makes another at once. */
  renew(): void {
    if (this.#closed) return;
    this.#drop();
    this.#events.lost(0);
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#drop();
  }

  #connect(): void {
    this.#stopTimer?.();
    const socket = this.#around.socket(this.#url);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    this.#stopTimer = this.#around.later(() => this.#lose(0), OPEN_TIME);
    socket.onopen = () => {
      this.#stopTimer?.();
      this.#heard = this.#around.now();
      this.#watch();
      this.#events.opened();
    };
    socket.onmessage = (event) => this.#message(event.data);
    socket.onerror = null;
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#lose(event.code);
    };
  }

  #message(data: unknown): void {
    this.#heard = this.#around.now();
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data instanceof Uint8Array ? data : undefined;
    const found = bytes === undefined ? undefined : read(bytes);
    if (found === undefined) return;
    this.#failures = 0;
    if (found.frame.type === "ping") this.send(pong());
    else this.#events.frame(found.name, found.frame);
  }

  #watch(): void {
    this.#stopCheck?.();
    this.#stopCheck = this.#around.later(() => {
      if (this.#around.now() - this.#heard > SILENCE) this.#lose(0);
      else this.#watch();
    }, CHECK);
  }

  #lose(code: number): void {
    if (this.#closed) return;
    this.#drop();
    const ended = ENDED[code];
    if (ended !== undefined) {
      this.close();
      this.#events.ended(ended);
      return;
    }
    this.#failures += 1;
    this.#events.lost(this.#failures);
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(10, this.#failures));
    const least = code === 1013 ? LONGEST_WAIT / 2 : FIRST_WAIT;
    // Jitter: a server that restarts must not meet everybody in the same moment.
    const wait = least + this.#around.random() * Math.max(0, most - least);
    this.#stopTimer = this.#around.later(() => this.#connect(), wait);
  }

  #drop(): void {
    this.#stopTimer?.();
    this.#stopCheck?.();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(1000);
  }
}
