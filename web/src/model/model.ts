// The board model over one document: snapshot, writes, texts and undo. Knows no sockets and no views.

import * as Y from "yjs";
import type { BoardModel, SharedText } from "./board.ts";
import { BoardIndex } from "./index.ts";
import { Parts } from "./parts.ts";
import { readItem, readLink, readTitle } from "./read.ts";
import { createSource, type Ear, type Source } from "./source.ts";
import { sharedText } from "./text.ts";
import type { ChangeSet, ObjectId, PersonId } from "./types.ts";
import { idFor, type NamedWriter } from "./write.ts";

/** What is written at once, in bytes on the wire, as far as that can be told: far below what one message may be. */
const MESSAGE = 200_000;
/** The same where the page must answer in between. */
const MOMENT = 60_000;

/** A model of this document for this person. There is at most one for each document. */
export function createBoardModel(doc: Y.Doc, person: PersonId): BoardModel {
  const index = new BoardIndex();
  const listeners = new Set<(change: ChangeSet) => void>();
  const afters = new Set<() => void>();
  const touched = { items: new Set<ObjectId>(), links: new Set<ObjectId>() };
  let titleTouched = false;

  const known = {
    kindOf: (id: ObjectId) => (index.rawItem(id) ?? index.rawLink(id))?.kind,
    isUnplaced: (id: ObjectId) => index.snapshot.items.get(id)?.unplaced === true,
  };
  const take = (local: boolean): ChangeSet | undefined => {
    if (touched.items.size === 0 && touched.links.size === 0 && !titleTouched) return undefined;
    const items = new Map([...touched.items].map((id) => [id, readItem(id, homeOf(id).roots.items.get(id))]));
    const links = new Map([...touched.links].map((id) => [id, readLink(id, board.roots.links.get(id))]));
    const title = titleTouched ? readTitle(board.roots.meta) : index.snapshot.title;
    touched.items.clear();
    touched.links.clear();
    titleTouched = false;
    return index.update({ items, links, title }, local);
  };
  const tell = (change: ChangeSet | undefined): void => {
    for (const after of afters) after();
    if (change !== undefined) for (const listener of listeners) listener(change);
  };
  const ear: Ear = {
    touched: (root, id) => void touched[root].add(id),
    titled: () => void (titleTouched = true),
    done: (local) => tell(take(local)),
  };
  const board = createSource(doc, person, known, ear);
  let beside: readonly Source[] = [];
  let target = board;
  /** The document in which an object is. */
  const homeOf = (id: ObjectId): Source => beside.find((source) => source.roots.items.has(id)) ?? board;
  /** The document in which something was done last. */
  const last = (what: "undo" | "redo"): Source =>
    beside.reduce((one, other) => (other.undo.newest(what) > one.undo.newest(what) ? other : one), board);
  const all = (): readonly Source[] => [board, ...beside];

  for (const id of board.roots.items.keys()) touched.items.add(id);
  for (const id of board.roots.links.keys()) touched.links.add(id);
  titleTouched = true;
  take(false);

  const add: NamedWriter["add"] = (root, kind, fields, text, id) =>
    (root === "items" ? target : board).writer.add(root, kind, fields, text, id);
  const writer: NamedWriter = {
    add,
    addItem: (kind, fields, text = "") => add("items", kind, fields, text, idFor("items", kind)),
    addLink: (kind, from, to, fields) => board.writer.addLink(kind, from, to, fields),
    set: (id, fields) => homeOf(id).writer.set(id, fields),
    setText: (id, text) => homeOf(id).writer.setText(id, text),
    remove: (id) => homeOf(id).writer.remove(id),
    setTitle: (title) => board.writer.setTitle(title),
  };
  /** One step in whichever documents it writes to. */
  const step = (run: () => void, rest: Iterable<() => void>): void =>
    beside.reduce<() => void>(
      (inner, source) => () => source.undo.step(inner),
      () => board.undo.step(run, rest),
    )();

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
      step(() => run(parts), parts.rest());
    },
    async writeSlowly(run, pause) {
      const parts = new Parts(writer, MOMENT, true);
      run(parts);
      const steps = target.undo.begin();
      for (const part of parts.rest()) {
        if (doc.isDestroyed || !steps.more(part)) return false;
        await pause();
      }
      return true;
    },
    text(id): SharedText | undefined {
      const find = () => {
        const object = homeOf(id).roots.items.get(id) ?? board.roots.links.get(id);
        const text = object instanceof Y.Map ? object.get("text") : undefined;
        return text instanceof Y.Text ? text : undefined;
      };
      if (find() === undefined) return undefined;
      return sharedText({
        find,
        type: (run) => homeOf(id).undo.type(id, run),
        after(listener) {
          const entry = () => listener();
          afters.add(entry);
          return () => void afters.delete(entry);
        },
      });
    },
    undo: () => last("undo").undo.undo(),
    redo: () => last("redo").undo.redo(),
    get canUndo() {
      return all().some((source) => source.undo.canUndo);
    },
    get canRedo() {
      return all().some((source) => source.undo.canRedo);
    },
    endUndoStep() {
      for (const source of all()) source.undo.end();
    },
    writerOf(id, field) {
      const object = homeOf(id).roots.items.get(id) ?? board.roots.links.get(id);
      // oxlint-disable-next-line no-underscore-dangle -- Yjs tells a value's writer nowhere else
      return object instanceof Y.Map ? object._map.get(field)?.id.client : undefined;
    },
    beside: {
      add(own) {
        const source = createSource(own, person, known, ear);
        beside = [...beside, source];
        for (const id of source.roots.items.keys()) touched.items.add(id);
        ear.done(false);
      },
      remove(own, revealed = false) {
        const source = beside.find((one) => one.doc === own);
        if (source === undefined) return;
        beside = beside.filter((one) => one !== source);
        if (target === source) target = board;
        source.close();
        for (const id of source.roots.items.keys()) touched.items.add(id);
        const change = take(false);
        tell(change && revealed ? { ...change, revealed } : change);
      },
      writeInto: (own) => void (target = beside.find((one) => one.doc === own) ?? board),
      has: (id) => homeOf(id) !== board,
    },
    person,
    doc,
  };
}
