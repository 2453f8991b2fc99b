// Editing a shared text in place: a field inside the item; others' edits come in and the caret stays. Knows no keys of the board.

import type { SharedText } from "../model/board.ts";
import { difference } from "./caret.ts";

/** The longest text of an object, in UTF-16 units (limits.rs). */
const TEXT_UNITS = 4000;

export interface EditorOptions {
  readonly label: string;
  /** Typed before the field was open: put at the end. */
  readonly typed?: string;
  readonly selectAll?: boolean;
  /** The field's text changed, here or elsewhere. */
  onInput(): void;
  /** A key pressed in the field; true when it was taken. */
  onKey(event: KeyboardEvent): boolean;
  onBlur(): void;
}

export class Editor {
  readonly field: HTMLTextAreaElement;
  readonly #text: SharedText;
  readonly #host: HTMLElement;
  readonly #options: EditorOptions;
  readonly #stop: () => void;
  #known: string;
  /** While an input method composes, the field is its own: others' edits wait here. */
  #composing = false;
  #waiting: ((offset: number) => number)[] = [];
  #closed = false;

  constructor(host: HTMLElement, text: SharedText, options: EditorOptions) {
    this.#host = host;
    this.#text = text;
    this.#options = options;
    this.#known = text.toString();
    this.field = document.createElement("textarea");
    this.field.className = "jb-field";
    this.field.rows = 1;
    this.field.dir = "auto";
    this.field.maxLength = TEXT_UNITS;
    this.field.spellcheck = true;
    this.field.setAttribute("aria-label", options.label);
    this.field.value = this.#known;
    host.dataset["editing"] = "";
    host.replaceChildren(this.field);
    this.#stop = text.observe((map) => this.#received(map));
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("compositionstart", () => {
      this.#composing = true;
    });
    this.field.addEventListener("compositionend", () => {
      this.#composing = false;
      this.#typed();
    });
    this.field.addEventListener("keydown", (event) => {
      if (!event.isComposing && options.onKey(event)) event.preventDefault();
      // Keys typed into a text are never the board's.
      event.stopPropagation();
    });
    this.field.addEventListener("beforeinput", (event) => {
      // Undo belongs to the board: the field's own would undo others' edits too.
      if (event.inputType === "historyUndo" || event.inputType === "historyRedo") event.preventDefault();
    });
    this.field.addEventListener("blur", (event) => {
      // A menu gives the focus back: the language can change in the middle of a word.
      const inMenu = event.relatedTarget instanceof Element && event.relatedTarget.closest("[role=menu]") !== null;
      if (!this.#closed && !inMenu) options.onBlur();
    });
    this.field.focus({ preventScroll: true });
    const end = this.field.value.length;
    this.field.setSelectionRange(options.selectAll === true ? 0 : end, end);
    if (options.typed !== undefined && options.typed !== "") this.#insert(options.typed);
    this.fitHeight();
  }

  /** Lets the field be as high as its text, so that it stands where the drawn text stood. */
  fitHeight(): void {
    this.field.style.height = "0";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  close(): void {
    if (this.#closed) return;
    if (this.#composing) {
      this.#composing = false;
      this.#typed();
    }
    this.#closed = true;
    this.#stop();
    delete this.#host.dataset["editing"];
    this.#host.replaceChildren(this.#text.toString());
  }

  #insert(typed: string): void {
    const end = this.field.value.length;
    this.field.setRangeText(typed, end, end, "end");
    this.#typed();
  }

  #typed(): void {
    if (this.#composing || this.#closed) return;
    const edit = difference(this.#known, this.field.value, this.field.selectionEnd);
    const waiting = this.#waiting;
    this.#waiting = [];
    if (edit) {
      const through = (offset: number): number => waiting.reduce((at, map) => map(at), offset);
      this.#text.replace(through(edit.start), through(edit.end), edit.insert);
      this.#known = this.field.value;
    }
    if (waiting.length > 0) {
      const caret = edit
        ? waiting.reduce((at, map) => map(at), edit.start) + edit.insert.length
        : this.field.selectionEnd;
      this.#show(caret, caret);
    }
    this.fitHeight();
    this.#options.onInput();
  }

  #received(map: (offset: number) => number): void {
    if (this.#composing) {
      this.#waiting.push(map);
      return;
    }
    this.#show(map(this.field.selectionStart), map(this.field.selectionEnd));
    this.fitHeight();
    this.#options.onInput();
  }

  #show(start: number, end: number): void {
    const backward = this.field.selectionDirection === "backward";
    this.#known = this.#text.toString();
    this.field.value = this.#known;
    this.field.setSelectionRange(start, end, backward ? "backward" : "forward");
  }
}
