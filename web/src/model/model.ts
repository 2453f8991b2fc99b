// The board model over one document: snapshot, writes, texts and undo. Knows no sockets and no views.

import * as Y from "yjs";
import type { BoardModel, SharedText } from "./board.ts";
import { BoardIndex } from "./index.ts";
import { Parts } from "./parts.ts";
import { readItem, readLink, readTitle } from "./read.ts";
import { sharedText } from "./text.ts";
import type { ChangeSet, ObjectId, PersonId } from "./types.ts";
import { OwnUndo } from "./undo.ts";
import { createWriter } from "./write.ts";

/** What is written at once, in bytes on the wire, as far as that can be told: far below what one message may be. */
const MESSAGE = 200_000;
/** The same where the page must answer in between. */
const MOMENT = 60_000;

/** A model of this document for this person. There is at most one for each document. */
export function createBoardModel(doc: Y.Doc, person: PersonId): BoardModel {
  const roots = { items: doc.getMap("items"), links: doc.getMap("links"), meta: doc.getMap("meta") };
  const index = new BoardIndex();
  const undo = new OwnUndo(doc, [roots.items, roots.links, roots.meta] as Y.AbstractType<unknown>[]);
  const listeners = new Set<(change: ChangeSet) => void>();
  const afters = new Set<() => void>();
  const touchedItems = new Set<string>();
  const touchedLinks = new Set<string>();
  let titleTouched = false;

  const watch = (root: Y.Map<unknown>, touched: Set<string>) =>
    root.observeDeep((events) => {
      for (const event of events) {
        const first = event.path[0];
        if (first !== undefined) touched.add(String(first));
        else if (event.target === root) for (const key of event.changes.keys.keys()) touched.add(key);
      }
    });
  watch(roots.items, touchedItems);
  watch(roots.links, touchedLinks);
  roots.meta.observe(() => {
    titleTouched = true;
  });

  const take = (local: boolean): ChangeSet | undefined => {
    const items = new Map([...touchedItems].map((id) => [id, readItem(id, roots.items.get(id))]));
    const links = new Map([...touchedLinks].map((id) => [id, readLink(id, roots.links.get(id))]));
    const title = titleTouched ? readTitle(roots.meta) : index.snapshot.title;
    touchedItems.clear();
    touchedLinks.clear();
    titleTouched = false;
    return index.update({ items, links, title }, local);
  };

  for (const id of roots.items.keys()) touchedItems.add(id);
  for (const id of roots.links.keys()) touchedLinks.add(id);
  titleTouched = true;
  take(false);

  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    const nothing = touchedItems.size === 0 && touchedLinks.size === 0 && !titleTouched;
    const change = nothing ? undefined : take(transaction.local);
    for (const after of afters) after();
    if (change !== undefined) for (const listener of listeners) listener(change);
  });

  const known = {
    kindOf: (id: ObjectId) => (index.rawItem(id) ?? index.rawLink(id))?.kind,
    isUnplaced: (id: ObjectId) => index.snapshot.items.get(id)?.unplaced === true,
  };
  const writer = createWriter(roots, known, person);

  return {
    get snapshot() {
      return index.snapshot;
    },
    subscribe(listener) {
      const entry = (change: ChangeSet) => listener(change);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    get live() {
      return index.live;
    },
    write(run) {
      const parts = new Parts(writer, MESSAGE);
      undo.step(() => run(parts), parts.rest());
    },
    async writeSlowly(run, pause) {
      const parts = new Parts(writer, MOMENT, true);
      run(parts);
      const step = undo.begin();
      for (const part of parts.rest()) {
        if (doc.isDestroyed || !step.more(part)) return false;
        await pause();
      }
      return true;
    },
    text(id): SharedText | undefined {
      const find = () => {
        const object = roots.items.get(id) ?? roots.links.get(id);
        const text = object instanceof Y.Map ? object.get("text") : undefined;
        return text instanceof Y.Text ? text : undefined;
      };
      if (find() === undefined) return undefined;
      return sharedText({
        find,
        type: (run) => undo.type(id, run),
        after(listener) {
          const entry = () => listener();
          afters.add(entry);
          return () => void afters.delete(entry);
        },
      });
    },
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    get canUndo() {
      return undo.canUndo;
    },
    get canRedo() {
      return undo.canRedo;
    },
    endUndoStep: () => undo.end(),
    writerOf(id, field) {
      const object = roots.items.get(id) ?? roots.links.get(id);
      // oxlint-disable-next-line no-underscore-dangle -- Yjs tells a value's writer nowhere else
      return object instanceof Y.Map ? object._map.get(field)?.id.client : undefined;
    },
    person,
    doc,
  };
}
