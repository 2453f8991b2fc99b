// What this person writes in private: a document beside the board's for each round of silent writing, until it is revealed. Knows no views.
//
// A round that is over is settled once the board has all that the server has: what was still being typed into a revealed note goes on there,
// and what the reveal came too early for is *late*: told to its author, and kept until they send or drop it.

import * as Y from "yjs";
import type { BoardModel } from "../model/board.ts";
import { differences, type ObjectDifference } from "../model/compare.ts";
import { newId } from "../model/ids.ts";
import { readText } from "../model/read.ts";
import { setText } from "../model/text.ts";
import { Ledger } from "./ledger.ts";
import { OfflineCopy } from "./offline.ts";
import { Provider, type ProviderEvents } from "./provider.ts";
import { reapply } from "./refused.ts";
import type { Shelf } from "./shelf.ts";
import type { Surroundings } from "./surroundings.ts";
import type { RefusedEdit, SessionState, SilentRound } from "./types.ts";

export interface DraftsOptions {
  readonly board: string;
  readonly person: string;
  readonly url: string;
  readonly around: Surroundings;
  readonly shelf: Shelf;
  /** Whether this browser keeps anything. */
  readonly lasting: boolean;
  /** The model that shows the board now. */
  model(): BoardModel;
  /** What came too late, or was not taken: to be kept and told. */
  late(edits: readonly RefusedEdit[]): Promise<void>;
  /** How much is unsaved may have changed. */
  changed(): void;
  /** The board is to be brought in step with the server; `settle` follows. */
  refresh(): void;
}

/** What this device remembers of a draft beside its document. */
interface Kept {
  readonly round: string;
  readonly number: number;
  readonly naming: SilentRound["naming"];
  /** The texts that the server has, by object. */
  readonly saved: Readonly<Record<string, string>>;
}

interface Draft {
  kept: Kept;
  readonly doc: Y.Doc;
  readonly ledger: Ledger;
  readonly copy: OfflineCopy | null;
  provider: Provider | null;
  read: boolean;
  /** Revealed, or thrown away. */
  over: "revealed" | "discarded" | null;
  settled: boolean;
}

const SHELF = "drafts";

