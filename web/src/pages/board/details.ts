// Into the panel and out of it with the keyboard: where one came from is where one goes back to. Knows no fields.

import { tick } from "svelte";

export class Details {
  #from: HTMLElement | undefined;

  /** Goes to the first field of the panel, once that is fetched and there. */
  async enter(fetched: Promise<unknown>): Promise<void> {
    const before = document.activeElement;
    await fetched.catch(() => undefined);
    await tick();
    const panel = document.querySelector<HTMLElement>("aside[aria-labelledby=panel-title]");
    if (panel === null) return;
    if (before instanceof HTMLElement && !panel.contains(before)) this.#from = before;
    // A menu that ran the command gives its focus back first.
    requestAnimationFrame(() => firstOf(panel)?.focus());
  }

  /** Back to where one came from; false when that is no more. */
  leave(): boolean {
    const from = this.#from;
    this.#from = undefined;
    if (from?.isConnected !== true) return false;
    from.focus();
    return true;
  }
}

function firstOf(panel: HTMLElement): HTMLElement | null {
  const field = "textarea:not([disabled]), input:not([disabled]), select:not([disabled])";
  return panel.querySelector<HTMLElement>(`.body :is(${field})`) ?? panel.querySelector<HTMLElement>("button");
}
