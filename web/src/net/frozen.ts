// A board as it was at one moment, behind the same door as a live one: nothing is sent, nothing can be written.
// Knows no sockets and no views.

import * as Y from "yjs";
import type { Permissions } from "../commands/types.ts";
import type { BoardModel } from "../model/board.ts";
import { createBoardModel } from "../model/model.ts";
import type { PersonId } from "../model/types.ts";
import type { BoardConnection } from "./connection.ts";
import { writable } from "./store.ts";
import type { Presence, RefusedEdit, SaveState, SessionState } from "./types.ts";

const NOTHING: Permissions = {
  may: () => ({ ok: false, why: "snapshot" }),
  facilitates: false,
  isLocked: () => false,
};

/** `document`: one lib0-v1 update. Throws on bytes that are none. */
export function openFrozen(document: Uint8Array, person: PersonId): BoardConnection {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document);
  return {
    model: writable<BoardModel>(still(createBoardModel(doc, person))),
    state: writable<SaveState>({ kind: "saved" }),
    session: writable<SessionState | null>(null),
    permissions: writable(NOTHING),
    presence: { others: writable<readonly Presence[]>([]), publish: () => undefined, also: () => undefined },
    refused: { edits: writable<readonly RefusedEdit[]>([]), reapply: () => undefined, discard: () => undefined },
    server: { command: () => Promise.reject(new Error("a snapshot takes no commands")) },
    ready: Promise.resolve(),
    close: () => doc.destroy(),
  };
}

/** Commands ask the permissions first; this holds whoever does not. */
function still(model: BoardModel): BoardModel {
  return {
    get snapshot() {
      return model.snapshot;
    },
    subscribe: (listener) => model.subscribe(listener),
    get live() {
      return model.live;
    },
    write: () => undefined,
    writeSlowly: () => Promise.resolve(false),
    writerOf: (id, field) => model.writerOf(id, field),
    text(id) {
      const text = model.text(id);
      return text === undefined
        ? undefined
        : { toString: () => text.toString(), replace: () => undefined, observe: () => () => undefined };
    },
    undo: () => false,
    redo: () => false,
    canUndo: false,
    canRedo: false,
    endUndoStep: () => undefined,
    beside: { add: () => undefined, remove: () => undefined, writeInto: () => undefined, has: () => false },
    person: model.person,
    doc: model.doc,
  };
}
