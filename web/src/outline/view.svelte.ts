// The outline as a view that commands can talk to: it selects, edits and announces; it has no camera. Knows no DOM
// but the focus.

import type { View } from "../commands/types.ts";
import type { ObjectId } from "../model/types.ts";
import { announce } from "../session/announce.ts";
import type { Desk } from "../session/desk.svelte.ts";
import { Shown, TABLE } from "./shown.ts";
import { carrierOf, listOf } from "./tree.ts";

/** The outline on the page, if one is open: what is looked for is shown there. */
let open: OutlineView | undefined;

export class OutlineView implements View {
  /** The item whose text is being edited. */
  editing: ObjectId | undefined = $state();
  /** Several items are being chosen with check boxes; the focus chooses nothing then. */
  picking = $state(false);
  /** The way through the process so far; empty: not begun; undefined: nobody follows it. */
  way: readonly ObjectId[] | undefined = $state.raw();
  /** It is on the page. */
  isOpen = $state(false);
  readonly #desk: Desk;
  readonly #shown = new Shown();
  #grown = $state(0);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  select(ids: readonly ObjectId[]): void {
    this.#desk.focus = { ...this.#desk.focus, selection: ids };
  }
  /** Chooses what got the focus, unless several are being chosen. */
  focused(id: ObjectId): void {
    const { selection } = this.#desk.focus;
    if (!this.picking && (selection.length !== 1 || selection[0] !== id)) this.select([id]);
  }
  pick(id: ObjectId, on: boolean): void {
    const others = this.#desk.focus.selection.filter((other) => other !== id);
    this.select(on ? [...others, id] : others);
  }
  setPicking(on: boolean): void {
    this.picking = on;
    this.select([]);
  }
  edit(id: ObjectId): void {
    // An arrow has no line of its own: it is edited in its dialog.
    if (this.#desk.snapshot.links.has(id)) {
      this.#desk.ask("link.label", [id]);
      return;
    }
    this.reveal(id);
    this.editing = id;
  }
  /** Opens the panel on the item's fields; closing it gives the focus back. */
  details(id: ObjectId): void {
    this.select([id]);
    this.#desk.ask("item.fields", [id]);
  }
  ask(command: Parameters<View["ask"]>[0], ids: readonly ObjectId[]): void {
    this.#desk.ask(command, ids);
  }
  announce(key: string, values: Readonly<Record<string, string | number>> = {}): void {
    announce(key, values);
  }
  // A list has its own order and scrolls by itself.
  zoomToFit(): void {}
  zoomTo(ids: readonly ObjectId[]): void {
    const [first] = ids;
    if (first !== undefined) showItem(first);
  }
  zoomBy(): void {}
  pan(): void {}

  /** Ends the editing and gives the focus back to the item. */
  endEdit(): void {
    const id = this.editing;
    this.editing = undefined;
    if (id !== undefined) focusItem(id);
  }

  /** Gives new lists their share of what is shown, in reading order. */
  allot(lists: readonly (readonly [key: string, count: number])[]): void {
    this.#shown.allot(lists);
  }
  /** How many of a list of `count` are shown. */
  limit(key: string, count: number, first = TABLE): number {
    void this.#grown;
    return this.#shown.of(key, count, first);
  }
  more(key: string, first = TABLE): void {
    this.#shown.more(key, first);
    this.#grown += 1;
  }
  /** Whatever list an item is in is shown as far as to it. */
  reveal(id: ObjectId): void {
    // Not the one of the last frame: what was just made is there already.
    const { snapshot } = this.#desk.model;
    const seen = new Set<ObjectId>();
    let grew = false;
    for (let at = snapshot.items.get(id); at !== undefined && !seen.has(at.id); at = carrierOf(snapshot, at)) {
      seen.add(at.id);
      const list = listOf(snapshot, at.id);
      if (list !== undefined && this.#shown.reach(list.key, list.at)) grew = true;
    }
    if (grew) this.#grown += 1;
  }
}

/** This outline is the one on the page; returns the way to take it off. */
export function openOutline(view: OutlineView): () => void {
  open = view;
  view.isOpen = true;
  return () => {
    view.isOpen = false;
    if (open === view) open = undefined;
  };
}

/** The item's own button, where the keyboard goes on from; unless somebody has gone elsewhere by the time it is drawn. */
export function focusItem(id: ObjectId): void {
  const from = document.activeElement;
  rowOf(id, (button) => {
    if (!hasGoneOnFrom(from)) button.focus();
  });
}

/** The focus was moved on purpose: what had it is still there to be left. */
function hasGoneOnFrom(from: Element | null): boolean {
  const at = document.activeElement;
  if (at === from || at === null || at === document.body) return false;
  // A dialog that was closed, or a field that is gone, gave the focus back by itself.
  return from !== null && from.isConnected && from.getClientRects().length > 0;
}

/** Brings the item into sight and leaves the focus where it is. */
export function showItem(id: ObjectId): void {
  rowOf(id, (button) => button.scrollIntoView({ block: "center" }));
}

function rowOf(id: ObjectId, then: (button: HTMLElement) => void): void {
  open?.reveal(id);
  requestAnimationFrame(() => {
    const button = document.querySelector<HTMLElement>(`[data-outline="${CSS.escape(id)}"]`);
    if (button !== null) then(button);
  });
}
