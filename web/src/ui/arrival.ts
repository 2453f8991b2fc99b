// Where the keyboard begins on a page, and how it gets there when one comes to it. Knows no pages.

/** A board's surface, else the page's heading. */
export const startOfPage = (): HTMLElement | null =>
  document.querySelector<HTMLElement>(".jb-surface") ?? document.querySelector<HTMLElement>("h1");

/**
 * Puts the keyboard at the start of the page that one comes to as soon as that is there, and again when something else takes
 * its place while the page is still coming; until the person does something by themselves. Returns the way to stop.
 */
export function arrive(): () => void {
  let arrived = false;
  const look = (): void => {
    if (arrived && document.activeElement !== document.body) return;
    const start = startOfPage();
    start?.focus();
    arrived ||= start !== null && document.activeElement === start;
  };
  const watch = new MutationObserver(look);
  const stop = (): void => {
    watch.disconnect();
    removeEventListener("keydown", stop, true);
    removeEventListener("pointerdown", stop, true);
  };
  addEventListener("keydown", stop, true);
  addEventListener("pointerdown", stop, true);
  watch.observe(document.body, { childList: true, subtree: true });
  look();
  return stop;
}
