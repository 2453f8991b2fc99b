// One document over one wire: hello, both sync steps, batches of edits, acknowledgements. Knows no board and no views.

import * as Y from "yjs";
import { auth, awareness, stateless, step1, step2, update as updateFrame, type Frame } from "./frames.ts";
import { Ledger, type Ended, type Phase } from "./ledger.ts";
import { readSession } from "./session.ts";
import type { Surroundings } from "./surroundings.ts";
import type { RefusedEdit, SessionState } from "./types.ts";
import { Wire } from "./wire.ts";

/** What is typed within this time is one message. */
const BATCH = 30;
/** Past this a batch travels as sync step 2, which may be larger than an update. */
const LARGE = 900_000;
/** Edits that were made in parts stay in parts: a message may hold only so many structs. */
const MIDDLE = 300_000;
/** So many failures in a row, and it is called offline. */
const GIVE_UP = 3;

const ENDED: Readonly<Record<string, Ended>> = {
  forbidden: "forbidden",
  unknown: "unknown",
  moved: "moved",
  unauthorized: "unauthorized",
  retired: "retired",
  damaged: "damaged",
};

export interface ProviderEvents {
  /** Something of the state line may have changed. */
  state(): void;
  session(state: SessionState): void;
  presence(update: Uint8Array): void;
  /** The connection is new: presence must be told again. */
  connected(): void;
  lost(): void;
  /** The document has all that the server has. */
  synced(): void;
  refused(reason: RefusedEdit["reason"]): void;
  /** An answer to a sync step 1 is in the document. */
  answered?(): void;
}

export interface ProviderOptions {
  /** `ws://…/collab`. */
  readonly url: string;
  readonly name: string;
  readonly doc: Y.Doc;
  readonly ledger: Ledger;
  readonly around: Surroundings;
  readonly events: ProviderEvents;
}

