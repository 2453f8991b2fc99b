// One open board: its document, its session, who is there, and what of it is saved. Knows no views and no words.

import * as Y from "yjs";
import type { Permissions, Server } from "../commands/types.ts";
import type { BoardModel } from "../model/board.ts";
import { createBoardModel } from "../model/model.ts";
import type { PersonId } from "../model/types.ts";
import { createApi } from "./api.ts";
import { Drafts } from "./drafts.ts";
import { Ledger, sameState } from "./ledger.ts";
import { leftover, type Leftover } from "./leftover.ts";
import { OfflineCopy } from "./offline.ts";
import { PresenceBook } from "./presence.ts";
import { Provider, type ProviderEvents } from "./provider.ts";
import { reapply } from "./refused.ts";
import { permissionsOf } from "./session.ts";
import { openShelf, type Shelf } from "./shelf.ts";
import { writable, type Readable } from "./store.ts";
import { browser, type Surroundings } from "./surroundings.ts";
import { Tray } from "./tray.ts";
import type { OwnPresence, Presence, RefusedEdit, SaveState, SessionState } from "./types.ts";

export interface BoardOptions {
  readonly board: string;
  readonly epoch: number;
  readonly person: PersonId;
  /** The server's public URL, `https://…` or `http://…`, without a trailing slash. */
  readonly url: string;
  /** Other sockets, clock and storage than the browser's: for tests. */
  readonly around?: Surroundings;
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
  /** Tells this besides, until it is told otherwise. */
  also(also: OwnPresence): void;
}

export interface RefusedTray {
  readonly edits: Readable<readonly RefusedEdit[]>;
  /** Does the edit again, as ordinary writes on the board as it is now, and takes it out of the tray. */
  reapply(id: string): void;
  discard(id: string): void;
}

/** The copy on this device gets this long before the connection is made without it. */
const COPY_TIME = 1_000;

/** A document with all that belongs to it. */
interface Live {
  readonly doc: Y.Doc;
  readonly model: BoardModel;
  readonly ledger: Ledger;
  provider: Provider;
  copy: OfflineCopy | null;
  /** What the copy on this device holds has been read. */
  copyRead: boolean;
}

export function openBoard(options: BoardOptions): BoardConnection {
  const connection = new Connection(options);
  return connection.door;
}