export class Drafts {
  readonly #options: DraftsOptions;
  #drafts: readonly Draft[] = [];
  #known: Record<string, Kept> = {};
  #loaded: Promise<void>;
  #state: SessionState | null = null;
  #closed = false;

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#loaded = this.#load();
  }

  /** Changes that are not yet durable. */
  get changes(): number {
    return this.#drafts.reduce((sum, draft) => sum + draft.ledger.changes, 0);
  }

  /** The session state is known, or another. */
  session(state: SessionState): void {
    this.#state = state;
    void this.#loaded.then(() => this.#follow());
  }

  /** Another model shows the board. */
  attach(model: BoardModel): void {
    for (const draft of this.#drafts) if (draft.read) model.beside.add(draft.doc);
    this.#aim();
  }

  /** The board has all that the server has. */
  settle(): void {
    for (const draft of this.#drafts) if (draft.over !== null && draft.read) this.#settle(draft);
  }

  /** Puts what came too late for an anonymous round among what is revealed next. */
  async send(edit: RefusedEdit): Promise<boolean> {
    const round = this.#state?.rounds.find((one) => one.round === edit.reason.detail && !one.discarded);
    if (round === undefined) return false;
    const draft = this.#drafts.find((one) => one.kept.round === round.round) ?? this.#open(keptOf(round), true);
    await draft.copy?.loaded;
    const model = this.#options.model();
    model.beside.writeInto(draft.doc);
    reapply(model, edit.objects);
    this.#aim();
    return true;
  }

  close(): void {
    this.#closed = true;
    for (const draft of this.#drafts) {
      draft.provider?.close();
      draft.copy?.close().catch(() => undefined);
    }
  }

  async #load(): Promise<void> {
    this.#known = (await this.#options.shelf.get<Record<string, Kept>>(SHELF).catch(() => undefined)) ?? {};
  }

  #follow(): void {
    const state = this.#state;
    if (state === null || this.#closed) return;
    const rounds = new Map(state.rounds.map((round) => [round.round, round]));
    const over = ({ round, number }: Kept): Draft["over"] => {
      const now = rounds.get(round);
      if (now === undefined || now.discarded) return "discarded";
      return now.number === number ? null : "revealed";
    };
    for (const draft of this.#drafts) this.#end(draft, over(draft.kept));
    // What an earlier tab left of a round, whether it is over or not.
    for (const kept of Object.values(this.#known)) {
      if (!this.#drafts.some((draft) => nameOf(draft.kept) === nameOf(kept))) {
        const draft = this.#open(kept, over(kept) === null);
        this.#end(draft, over(kept));
      }
    }
    for (const round of state.me.role === "participant" ? rounds.values() : []) {
      const there = this.#drafts.some((draft) => draft.kept.round === round.round);
      if (round.open && !there) this.#open(keptOf(round), true);
    }
    this.#aim();
  }

  #end(draft: Draft, over: Draft["over"]): void {
    if (over === null || draft.over !== null) return;
    draft.over = over;
    draft.provider?.close();
    draft.provider = null;
    this.#options.refresh();
  }

  /** New items go where people write now. */
  #aim(): void {
    const now = this.#state?.rounds.find((round) => round.now && this.#state?.me.role === "participant");
    const draft = this.#drafts.find((one) => one.kept.round === now?.round && one.over === null);
    this.#options.model().beside.writeInto(draft?.doc ?? null);
  }

  #open(kept: Kept, live: boolean): Draft {
    const { url, board, person, around, lasting } = this.#options;
    const doc = new Y.Doc();
    const name = `draft.${board}.${nameOf(kept)}`;
    const copy = lasting ? new OfflineCopy(`jalostamo ${url} ${name} ${person}`, doc) : null;
    const ledger = new Ledger();
    const draft: Draft = { kept, doc, ledger, copy, provider: null, read: copy === null, over: null, settled: false };
    const ignored = () => undefined;
    const events: ProviderEvents = {
      state: () => this.#saved(draft),
      session: ignored,
      presence: ignored,
      connected: ignored,
      lost: ignored,
      synced: () => this.#saved(draft),
      refused: (reason) => void this.#refused(draft, reason),
    };
    const socket = `${url.replace(/^http/, "ws")}/collab`;
    if (live) draft.provider = new Provider({ url: socket, name, doc, ledger, around, events });
    this.#drafts = [...this.#drafts, draft];
    this.#remember(draft);
    const begin = () => {
      if (this.#closed || !this.#drafts.includes(draft)) return;
      draft.read = true;
      this.#options.model().beside.add(doc);
      this.#aim();
      draft.provider?.start();
      if (draft.over !== null) this.#options.refresh();
    };
    if (copy === null) begin();
    else {
      void copy.loaded.then((unsaved) => {
        ledger.carry(unsaved);
        begin();
      });
    }
    return draft;
  }

  #remember(draft: Draft): void {
    this.#known = { ...this.#known, [nameOf(draft.kept)]: draft.kept };
    void this.#options.shelf.set(SHELF, this.#known).catch(() => undefined);
  }

  #forget(draft: Draft): void {
    const { [nameOf(draft.kept)]: _, ...rest } = this.#known;
    this.#known = rest;
    void this.#options.shelf.set(SHELF, rest).catch(() => undefined);
    this.#drafts = this.#drafts.filter((one) => one !== draft);
    draft.provider?.close();
    this.#options.model().beside.remove(draft.doc, draft.over === "revealed");
    const { indexedDB } = this.#options.around;
    if (indexedDB !== null) draft.copy?.drop(indexedDB).catch(() => undefined);
    this.#options.changed();
  }

  #saved(draft: Draft): void {
    const { provider, ledger, copy } = draft;
    if (provider === null) return;
    if (draft.read) copy?.keepUnsaved(ledger.changes);
    if (provider.isSynced && ledger.changes === 0 && ledger.isCaughtUp) {
      draft.kept = { ...draft.kept, saved: textsOf(draft.doc) };
      this.#remember(draft);
    }
    this.#options.changed();
  }

  #settle(draft: Draft): void {
    const { over, kept } = draft;
    if (draft.settled) return;
    draft.settled = true;
    const model = this.#options.model();
    const all = Y.encodeStateAsUpdate(draft.doc);
    const late: ObjectDifference[] = [];
    if (over === "revealed" && kept.naming === "named") {
      for (const one of differences(model.doc, all)) {
        if (!draft.doc.getMap("items").has(one.id)) continue;
        if (one.what === "created") late.push(one);
        else if (one.what === "changed") goOn(model.doc, one);
      }
    } else if (over === "revealed") late.push(...unsaved(draft));
    const code = kept.naming === "named" ? "late" : "lateAnonymous";
    const words = late.filter((one) => one.text.trim() !== "");
    void this.#tell(words, { code, detail: kept.round }).then(() => this.#forget(draft));
  }

  /** The server did not take something: the words go to the tray, and the draft is fetched anew. */
  async #refused(draft: Draft, reason: RefusedEdit["reason"]): Promise<void> {
    if (!this.#drafts.includes(draft) || draft.over !== null) return;
    draft.over = "discarded";
    await this.#tell(unsaved(draft), reason);
    this.#forget(draft);
    this.#follow();
  }

  async #tell(objects: readonly ObjectDifference[], reason: RefusedEdit["reason"]): Promise<void> {
    if (objects.length === 0) return;
    const at = this.#options.around.now();
    await this.#options.late(objects.map((object) => ({ id: newId("r", at), at, reason, objects: [object] })));
  }
}

const nameOf = ({ round, number }: Pick<Kept, "round" | "number">): string => `${round}.${number}`;

const keptOf = ({ round, number, naming }: SilentRound): Kept => ({ round, number, naming, saved: {} });

/** The words that were typed into a revealed note and had not reached the server. */
function goOn(board: Y.Doc, { id, fields }: ObjectDifference): void {
  const object = board.getMap("items").get(id);
  const text = object instanceof Y.Map ? object.get("text") : undefined;
  const { text: wanted } = fields;
  if (text instanceof Y.Text && typeof wanted === "string") board.transact(() => setText(text, wanted));
}

/** Objects of which the server does not have all words. */
function unsaved({ doc, kept }: Draft): ObjectDifference[] {
  const nothing = new Y.Doc();
  const all = differences(nothing, Y.encodeStateAsUpdate(doc));
  nothing.destroy();
  return all.filter(({ id, text }) => text !== (kept.saved[id] ?? ""));
}

function textsOf(doc: Y.Doc): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [id, value] of doc.getMap("items").entries()) {
    if (value instanceof Y.Map && value.get("gone") !== true) texts[id] = readText(value.get("text"));
  }
  return texts;
}
