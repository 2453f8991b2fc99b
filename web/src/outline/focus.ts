// Where the keyboard goes on when its row is moved or deleted: the same row, the next, the one before, the heading.
// Knows rows by their attributes, no document.

/** A row that had the focus, and what was around it. */
export interface Kept {
  readonly element: HTMLElement;
  readonly id: string;
  /** The list of the outline or the table that it was in. */
  readonly scope: string;
  readonly control: "text" | "menu" | "writing";
  readonly caret: readonly [number, number] | undefined;
  /** The rows after it, and those before it, the nearest first. */
  readonly others: readonly string[];
  readonly heading: HTMLElement | null;
}

/** The row that has the focus, or had it before a dialog opened over it. */
export function keep(root: HTMLElement, last: HTMLElement | null): Kept | undefined {
  const active = document.activeElement;
  const inside = active instanceof HTMLElement && root.contains(active);
  const element = inside ? active : active?.closest("dialog, aside") ? last : null;
  const row = element?.closest<HTMLElement>("[data-row]");
  if (element === null || row === null || row === undefined || !element.isConnected) return undefined;
  const rows = siblings(root, row);
  const at = rows.indexOf(row);
  const ids = (some: readonly HTMLElement[]) => some.map((other) => other.dataset["row"] ?? "");
  return {
    element,
    id: row.dataset["row"] ?? "",
    scope: row.closest<HTMLElement>("[data-scope]")?.dataset["scope"] ?? "",
    control: controlOf(element),
    caret: element instanceof HTMLTextAreaElement ? [element.selectionStart, element.selectionEnd] : undefined,
    others: [...ids(rows.slice(at + 1)), ...ids(rows.slice(0, Math.max(0, at)).toReversed())],
    heading: row.closest("section")?.querySelector<HTMLElement>("[data-heading]") ?? null,
  };
}

/** Gives the focus back when the change took it; true when it did. */
export function giveBack(root: HTMLElement, kept: Kept): boolean {
  const active = document.activeElement;
  if (active !== null && active !== document.body && active.isConnected) return false;
  if (kept.element.isConnected && active === kept.element) return false;
  const row = rowOf(root, kept.scope, kept.id);
  if (row !== null) {
    const target = controlIn(row, kept.control);
    target?.focus();
    if (target instanceof HTMLTextAreaElement && kept.caret !== undefined) target.setSelectionRange(...kept.caret);
    return target !== null;
  }
  for (const id of kept.others) {
    const next = rowOf(root, kept.scope, id);
    const target = next === null ? null : controlIn(next, "text");
    if (target === null) continue;
    target.focus();
    return true;
  }
  const heading = kept.heading?.isConnected === true ? kept.heading : root.querySelector<HTMLElement>("[data-heading]");
  heading?.focus();
  return heading !== null;
}

/** The rows of the same list; of a heading, the other headings. */
function siblings(root: HTMLElement, row: HTMLElement): HTMLElement[] {
  const list = row.closest("ol, ul, tbody");
  if (list === null) return [...root.querySelectorAll<HTMLElement>("section > [data-row]")];
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  return rows.filter((other) => other.closest("ol, ul, tbody") === list);
}

function rowOf(root: HTMLElement, scope: string, id: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-scope="${CSS.escape(scope)}"] [data-row="${CSS.escape(id)}"]`);
}

function controlOf(element: HTMLElement): Kept["control"] {
  if (element instanceof HTMLTextAreaElement) return "writing";
  return element.getAttribute("aria-haspopup") === "menu" ? "menu" : "text";
}

function controlIn(row: HTMLElement, control: Kept["control"]): HTMLElement | null {
  const text = row.querySelector<HTMLElement>("[data-outline], [data-jump]");
  if (control === "writing") return row.querySelector<HTMLElement>("textarea") ?? text;
  return control === "menu" ? (row.querySelector<HTMLElement>(":scope > [aria-haspopup=menu]") ?? text) : text;
}
