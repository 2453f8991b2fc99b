// Arrows in toolbars that stand beside each other: within one sideways, to the same place of the next one up and down. Knows no
// buttons.

const items = (bar: Element): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>("a, button")];

/** Where in its toolbar the focus came to. */
export function place(event: FocusEvent): number | undefined {
  const [bar, item] = [event.currentTarget, event.target];
  if (!(bar instanceof Element) || !(item instanceof HTMLElement)) return undefined;
  const at = items(bar).indexOf(item);
  return at === -1 ? undefined : at;
}

export function toolbarKeys(event: KeyboardEvent): void {
  const bar = event.currentTarget;
  if (!(bar instanceof Element) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = items(bar);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = next(event.key, bar, all, at);
  if (at === -1 || to === undefined) return;
  event.preventDefault();
  to.focus();
}

function next(key: string, bar: Element, all: readonly HTMLElement[], at: number): HTMLElement | undefined {
  if (key === "ArrowRight") return all[(at + 1) % all.length];
  if (key === "ArrowLeft") return all.at(at - 1);
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0) return undefined;
  const bars = [...document.querySelectorAll('[role="toolbar"]')];
  const other = bars[bars.indexOf(bar) + step];
  return other === undefined ? all[at] : items(other)[at];
}
