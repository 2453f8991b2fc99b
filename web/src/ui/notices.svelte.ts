// What the app tells a person: spoken by the announcer, shown as a toast where seeing helps. Knows no views.

import { Announcer, type Urgency } from "./announcer.ts";

/** What can be done about what a toast tells; doing it closes the toast. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly actions: readonly ToastAction[];
  readonly text: string;
  readonly tone: "plain" | "good" | "bad";
}

const SHOWN = 6_000;
let next = 1;
let toasts = $state<readonly Toast[]>([]);
let polite = $state("");
let assertive = $state("");

const announcer = new Announcer({
  polite: (text) => {
    polite = repeatable(polite, text);
  },
  assertive: (text) => {
    assertive = repeatable(assertive, text);
  },
});

export const notices = {
  get toasts(): readonly Toast[] {
    return toasts;
  },
  get polite(): string {
    return polite;
  },
  get assertive(): string {
    return assertive;
  },
  /** For ears only: the eyes see it happen. */
  say(text: string, urgency: Urgency = "polite"): void {
    announcer.say(text, urgency);
  },
  /** For ears and eyes. A bad one, and one with something to do, stays until it is closed, by the id that comes back. */
  tell(text: string, tone: Toast["tone"] = "plain", actions: readonly ToastAction[] = []): number {
    announcer.say(text, tone === "bad" ? "assertive" : "polite");
    const toast = { id: next++, text, tone, actions };
    toasts = [...toasts.filter((other) => other.text !== text).slice(-2), toast];
    if (tone !== "bad" && actions.length === 0) setTimeout(() => notices.close(toast.id), SHOWN);
    return toast.id;
  },
  close(id: number): void {
    toasts = toasts.filter((toast) => toast.id !== id);
  },
};

/** The same sentence twice in a row is a change only if its text node changes. */
function repeatable(before: string, text: string): string {
  return before === text ? `${text}\u00a0` : text;
}
