// One voice for screen readers: a polite and an assertive region, fed one sentence at a time. Knows no words.
//
// Sentences that come closer than a second are lost by browsers and screen readers, so they wait their turn.

export const SPACING = 1_000;
const LONGEST_QUEUE = 6;

export interface Clock {
  now(): number;
  later(run: () => void, after: number): unknown;
}
const realClock: Clock = {
  now: () => performance.now(),
  later: (run, after) => setTimeout(run, after),
};

export type Urgency = "polite" | "assertive";

export class Announcer {
  readonly #speak: Readonly<Record<Urgency, (text: string) => void>>;
  readonly #clock: Clock;
  #queue: { text: string; urgency: Urgency }[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #waiting = false;

  constructor(speak: Readonly<Record<Urgency, (text: string) => void>>, clock: Clock = realClock) {
    this.#speak = speak;
    this.#clock = clock;
  }

  say(text: string, urgency: Urgency = "polite"): void {
    if (text === "" || this.#queue.some((waiting) => waiting.text === text)) return;
    if (urgency === "assertive") {
      const at = this.#queue.findIndex((waiting) => waiting.urgency === "polite");
      this.#queue.splice(at === -1 ? this.#queue.length : at, 0, { text, urgency });
    } else {
      this.#queue.push({ text, urgency });
    }
    // What is old is of less use than what is new; warnings stay.
    while (this.#queue.length > LONGEST_QUEUE) {
      const old = this.#queue.findIndex((waiting) => waiting.urgency === "polite");
      this.#queue.splice(Math.max(old, 0), 1);
    }
    this.#next();
  }

  #next(): void {
    if (this.#waiting || this.#queue.length === 0) return;
    const pause = this.#last + SPACING - this.#clock.now();
    if (pause > 0) {
      this.#waiting = true;
      this.#clock.later(() => {
        this.#waiting = false;
        this.#next();
      }, pause);
      return;
    }
    const first = this.#queue.shift();
    if (first === undefined) return;
    this.#last = this.#clock.now();
    this.#speak[first.urgency](first.text);
    this.#next();
  }
}
