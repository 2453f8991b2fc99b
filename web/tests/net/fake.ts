// A browser's surroundings by hand, and a small server on the other end of its sockets. Knows the frames.

import "fake-indexeddb/auto";
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { stateless, step1, step2, update as updateFrame, awareness, auth } from "../../src/net/frames.ts";
import type { PageEvent, Socket, Surroundings } from "../../src/net/surroundings.ts";
import { CALM } from "../../src/net/attention.ts";
import type { SessionState } from "../../src/net/types.ts";

export const ME = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";

/** Time that passes when told. */
export class Clock {
  time = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  later(run: () => void, milliseconds: number): () => void {
    const timer = { at: this.time + milliseconds, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}

export class FakeSocket implements Socket {
  binaryType = "";
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  /** Sync messages with an update, and whether each was refused. */
  received: { update: Uint8Array; refused: boolean }[] = [];
  presences: Uint8Array[] = [];
  #server: FakeServer;

  constructor(server: FakeServer) {
    this.#server = server;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(data: Uint8Array): void {
    if (this.readyState === 1) this.#server.receive(this, data.slice());
  }

  close(): void {
    this.readyState = 3;
  }

  /** The network or the server ends it. */
  cut(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }

  deliver(bytes: Uint8Array): void {
    if (this.readyState === 1) this.onmessage?.({ data: bytes.slice().buffer });
  }
}

/** What is in `doc` is durable. Messages wait until `acknowledge`. */
export class FakeServer {
  readonly doc = new Y.Doc();
  readonly clock = new Clock();
  readonly sockets: FakeSocket[] = [];
  readonly heard: Record<string, unknown>[] = [];
  readonly #page = new Map<PageEvent, Set<() => void>>();
  name = "board.b_1.1";
  reachable = true;
  online = true;
  /** Acknowledge at once. */
  eager = true;
  denied: string | null = null;
  refuse: (update: Uint8Array) => object | undefined = () => undefined;
  session: SessionState = {
    attention: CALM,
    me: { person: ME, role: "participant" },
    people: [],
    locked: [],
    paused: false,
    withdrawn: false,
    allowed: {
      create: ["own"],
      edit: ["own", "others"],
      move: ["own", "others"],
      connect: ["own", "others"],
      delete: ["own", "others"],
      comment: ["own"],
      meta: [],
      enter: [],
    },
    storage: "good",
    seq: 1,
    script: null,
    timer: null,
    message: null,
    adds: null,
    rounds: [],
    written: {},
  };

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was made");
    return socket;
  }

  readonly around: Surroundings = {
    socket: () => {
      const socket = new FakeSocket(this);
      this.sockets.push(socket);
      this.clock.later(() => (this.reachable ? socket.open() : socket.cut()), 1);
      return socket;
    },
    now: () => this.clock.time,
    later: (run, milliseconds) => this.clock.later(run, milliseconds),
    random: () => 0.5,
    on: (event, run) => {
      const runs = this.#page.get(event) ?? new Set();
      this.#page.set(event, runs.add(run));
      return () => void runs.delete(run);
    },
    isOnline: () => this.online,
    fetch: () => Promise.reject(new Error("no network")),
    indexedDB,
  };

  page(event: PageEvent): void {
    for (const run of this.#page.get(event) ?? []) run();
  }

  receive(socket: FakeSocket, data: Uint8Array): void {
    if (data.length === 1) {
      if (data[0] === 9) socket.deliver(Uint8Array.of(10));
      return;
    }
    const decoder = decoding.createDecoder(data);
    const name = decoding.readVarString(decoder);
    if (name !== this.name) return;
    const type = decoding.readVarUint(decoder);
    if (type === 2) this.#accept(socket);
    else if (type === 5) this.heard.push(JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown>);
    else if (type === 1) socket.presences.push(decoding.readVarUint8Array(decoder));
    else if (type === 0) {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === 0) socket.deliver(step2(name, Y.encodeStateAsUpdate(this.doc, bytes)));
      else this.#edit(socket, bytes);
    }
  }

  #accept(socket: FakeSocket): void {
    if (this.denied !== null) {
      // 2: auth; 1: denied.
      const bytes = [...auth(this.name, this.denied)];
      bytes[bytes.length - this.denied.length - 2] = 1;
      socket.deliver(Uint8Array.from(bytes));
      return;
    }
    this.tell(socket);
    socket.deliver(step1(this.name, Y.encodeStateVector(this.doc)));
  }

  tell(socket: FakeSocket = this.socket, seq = 1): void {
    socket.deliver(stateless(this.name, { type: "session", seq, state: this.session }));
  }

  #edit(socket: FakeSocket, update: Uint8Array): void {
    const reason = this.refuse(update);
    socket.received.push({ update, refused: reason !== undefined });
    if (reason !== undefined)
      socket.deliver(stateless(this.name, { type: "refused", n: socket.received.length, reason }));
    if (this.eager) this.acknowledge(socket);
  }

  /** Makes the first `n` messages durable; `quietly`: the acknowledgement is lost. */
  acknowledge(socket = this.socket, n = socket.received.length, quietly = false): void {
    for (const { update, refused } of socket.received.slice(0, n)) if (!refused) Y.applyUpdate(this.doc, update);
    if (!quietly) socket.deliver(stateless(this.name, { type: "durable", n }));
  }

  /** Another person's edit. */
  edit(run: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc);
    run(this.doc);
    const update = Y.encodeStateAsUpdate(this.doc, before);
    for (const socket of this.sockets) socket.deliver(updateFrame(this.name, update));
  }

  presence(update: Uint8Array): void {
    this.socket.deliver(awareness(this.name, update));
  }
}

let boards = 0;
/** A board of its own, so that tests do not meet in the browser's storage. */
export function boardId(): string {
  boards += 1;
  return `b_${boards}`;
}

/** What the browser's storage holds under a key. */
export function stored(database: string, store: string, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onerror = () => reject(new Error("no database"));
    opening.onsuccess = () => {
      const asked = opening.result.transaction(store).objectStore(store).get(key);
      asked.onerror = () => reject(new Error("not read"));
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result);
      };
    };
  });
}