export class Provider {
  readonly #options: ProviderOptions;
  readonly #wire: Wire;
  readonly #stops: (() => void)[] = [];
  #batch: Uint8Array[] = [];
  #stopBatch: (() => void) | null = null;
  #phase: Phase = "first";
  #ended: Ended | null = null;
  /** The server's sync step 1 of this connection was answered: edits may follow. */
  #answered = false;
  /** What the server had when it last said so. */
  #serverHas: Uint8Array | null = null;
  #synced = false;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.#wire = new Wire(options.url, options.around, {
      opened: () => this.#opened(),
      frame: (name, frame) => this.#frame(name, frame),
      lost: (failures) => this.#lost(failures),
      ended: (why) => this.#end(why),
    });
    const onUpdate = (bytes: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#edited(bytes);
    };
    options.doc.on("update", onUpdate);
    this.#stops.push(() => options.doc.off("update", onUpdate));
    this.#stops.push(options.around.on("pagehide", () => this.#flush()));
    this.#stops.push(options.around.on("offline", () => this.#wire.renew()));
  }

  start(): void {
    if (!this.#options.around.isOnline()) this.#set("offline");
    this.#wire.start();
  }

  get phase(): Phase {
    return this.#phase;
  }

  get ended(): Ended | null {
    return this.#ended;
  }

  get isSynced(): boolean {
    return this.#synced;
  }

  sendPresence(bytes: Uint8Array): void {
    if (this.#answered) this.#wire.send(awareness(this.#options.name, bytes));
  }

  /** The document got contents by another way than an edit: sends what the server lacks of it. */
  sendAll(): void {
    if (this.#answered && this.#serverHas !== null) this.#answer(this.#serverHas);
  }

  /** Asks for what the document lacks of what the server has now; `answered` tells when it is there. */
  refresh(): void {
    this.#wire.send(step1(this.#options.name, Y.encodeStateVector(this.#options.doc)));
  }

  close(): void {
    this.#flush();
    for (const stop of this.#stops) stop();
    this.#stopBatch?.();
    this.#wire.close();
  }

  #opened(): void {
    const { name, ledger, doc } = this.#options;
    ledger.connected();
    this.#answered = false;
    this.#synced = false;
    if (this.#phase !== "first") this.#set("connecting");
    this.#wire.send(auth(name));
    this.#wire.send(stateless(name, { type: "hello", client: "jalostamo/1" }));
    this.#wire.send(step1(name, Y.encodeStateVector(doc)));
  }

  #frame(name: string, frame: Frame): void {
    if (name !== this.#options.name) return;
    if (frame.type === "step1") this.#answer(frame.vector);
    else if (frame.type === "step2" || frame.type === "update") this.#apply(frame.update, frame.type === "step2");
    else if (frame.type === "awareness") this.#options.events.presence(frame.update);
    else if (frame.type === "stateless") this.#stateless(frame.json);
    else if (frame.type === "denied") this.#end(ENDED[frame.reason] ?? "forbidden");
    else if (frame.type === "close") {
      const why = ENDED[frame.reason];
      if (why === undefined) this.#wire.renew();
      else this.#end(why);
    }
  }

  /** Sync step 2: all that the server lacks, so nothing made before can be missing after it. */
  #answer(vector: Uint8Array): void {
    const { doc, name, ledger, events } = this.#options;
    this.#serverHas = vector;
    this.#dropBatch();
    const first = !this.#answered;
    this.#answered = true;
    // Counted before it is on its way: an acknowledgement must find it.
    ledger.sent();
    this.#wire.send(step2(name, Y.encodeStateAsUpdate(doc, vector)));
    if (first) events.connected();
    this.#settle();
  }

  #apply(bytes: Uint8Array, isAnswer: boolean): void {
    Y.applyUpdate(this.#options.doc, bytes, this);
    if (!isAnswer) return;
    if (!this.#synced) {
      this.#synced = true;
      this.#settle();
      this.#options.events.synced();
    }
    this.#options.events.answered?.();
  }

  #stateless(json: string): void {
    const { events, ledger, name } = this.#options;
    let message: Record<string, unknown>;
    try {
      message = Object(JSON.parse(json)) as Record<string, unknown>;
    } catch {
      return;
    }
    if (message["type"] === "session") {
      const state = readSession(message["seq"], message["state"], Date.now());
      if (state === undefined) return;
      events.session(state);
      this.#wire.send(stateless(name, { type: "seen", seq: message["seq"] }));
      events.state();
    } else if (message["type"] === "durable") {
      ledger.durable(Number(message["n"]));
      events.state();
    } else if (message["type"] === "refused") {
      events.refused(readReason(message["reason"]));
    }
  }

  #edited(bytes: Uint8Array): void {
    this.#options.ledger.changed();
    this.#options.events.state();
    // Before the server's step 1 is answered, nothing is kept here: the answer will hold it.
    if (!this.#answered || !this.#wire.isOpen) return;
    this.#batch.push(bytes);
    this.#stopBatch ??= this.#options.around.later(() => this.#flush(), BATCH);
  }

  #flush(): void {
    const batch = this.#batch;
    this.#dropBatch();
    if (batch.length === 0 || !this.#answered || !this.#wire.isOpen) return;
    const { name, ledger } = this.#options;
    for (const { updates, later } of portions(batch)) {
      const merged = updates.length === 1 && updates[0] !== undefined ? updates[0] : Y.mergeUpdates([...updates]);
      ledger.sent(later);
      this.#wire.send(merged.length > LARGE ? step2(name, merged) : updateFrame(name, merged));
    }
  }

  #dropBatch(): void {
    this.#stopBatch?.();
    this.#stopBatch = null;
    this.#batch = [];
  }

  #settle(): void {
    if (this.#answered && this.#synced) this.#set("synced");
  }

  #lost(failures: number): void {
    this.#dropBatch();
    this.#answered = false;
    this.#synced = false;
    this.#options.ledger.connected();
    this.#options.events.lost();
    const offline = !this.#options.around.isOnline() || failures >= GIVE_UP;
    this.#set(offline ? "offline" : "waiting");
  }

  #end(why: Ended): void {
    this.#ended = why;
    this.close();
    this.#options.events.lost();
    this.#options.events.state();
  }

  #set(phase: Phase): void {
    this.#phase = phase;
    this.#options.events.state();
  }
}

/** The updates of a batch in messages of a middle size, each with how many updates come after it. */
function* portions(
  batch: readonly Uint8Array[],
): Iterable<{ readonly updates: readonly Uint8Array[]; readonly later: number }> {
  let [start, size] = [0, 0];
  for (const [at, update] of batch.entries()) {
    if (at > start && size + update.length > MIDDLE) {
      yield { updates: batch.slice(start, at), later: batch.length - at };
      [start, size] = [at, 0];
    }
    size += update.length;
  }
  yield { updates: batch.slice(start), later: 0 };
}

function readReason(value: unknown): RefusedEdit["reason"] {
  const { code, object, detail, part } = Object(value) as Record<string, unknown>;
  return {
    code: typeof code === "string" ? code : "unknown",
    ...(typeof object === "string" ? { object } : {}),
    ...(typeof detail === "string" ? { detail } : {}),
    ...(typeof part === "string" ? { part } : {}),
  };
}
