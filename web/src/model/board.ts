// Typed access to the board document: read as snapshots, written in transactions. The only door to Y types.

import type * as Y from "yjs";
import type { ChangeSet, ItemKind, LinkKind, ObjectId, PersonId, Snapshot } from "./types.ts";

/** Fields to write: names and values as in `schema.ts`. */
export type Fields = Readonly<Record<string, unknown>>;

/** Writes inside one transaction. Each throws on a value the schema does not take: that is a bug, not an input. */
export interface Writer {
  addItem(kind: ItemKind, fields: Fields, text?: string): ObjectId;
  addLink(kind: LinkKind, from: ObjectId, to: ObjectId, fields?: Fields): ObjectId;
  set(id: ObjectId, fields: Fields): void;
  setText(id: ObjectId, text: string): void;
  /** Sets `gone`: undo and other people's edits still find the object. */
  remove(id: ObjectId): void;
  setTitle(title: string): void;
}

export interface BoardModel {
  readonly snapshot: Snapshot;
  /** Calls back after every change; returns the way to stop. */
  subscribe(listener: (change: ChangeSet) => void): () => void;
  /** Objects that are not deleted, hidden ones included: what the server's limit counts. */
  readonly live: number;
  /** One undoable step; a big one goes to the server in parts. */
  write(run: (writer: Writer) => void): void;
  /**
   * One undoable step in small parts, with `pause` awaited between them, so that the page stays alive. False when it
   * was ended on the way: undone, or the board was replaced.
   */
  writeSlowly(run: (writer: Writer) => void, pause: () => Promise<void>): Promise<boolean>;
  /** The shared text of an object, for an editor: read it, change a span, hear of remote changes. */
  text(id: ObjectId): SharedText | undefined;
  undo(): boolean;
  redo(): boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Ends the current undo step, so that the next edit is undone on its own. */
  endUndoStep(): void;
  /** The client that wrote a field of an object last; undefined when nobody did. */
  writerOf(id: ObjectId, field: string): number | undefined;
  /** Documents that only this person has. */
  readonly beside: Beside;
  readonly person: PersonId;
  /** For `net/` only. */
  readonly doc: Y.Doc;
}

/**
 * Documents beside the board's, which nobody else sees. What is in them shows among what is on the board; an object that is in both shows
 * as it is here.
 */
export interface Beside {
  /** For `net/` only. */
  add(doc: Y.Doc): void;
  /** For `net/` only. */
  remove(doc: Y.Doc, revealed?: boolean): void;
  /** New items go into this document; null: on the board. For `net/` only. */
  writeInto(doc: Y.Doc | null): void;
  has(id: ObjectId): boolean;
}

/** A text being edited. Offsets are UTF-16 units. */
export interface SharedText {
  toString(): string;
  /** Replaces the span by text, as one edit; the rest, and others' edits in it, stay. */
  replace(start: number, end: number, insert: string): void;
  /** Calls back after each change that this text did not make itself, with how offsets map. */
  observe(listener: (map: (offset: number) => number) => void): () => void;
}
