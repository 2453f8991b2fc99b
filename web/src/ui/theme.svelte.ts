// Light or dark: the person's choice, else the system's. Knows no colours: those are in tokens.css.

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];
const REMEMBERED = "jalostamo.theme";

let chosen = $state<Theme>("system");

export const theme = {
  get chosen(): Theme {
    return chosen;
  },
  choose(next: Theme): void {
    chosen = next;
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // Kept until the page is closed.
    }
    show();
  },
};

/** Call once, before anything is drawn. */
export function startTheme(): void {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    if (kept === "light" || kept === "dark") chosen = kept;
  } catch {
    // No storage: the system's theme.
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}

function show(): void {
  const dark = chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
}
