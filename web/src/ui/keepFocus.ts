// Keeps the keyboard's place when what has it goes away, by anybody's deed: it goes on where the part says, not at the
// page's beginning. Knows no part.

import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

/** `next`: where it goes on. What the person leaves by themselves is left. */
export function keepFocus(next: () => HTMLElement | null | undefined): Attachment<HTMLElement> {
  return (place) => {
    let last: EventTarget | null = null;
    const look = (changes: readonly MutationRecord[] = []): void => {
      const own = last;
      if (!(own instanceof HTMLElement)) return;
      // What is put elsewhere in a list goes away for a moment.
      const moved =
        own.isConnected && changes.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(own)));
      if (own.isConnected && !moved) return;
      if (!moved) last = null;
      const at = document.activeElement;
      if (at === null || at === document.body) (moved ? own : next())?.focus();
    };
    const come = ({ target }: FocusEvent) => void (last = target);
    const leave = ({ relatedTarget }: FocusEvent) => void (last = relatedTarget === null ? last : null);
    place.addEventListener("focusin", come);
    place.addEventListener("focusout", leave);
    const watch = new MutationObserver((changes) => look(changes));
    watch.observe(place, { childList: true, subtree: true });
    return () => {
      watch.disconnect();
      place.removeEventListener("focusin", come);
      place.removeEventListener("focusout", leave);
      // The place itself goes with this turn.
      void tick().then(() => look());
    };
  };
}
