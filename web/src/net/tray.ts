// The *Not saved* tray: refused edits, kept on this device until they are done again or discarded. Knows no sockets.

import { differences, type ObjectDifference } from "../model/compare.ts";
import { newId } from "../model/ids.ts";
import type { BoardModel } from "../model/board.ts";
import { reapply } from "./refused.ts";
import type { Shelf } from "./shelf.ts";
import { writable, type Readable, type Writable } from "./store.ts";
import type { RefusedEdit } from "./types.ts";

export class Tray {
  readonly #edits: Writable<readonly RefusedEdit[]> = writable<readonly RefusedEdit[]>([]);
  readonly #shelf: Shelf;
  readonly #key: string;

  constructor(shelf: Shelf, key: string) {
    this.#shelf = shelf;
    this.#key = key;
  }

  get edits(): Readable<readonly RefusedEdit[]> {
    return this.#edits;
  }

  /** Reads what an earlier tab kept. */
  async load(): Promise<void> {
    this.#edits.set([...((await this.#shelf.get<RefusedEdit[]>(this.#key)) ?? []), ...this.#edits.value]);
  }

  /**
   * Compares a refused copy with the board as the server has it. What a reason names goes to the tray; the rest
   * of the copy's edits were refused only with it: the answer, to be done again at once. Resolves when the tray
   * is on this device, so that the copy may go.
   */
  async compare(
    model: BoardModel,
    copy: Uint8Array,
    reasons: readonly RefusedEdit["reason"][],
    at: number,
  ): Promise<readonly ObjectDifference[]> {
    const named = new Set(reasons.map((reason) => reason.object));
    const all = differences(model.doc, copy);
    const apart = !named.has(undefined) && all.some(({ id }) => named.has(id));
    const touches = ({ id, fields }: ObjectDifference) =>
      [id, fields["from"], fields["to"]].some((one) => typeof one === "string" && named.has(one));
    const [kept, rest] = [all.filter((one) => !apart || touches(one)), all.filter((one) => apart && !touches(one))];
    const edits = kept.map((object) => ({
      id: newId("r", at),
      at,
      reason: reasons.find((reason) => reason.object === object.id) ?? reasons[0] ?? { code: "unknown" },
      objects: [object],
    }));
    await this.#keep([...this.#edits.value, ...edits]);
    return rest;
  }

  /** Takes over what another tray held. */
  async adopt(edits: readonly RefusedEdit[]): Promise<void> {
    if (edits.length > 0) await this.#keep([...edits, ...this.#edits.value]);
  }

  reapply(id: string, model: BoardModel): void {
    const edit = this.#edits.value.find((one) => one.id === id);
    if (edit === undefined) return;
    reapply(model, edit.objects);
    this.discard(id);
  }

  discard(id: string): void {
    void this.#keep(this.#edits.value.filter((edit) => edit.id !== id));
  }

  async #keep(edits: readonly RefusedEdit[]): Promise<void> {
    this.#edits.set(edits);
    await this.#shelf.set(this.#key, edits).catch(() => undefined);
  }
}
