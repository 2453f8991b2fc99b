// The outline as a view that commands can talk to: it selects, edits and announces; it has no camera. Knows no DOM
// but the focus.

import type { View } from "../commands/types.ts";
import type { ObjectId } from "../model/types.ts";
import type { Desk } from "../session/desk.svelte.ts";
import { said } from "../session/said.ts";
import { notices } from "../ui/notices.svelte.ts";

export class OutlineView implements View {
  /** The item whose text is being edited. */
  editing: ObjectId | undefined = $state();
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  select(ids: readonly ObjectId[]): void {
    this.#desk.focus = { ...this.#desk.focus, selection: ids };
  }
  edit(id: ObjectId): void {
    // An arrow has no line of its own: it is edited in its dialog.
    if (this.#desk.snapshot.links.has(id)) this.#desk.ask("link.label", [id]);
    else this.editing = id;
  }
  ask(command: Parameters<View["ask"]>[0], ids: readonly ObjectId[]): void {
    this.#desk.ask(command, ids);
  }
  announce(key: string, values: Readonly<Record<string, string | number>> = {}): void {
    notices.say(said(key, values));
  }
  // A list has its own order and scrolls by itself.
  zoomToFit(): void {}
  zoomTo(): void {}
  zoomBy(): void {}
  pan(): void {}

  /** Ends the editing and gives the focus back to the item. */
  endEdit(): void {
    const id = this.editing;
    this.editing = undefined;
    if (id !== undefined) focusItem(id);
  }
}

/** The item's own button, where the keyboard goes on from. */
export function focusItem(id: ObjectId): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-outline="${CSS.escape(id)}"]`)?.focus());
}
