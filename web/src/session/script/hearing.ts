// What a person hears of the step script as it goes: parts, the timer's signals, messages. Knows states, not the page.

import { nameIn } from "../../i18n/names.ts";
import { language, t } from "../../i18n/language.svelte.ts";
import { leftOf, type Facilitated, type Timer } from "../../net/script.ts";
import type { Announcements } from "../../ui/announcements.svelte.ts";
import { duration } from "./telling.ts";

/** Milliseconds at which the timer is spoken of; at zero nothing happens by itself. */
export const SIGNALS = [300_000, 60_000, 0] as const;

/** Which signal holds now: the last one that was passed; undefined before the first. */
export function signalAt(left: number): (typeof SIGNALS)[number] | undefined {
  return SIGNALS.findLast((signal) => left <= signal);
}

export interface Ears {
  say(sentence: string): void;
  nameOf(person: string): string;
  chosen(): Announcements;
}

export class ScriptHearing {
  readonly #ears: Ears;
  #last: Facilitated | undefined;
  #left: number | undefined;

  /** `fresh`: the page was open before there was anything to hear of, so that the first thing is news. */
  constructor(ears: Ears, fresh: boolean) {
    this.#ears = ears;
    if (fresh) this.#last = { seq: 0, script: null, timer: null, message: null, adds: null };
  }

  /** A new state. What was there when the page opened is not news. */
  take(now: Facilitated): void {
    const before = this.#last;
    this.#last = now;
    if (before === undefined) return;
    const heard = this.#script(before, now);
    this.#timer(before.timer, now.timer, heard);
    const { message } = now;
    if (message !== null && message.at !== before.message?.at) {
      this.#ears.say(t("message.heard", { name: this.#ears.nameOf(message.by), text: message.text }));
    }
  }

  /** So much is left now; says a signal once when it is passed. */
  tick(timer: Timer | null, now: number): void {
    const left = timer === null || !timer.runs ? undefined : leftOf(timer, now);
    const before = this.#left;
    this.#left = left;
    if (before === undefined || left === undefined) return;
    const signal = SIGNALS.findLast((each) => left <= each && before > each);
    if (signal === undefined || (signal === 300_000 && this.#ears.chosen() === "own")) return;
    this.#ears.say(signal === 0 ? t("timer.over") : t("timer.left", { time: duration(signal) }));
  }

  /** Whether a part or a workshop began or ended: the timer that goes with it is not told apart. */
  #script({ script: before }: Facilitated, { script: now }: Facilitated): boolean {
    const ran = before !== null && before.ended === null;
    const runs = now !== null && now.ended === null;
    if (runs && before?.part?.since !== now.part?.since) {
      const line = now.parts.find(({ id }) => id === now.part?.part);
      if (line === undefined) this.#ears.say(t("script.partEnded"));
      else {
        const { place, title, minutes } = line;
        const name = nameIn(title, language.current);
        this.#ears.say(t("script.partBegins", { place, count: now.count, name, minutes }));
      }
      return true;
    }
    if (runs !== ran) this.#ears.say(t(runs ? "script.begins" : "script.ended"));
    return runs !== ran;
  }

  #timer(before: Timer | null, now: Timer | null, heard: boolean): void {
    if (heard) {
      this.#left = undefined;
      return;
    }
    if (now === null || before === null || (now.runs === before.runs && now.mark === before.mark)) return;
    // By how much it was changed is not a passing of time.
    this.#left = undefined;
    const key = now.runs === before.runs ? "timer.changed" : now.runs ? "timer.goesOn" : "timer.stands";
    this.#ears.say(t(key, { time: duration(leftOf(now, Math.max(now.heard, before.heard))) }));
  }
}
