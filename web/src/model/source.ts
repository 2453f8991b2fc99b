// One document that a model reads from and writes to: its roots, its undo, what was touched in it. Knows no other document.

import * as Y from "yjs";
import { OwnUndo } from "./undo.ts";
import { createWriter, type Known, type NamedWriter, type Roots } from "./write.ts";
import type { ObjectId, PersonId } from "./types.ts";

/** What a source tells its model. */
export interface Ear {
  touched(root: "items" | "links", id: ObjectId): void;
  titled(): void;
  /** After each transaction. */
  done(local: boolean): void;
}

export interface Source {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly undo: OwnUndo;
  readonly writer: NamedWriter;
  /** Hears of it no more. */
  close(): void;
}

export function createSource(doc: Y.Doc, person: PersonId, known: Known, ear: Ear): Source {
  const roots: Roots = { items: doc.getMap("items"), links: doc.getMap("links"), meta: doc.getMap("meta") };
  const undo = new OwnUndo(doc, [roots.items, roots.links, roots.meta] as Y.AbstractType<unknown>[]);
  const stops: (() => void)[] = [];
  for (const name of ["items", "links"] as const) {
    const root = roots[name];
    const hear = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        const first = event.path[0];
        if (first !== undefined) ear.touched(name, String(first));
        else if (event.target === root) for (const key of event.changes.keys.keys()) ear.touched(name, key);
      }
    };
    root.observeDeep(hear);
    stops.push(() => root.unobserveDeep(hear));
  }
  const titled = () => ear.titled();
  roots.meta.observe(titled);
  const done = (transaction: Y.Transaction) => ear.done(transaction.local);
  doc.on("afterTransaction", done);
  stops.push(
    () => roots.meta.unobserve(titled),
    () => doc.off("afterTransaction", done),
  );
  return {
    doc,
    roots,
    undo,
    writer: createWriter(roots, known, person),
    close() {
      for (const stop of stops) stop();
    },
  };
}
