// Undo and redo of what this browser did, and of nothing that others did. Knows no keys and no words.

import * as Y from "yjs";

/** Typing within this time is one step. */
const TYPING = 800;
/** Where an entry of the undo manager keeps its step, and when it was made. */
const STEP = "step";
const AT = "at";
/** Counts steps over all documents, so that the newest is known. */
let made = 0;

export class OwnUndo {
  readonly #manager: Y.UndoManager;
  readonly #origin: object;
  readonly #doc: Y.Doc;
  /** The text that is being typed into; another text begins another step. */
  #typing: string | null = null;
  /** What belongs to one step; the parts of a big one carry the same. */
  #step: object = {};

  constructor(doc: Y.Doc, scope: Y.AbstractType<unknown>[]) {
    this.#doc = doc;
    this.#origin = { own: true };
    this.#manager = new Y.UndoManager(scope, { doc, captureTimeout: TYPING, trackedOrigins: new Set([this.#origin]) });
    this.#manager.on("stack-item-added", ({ stackItem }) => {
      stackItem.meta.set(STEP, this.#step);
      stackItem.meta.set(AT, (made += 1));
    });
  }

  /** One step; `rest` are further parts of it, each in a transaction of its own. */
  step(run: () => void, rest: Iterable<() => void> = []): void {
    this.end();
    this.#doc.transact(run, this.#origin);
    for (const part of rest) this.#further(part);
    this.end();
  }

  #further(run: () => void): void {
    this.#manager.stopCapturing();
    this.#doc.transact(run, this.#origin);
    this.#manager.stopCapturing();
  }

  /** A step whose parts come one by one, with other steps between them; it is undone as one. */
  begin(): { more(run: () => void): boolean } {
    this.end();
    const step = this.#step;
    this.#step = {};
    let begun = false;
    return {
      more: (run) => {
        const stack = this.#manager.undoStack;
        if (begun && !stack.some((item) => item.meta.get(STEP) === step)) return false;
        begun = true;
        this.end();
        this.#step = step;
        this.#further(run);
        this.#step = {};
        stack.sort((a, b) => Number(a.meta.get(STEP) === step) - Number(b.meta.get(STEP) === step));
        return true;
      },
    };
  }

  /** Part of the step of typing into this object, if that is what happened last. */
  type(id: string, run: () => void): void {
    if (this.#typing !== id) this.end();
    this.#typing = id;
    this.#doc.transact(run, this.#origin);
  }

  end(): void {
    this.#typing = null;
    this.#step = {};
    this.#manager.stopCapturing();
  }

  undo(): boolean {
    return this.#back(this.#manager.undoStack, () => this.#manager.undo());
  }

  redo(): boolean {
    return this.#back(this.#manager.redoStack, () => this.#manager.redo());
  }

  /** All parts of the step that is on top of the stack. */
  #back(stack: Y.UndoManager["undoStack"], take: () => unknown): boolean {
    this.end();
    const step = stack.at(-1)?.meta.get(STEP);
    let done = false;
    for (let top = step; stack.length > 0 && top === step; top = stack.at(-1)?.meta.get(STEP)) {
      done = take() !== null || done;
    }
    this.end();
    return done;
  }

  /** When the step was made that is next to be undone, or redone: a larger number is later; 0 when there is none. */
  newest(what: "undo" | "redo"): number {
    const stack = what === "undo" ? this.#manager.undoStack : this.#manager.redoStack;
    return (stack.at(-1)?.meta.get(AT) as number | undefined) ?? 0;
  }

  get canUndo(): boolean {
    return this.#manager.undoStack.length > 0;
  }

  get canRedo(): boolean {
    return this.#manager.redoStack.length > 0;
  }
}
