// Whether the help is open, and what the page shown adds to it. Knows no commands.

import { once } from "./once.ts";

export const loadHelp = once(async () => (await import("./HelpDialog.svelte")).default);

export interface HelpGroup {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly keys: string }[];
}

let shown = $state(false);
let groups = $state.raw<() => readonly HelpGroup[]>(() => []);

export const help = {
  get shown(): boolean {
    return shown;
  },
  get groups(): readonly HelpGroup[] {
    return groups();
  },
  open(): void {
    shown = true;
  },
  close(): void {
    shown = false;
  },
  /** The shortcuts of the page, asked for while the help is open; returns the way to take them back. */
  offer(list: () => readonly HelpGroup[]): () => void {
    groups = list;
    return () => {
      groups = () => [];
    };
  },
};
