// The copy of the board on this device: it survives closing the tab, with the count of unsaved changes.
// Knows no server.

import { IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";

const UNSAVED = "unsaved";

export class OfflineCopy {
  readonly #store: IndexeddbPersistence;
  readonly #name: string;
  #written: number | null = null;
  #closed = false;

  /** `name`: the server's origin, the board, its epoch and the copy's generation. */
  constructor(name: string, doc: Y.Doc) {
    this.#name = name;
    this.#store = new IndexeddbPersistence(name, doc);
    this.loaded = this.#load();
  }

  /** Resolves with the number of changes that an earlier tab left unsaved; never rejects. */
  readonly loaded: Promise<number>;

  async #load(): Promise<number> {
    await this.#store.whenSynced;
    const unsaved: unknown = await this.#store.get(UNSAVED).catch(() => 0);
    return typeof unsaved === "number" && unsaved > 0 ? unsaved : 0;
  }

  /** Keeps the count; the edits themselves are kept as they are made. */
  keepUnsaved(count: number): void {
    if (this.#closed || count === this.#written) return;
    this.#written = count;
    this.#store.set(UNSAVED, count).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#store.destroy();
  }

  /** Removes the copy from this device. Another tab that holds it open delays that. */
  async drop(around: IDBFactory): Promise<void> {
    await this.close();
    around.deleteDatabase(this.#name);
  }
}
