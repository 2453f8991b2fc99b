// Opens and closes the text of an item on the surface; the note chain; growth of a box its text outgrew. Knows no pointers.

import { isContainer } from "../model/schema.ts";
import type { ObjectId, Point, Rect } from "../model/types.ts";
import type { Camera } from "./camera.ts";
import { Editor } from "./editor.ts";
import { center, containsPoint } from "./geometry.ts";
import { nameOf } from "./name.ts";
import type { Renderer } from "./render.ts";
import type { SurfaceState } from "./state.ts";
import type { CanvasDeps } from "./types.ts";

/** A text is never written at a zoom where it cannot be read. */
const READABLE = 0.6;
const NOTE_GAP = 20;
const STEP_GAP = 60;

export interface WritingParts {
  readonly state: SurfaceState;
  readonly camera: Camera;
  readonly renderer: Renderer;
  readonly deps: CanvasDeps;
  select(ids: readonly ObjectId[]): void;
  draw(): void;
  /** Draws an item's parts again, though its value is the same. */
  refill(id: ObjectId): void;
  takeFocus(): void;
  changed(): void;
}

export class Writing {
  readonly #parts: WritingParts;
  #editor: Editor | undefined;

  constructor(parts: WritingParts) {
    this.#parts = parts;
  }

  /** What stands in the open field. */
  get typed(): string | undefined {
    return this.#editor?.field.value;
  }

  open(id: ObjectId, typed?: string): void {
    const { state, camera, renderer, deps } = this.#parts;
    if (state.editing === id) return;
    this.close(true);
    const item = state.snapshot.items.get(id);
    const text = state.model.text(id);
    const rect = state.snapshot.rect(id);
    if (!item || !text || !rect) {
      // An arrow's text has no place to write in on the surface: the command asks for it.
      if (state.snapshot.links.has(id)) deps.ask?.("link.label", [id]);
      return;
    }
    if (!deps.permissions.may("edit", id).ok) return;
    this.#parts.select([id]);
    state.current = id;
    state.editing = id;
    camera.reveal(rect, READABLE);
    this.#parts.draw();
    const mounted = renderer.pool.get(id);
    if (!mounted) {
      state.editing = undefined;
      return;
    }
    mounted.element.classList.add("jb-editing");
    this.#editor = new Editor(mounted.skin.text, text, {
      label: nameOf(state.snapshot, item, deps.words, deps.permissions),
      ...(typed === undefined ? {} : { typed }),
      onInput: () => this.#parts.changed(),
      onKey: (event) => this.#key(event, id),
      onBlur: () => this.close(false),
    });
    this.#parts.changed();
  }

  /** Ends writing; `keep` leaves the keyboard on the item. */
  close(keep: boolean): void {
    const { state, renderer } = this.#parts;
    const editor = this.#editor;
    const id = state.editing;
    if (!editor || id === undefined) return;
    this.#editor = undefined;
    state.editing = undefined;
    const mounted = renderer.pool.get(id);
    mounted?.element.classList.remove("jb-editing");
    editor.close();
    state.model.endUndoStep();
    this.#parts.refill(id);
    this.#grow(id);
    this.#parts.draw();
    state.byKeys = true;
    if (keep) this.#parts.takeFocus();
    this.#parts.changed();
  }

  /** The next note or step beside, under or over this one: the one that is there, or a new one. */
  #chain(id: ObjectId, back: boolean, down = false): void {
    const { state, deps } = this.#parts;
    const item = state.snapshot.items.get(id);
    const rect = state.snapshot.rect(id);
    this.close(true);
    if (!item || !rect || !chains(item.kind)) return;
    const gap = item.kind === "step" ? STEP_GAP : NOTE_GAP;
    const by = ((down ? rect.h : rect.w) + gap) * (back ? -1 : 1);
    const beside: Rect = down ? { ...rect, y: rect.y + by } : { ...rect, x: rect.x + by };
    const there = state.scene
      .visible(beside)
      .find((other) => other.kind === item.kind && other.id !== id && contains(state, other.id, center(beside)));
    if (there) {
      this.open(there.id);
      return;
    }
    const at: Point = [Math.round(beside.x), Math.round(beside.y)];
    if (item.kind === "note") deps.run("note.create", { at, parent: item.parent, color: item.color });
    else
      deps.run(
        "step.create",
        back || down ? { at, parent: item.parent } : { at, parent: item.parent, connectFrom: id },
      );
  }

  /** Another of the kind, pinned where this one is, or under it; what holds others has none. */
  #again(id: ObjectId): void {
    const { state, deps } = this.#parts;
    const item = state.snapshot.items.get(id);
    const rect = state.snapshot.rect(id);
    const pin = state.snapshot.pinOf(id);
    this.close(true);
    if (!item || !rect || isContainer(item.kind)) return;
    const at: Point = [Math.round(rect.x), Math.round(rect.y + rect.h + NOTE_GAP)];
    deps.run(`${item.kind}.create`, pin === undefined ? { at, parent: item.parent } : { on: pin.to });
  }

  /** A text that does not fit even at the smallest size makes its box higher, once, when writing ends. */
  #grow(id: ObjectId): void {
    const { state, renderer, deps } = this.#parts;
    const mounted = renderer.pool.get(id);
    const rect = state.snapshot.rect(id);
    if (!mounted?.skin.text.classList.contains("jb-cut") || !rect || mounted.item.kind === "lane") return;
    const { text } = mounted.skin;
    const more = text.scrollHeight - text.clientHeight;
    if (more > 0 && deps.permissions.may("move", id).ok) {
      deps.run("item.resize", { id, at: [rect.x, rect.y], size: [rect.w, Math.ceil(rect.h + more + 4)] });
    }
  }

  #key(event: KeyboardEvent, id: ObjectId): boolean {
    const { deps } = this.#parts;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && mod && !event.altKey && chains(this.#parts.state.snapshot.items.get(id)?.kind)) {
      this.#chain(id, event.shiftKey, true);
      return true;
    }
    if (event.key === "Enter" && mod && !event.altKey && !event.shiftKey) {
      this.#again(id);
      return true;
    }
    if (event.key === "Escape" || event.key === "F2" || (event.key === "Enter" && mod && !event.altKey)) {
      this.close(true);
      return true;
    }
    if (event.key === "Tab" && !mod && !event.altKey) {
      this.#chain(id, event.shiftKey);
      return true;
    }
    if (mod && !event.altKey && event.key.toLowerCase() === "z") {
      deps.run(event.shiftKey ? "history.redo" : "history.undo");
      return true;
    }
    if (mod && !event.altKey && event.key.toLowerCase() === "y") {
      deps.run("history.redo");
      return true;
    }
    return false;
  }
}

function chains(kind: string | undefined): kind is "note" | "step" {
  return kind === "note" || kind === "step";
}

function contains(state: SurfaceState, id: ObjectId, point: Point): boolean {
  const rect = state.snapshot.rect(id);
  return rect !== undefined && containsPoint(rect, point);
}
