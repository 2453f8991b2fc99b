// When connection, saving and refusals are told: a lost connection after five seconds, all else at once. Knows no views.

import { language, t, tOr } from "../../i18n/language.svelte.ts";
import { nameIn } from "../../i18n/names.ts";
import type { Script } from "../../net/script.ts";
import type { RefusedEdit, SaveState } from "../../net/types.ts";
import { notices } from "../../ui/notices.svelte.ts";

const PATIENCE = 5_000;

/** Why an edit was refused, with the part of the script that does not allow it by its name. */
export function refusedWords({ code, part }: RefusedEdit["reason"], script: Script | null | undefined): string {
  const found = script?.parts.find(({ id }) => id === part);
  if (found !== undefined) return t("refused.partNamed", { part: nameIn(found.title, language.current) });
  return tOr(`refused.${code}`, "refused.other");
}

export class Telling {
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #told = false;
  #unsaved = false;
  #known = new Set<string>();
  #last: SaveState | undefined;
  /** The toasts about refusals. */
  #refusals: number[] = [];

  connection(state: SaveState): void {
    this.#last = state;
    const lost = state.kind === "offline" || state.kind === "reconnecting";
    if (lost) {
      this.#waiting ??= setTimeout(() => this.#tellLost(), PATIENCE);
      return;
    }
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    // The banner tells by itself, as an alert, that nothing is saved or that it has ended.
    if (state.kind === "serverCannotSave") this.#unsaved = true;
    if (state.kind === "saved") {
      if (this.#unsaved) notices.say(t("state.savedAgain"));
      else if (this.#told) notices.say(t("state.back"));
      this.#unsaved = false;
      this.#told = false;
    }
  }

  /** `show` opens the tray. */
  refusals(edits: readonly RefusedEdit[], script: Script | null | undefined, show: () => void): void {
    for (const edit of edits) {
      if (this.#known.has(edit.id)) continue;
      this.#known.add(edit.id);
      const toast = notices.tell(t("refused.new", { why: refusedWords(edit.reason, script) }), "bad", [
        { label: t("refused.show"), run: show },
      ]);
      this.#refusals.push(toast);
    }
  }

  /** The tray is open: what leads to it would only be in its way. */
  trayOpened(): void {
    for (const toast of this.#refusals.splice(0)) notices.close(toast);
  }

  close(): void {
    clearTimeout(this.#waiting);
  }

  #tellLost(): void {
    const state = this.#last;
    if (state === undefined || !("changes" in state)) return;
    this.#told = true;
    notices.say(state.changes === 0 ? t("state.offlineNone") : t("state.offlineMore", { n: state.changes }));
  }
}