class Connection {
  readonly #options: BoardOptions;
  readonly #around: Surroundings;
  readonly #name: string;
  readonly #key: string;
  readonly #state = writable<SaveState>({ kind: "loading" }, sameState);
  readonly #session = writable<SessionState | null>(null);
  readonly #permissions;
  readonly #model;
  readonly #presence: PresenceBook;
  #live: Live;
  /** After a refusal: the document that is fetched anew; until it has all, the old one stays on the screen. */
  #fresh: Live | null = null;
  #reasons: RefusedEdit["reason"][] = [];
  #shelf: Shelf | null = null;
  #lasting = false;
  #tray: Tray | null = null;
  #drafts: Drafts | null = null;
  /** What an earlier epoch left on this device, until the board is there to compare it with. */
  #leftover: Leftover | null = null;
  #generation = 0;
  #closed = false;
  readonly door: BoardConnection;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#around = options.around ?? browser();
    this.#name = `board.${options.board}.${options.epoch}`;
    this.#key = this.#keyOf(options.epoch);
    this.#live = this.#make(new Y.Doc(), new Ledger());
    this.#model = writable<BoardModel>(this.#live.model);
    this.#permissions = writable<Permissions>(this.#permissionsNow());
    this.#presence = new PresenceBook(this.#around, this.#live.doc.clientID, (bytes) => {
      (this.#fresh ?? this.#live).provider.sendPresence(bytes);
    });
    const edits = writable<readonly RefusedEdit[]>([]);
    const api = createApi(options.url, (url, init) => this.#around.fetch(url, init));
    this.door = {
      model: this.#model,
      state: this.#state,
      session: this.#session,
      permissions: this.#permissions,
      presence: {
        others: this.#presence.others,
        publish: (own) => this.#presence.publish(this.#discreet(own)),
        also: (also) => this.#presence.also(this.#isSilent() ? {} : also),
      },
      refused: {
        edits,
        reapply: (id) => void this.#reapply(id),
        discard: (id) => this.#tray?.discard(id),
      },
      server: { command: async (body) => void (await api.command(options.board, body)) },
      ready: this.#open((tray) => tray.edits.subscribe((list) => edits.set(list))),
      close: () => this.#close(),
    };
  }

  #keyOf(epoch: number): string {
    return `jalostamo ${this.#options.url} board.${this.#options.board}.${epoch} ${this.#options.person}`;
  }

  async #open(onTray: (tray: Tray) => void): Promise<void> {
    const { shelf, lasting } = await openShelf(`${this.#key} kept`, this.#around.indexedDB);
    this.#shelf = shelf;
    this.#lasting = lasting;
    this.#tray = new Tray(shelf, "refused");
    await this.#tray.load().catch(() => undefined);
    onTray(this.#tray);
    const { board, person, url } = this.#options;
    this.#drafts = new Drafts({
      board,
      person,
      url,
      around: this.#around,
      shelf,
      lasting,
      model: () => this.#live.model,
      late: async (edits) => this.#tray?.adopt(edits),
      changed: () => this.#showState(),
      refresh: () => this.#live.provider.refresh(),
    });
    this.#generation = (await shelf.get<number>("generation").catch(() => 0)) ?? 0;
    const { indexedDB } = this.#around;
    if (lasting && indexedDB !== null) {
      const { url, board, person, epoch } = this.#options;
      const memory = `jalostamo ${url} board.${board} ${person}`;
      this.#leftover = await leftover(indexedDB, memory, (old) => this.#keyOf(old), epoch).catch(() => null);
    }
    if (this.#closed) return;
    await this.#readCopy(this.#live);
    if (!this.#closed) this.#live.provider.start();
  }

  /** Reads the copy on this device, for at most a second; what comes later is sent when it comes. */
  async #readCopy(live: Live): Promise<void> {
    const copy = this.#lasting ? new OfflineCopy(`${this.#key} ${this.#generation}`, live.doc) : null;
    live.copy = copy;
    if (copy === null) {
      live.copyRead = true;
      return;
    }
    const read = copy.loaded.then((unsaved) => {
      live.ledger.carry(unsaved);
      live.copyRead = true;
      live.provider.sendAll();
      this.#showState();
    });
    await Promise.race([read, new Promise<void>((go) => void this.#around.later(go, COPY_TIME))]);
  }

  #make(doc: Y.Doc, ledger: Ledger): Live {
    const model = createBoardModel(doc, this.#options.person);
    const events: ProviderEvents = {
      state: () => this.#showState(),
      session: (state) => {
        this.#session.set(state);
        this.#drafts?.session(state);
        this.#permissions.set(this.#permissionsNow());
      },
      presence: (update) => this.#presence.receive(update),
      connected: () => this.#presence.tell(),
      lost: () => this.#presence.reset((this.#fresh ?? this.#live).doc.clientID),
      synced: () => this.#synced(live),
      refused: (reason) => this.#refused(live, reason),
      answered: () => {
        if (live === this.#live) this.#drafts?.settle();
      },
    };
    const url = `${this.#options.url.replace(/^http/, "ws")}/collab`;
    const provider = new Provider({ url, name: this.#name, doc, ledger, around: this.#around, events });
    const live: Live = { doc, model, ledger, provider, copy: null, copyRead: false };
    const client = doc.clientID;
    doc.on("afterTransactionCleanup", () => {
      if (doc.clientID !== client && live === this.#live) queueMicrotask(() => this.#collided(live));
    });
    return live;
  }

  #permissionsNow(): Permissions {
    return permissionsOf(
      this.#session.value,
      () => this.#live.model.snapshot,
      (id) => this.#live.model.beside.has(id),
    );
  }

  #showState(): void {
    const { ledger, copy, copyRead } = this.#live;
    const { provider } = this.#fresh ?? this.#live;
    const storage = this.#session.value?.storage ?? "good";
    const state = withDrafts(ledger.state(provider.phase, storage, provider.ended), this.#drafts?.changes ?? 0);
    // An earlier tab's edits may still be on their way from this device: that is not yet "saved".
    this.#state.set(state.kind === "saved" && !copyRead ? { kind: "loading" } : state);
    if (copyRead) copy?.keepUnsaved(ledger.changes);
    // With unsaved edits it stays: the next tab puts them into the tray.
    const isLeft = provider.ended === "retired" && copyRead && ledger.changes === 0;
    if (isLeft && copy !== null) this.#dropCopy(copy);
  }

  /** Whether this person writes in private now: what they look at could tell of it. */
  #isSilent(): boolean {
    const session = this.#session.value;
    return session?.me.role === "participant" && session.rounds.some((round) => round.now);
  }

  /** Where somebody is who writes in private, and on what they work, is theirs too. */
  #discreet(own: OwnPresence): OwnPresence {
    const touched = [...(own.selection ?? []), ...(own.editing === undefined ? [] : [own.editing])];
    if (!this.#isSilent() && !touched.some((id) => this.#live.model.beside.has(id))) return own;
    return own.view === undefined ? {} : { view: own.view };
  }

  async #reapply(id: string): Promise<void> {
    const edit = this.#tray?.edits.value.find((one) => one.id === id);
    if (edit?.reason.code !== "lateAnonymous") this.#tray?.reapply(id, this.#live.model);
    else if ((await this.#drafts?.send(edit)) === true) this.#tray?.discard(id);
  }

  #dropCopy(copy: OfflineCopy): void {
    if (this.#live.copy === copy) this.#live.copy = null;
    if (this.#around.indexedDB !== null) copy.drop(this.#around.indexedDB).catch(() => undefined);
  }

  #refused(live: Live, reason: RefusedEdit["reason"]): void {
    if (live !== this.#live || this.#closed) return;
    this.#reasons = [...this.#reasons, reason];
    if (this.#fresh !== null) return;
    this.#fresh = this.#make(new Y.Doc(), new Ledger());
    live.provider.close();
    this.#presence.reset(this.#fresh.doc.clientID);
    this.#fresh.provider.start();
  }

  /** The board is here: what an earlier epoch left unsaved goes to the tray, and off this device otherwise. */
  async #takeOver(): Promise<void> {
    const [left, tray] = [this.#leftover, this.#tray];
    if (left === null || tray === null) return;
    this.#leftover = null;
    await tray.adopt(left.edits);
    if (left.copy !== null) {
      await tray.compare(this.#live.model, left.copy, [{ code: "retired" }], this.#around.now());
    }
    await left.done();
  }

  /** The fresh document has all that the server has: the old one's own edits go to the tray, or are done again. */
  #synced(live: Live): void {
    if (live === this.#live) this.#takeOver().catch(() => undefined);
    if (live !== this.#fresh || this.#tray === null) return;
    const [old, reasons] = [this.#live, this.#reasons];
    this.#reasons = [];
    this.#fresh = null;
    this.#live = live;
    live.copyRead = true;
    const compared = this.#tray.compare(live.model, Y.encodeStateAsUpdate(old.doc), reasons, this.#around.now());
    this.#generation += 1;
    const generation = this.#generation;
    compared
      .then(async (rest) => {
        // The old copy goes only when the tray is on this device and the next tab will read the new copy.
        live.copy = this.#lasting ? new OfflineCopy(`${this.#key} ${generation}`, live.doc) : null;
        reapply(live.model, rest);
        await this.#shelf?.set("generation", generation);
        if (old.copy !== null) this.#dropCopy(old.copy);
        old.doc.destroy();
      })
      .catch(() => undefined);
    this.#drafts?.attach(live.model);
    this.#model.set(live.model);
    this.#permissions.set(this.#permissionsNow());
    this.#showState();
  }

  /** Another browser uses this document's client id: the same contents go on under another. */
  #collided(old: Live): void {
    if (old !== this.#live || this.#closed || this.#fresh !== null) return;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(old.doc));
    old.provider.close();
    const live = this.#make(doc, new Ledger(old.ledger.changes));
    this.#live = live;
    this.#presence.reset(doc.clientID);
    const closing = old.copy?.close() ?? Promise.resolve();
    live.copyRead = true;
    closing
      .then(() => {
        if (this.#lasting) live.copy = new OfflineCopy(`${this.#key} ${this.#generation}`, doc);
      })
      .catch(() => undefined);
    live.provider.start();
    this.#drafts?.attach(live.model);
    this.#model.set(live.model);
    this.#permissions.set(this.#permissionsNow());
    old.doc.destroy();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { provider } = this.#fresh ?? this.#live;
    provider.sendPresence(this.#presence.farewell());
    provider.close();
    this.#live.provider.close();
    this.#presence.reset(this.#live.doc.clientID);
    this.#drafts?.close();
    this.#live.copy?.close().catch(() => undefined);
    this.#shelf?.close();
  }
}

/** What is written in private is saved or not as what is on the board is. */
function withDrafts(state: SaveState, more: number): SaveState {
  if (more === 0) return state;
  if (state.kind === "saved") return { kind: "saving", changes: more };
  return "changes" in state ? { ...state, changes: state.changes + more } : state;
}
