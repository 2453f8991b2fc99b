// Undo and redo of what this browser did, and of nothing that others did. Knows no keys and no words.

import * as Y from "yjs";

/** Typing within this time is one step. */
const TYPING = 800;

export class OwnUndo {
  readonly #manager: Y.UndoManager;
  readonly #origin: object;
  readonly #doc: Y.Doc;
  /** The text that is being typed into; another text begins another step. */
  #typing: string | null = null;

  constructor(doc: Y.Doc, scope: Y.AbstractType<unknown>[]) {
    this.#doc = doc;
    this.#origin = { own: true };
    this.#manager = new Y.UndoManager(scope, { doc, captureTimeout: TYPING, trackedOrigins: new Set([this.#origin]) });
  }

  /** One step. */
  step(run: () => void): void {
    this.end();
    this.#doc.transact(run, this.#origin);
    this.end();
  }

  /** Part of the step of typing into this object, if that is what happened last. */
  type(id: string, run: () => void): void {
    if (this.#typing !== id) this.end();
    this.#typing = id;
    this.#doc.transact(run, this.#origin);
  }

  end(): void {
    this.#typing = null;
    this.#manager.stopCapturing();
  }

  undo(): boolean {
    this.end();
    return this.#manager.undo() !== null;
  }

  redo(): boolean {
    this.end();
    return this.#manager.redo() !== null;
  }

  get canUndo(): boolean {
    return this.#manager.undoStack.length > 0;
  }

  get canRedo(): boolean {
    return this.#manager.redoStack.length > 0;
  }
}
