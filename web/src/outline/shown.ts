// How much of each list is shown: all of a usual board, the beginning of a very large one. Knows no document, no DOM.
//
// What was shown once stays shown: a list never gets shorter under a reader's hands.

/** Rows that a board opens with, over all its lists. */
export const FIRST = 200;
/** Rows that one press of the button adds. */
export const MORE = 200;
/** Rows of a table, and of what is pinned to one item, at first. */
export const TABLE = 50;
/** What a list that is shown whole can grow by before its end is hidden. */
const ROOM = 50;

export class Shown {
  readonly #limits = new Map<string, number>();
  #left = FIRST;

  /** Gives lists that are new their share, in the order in which they are read. */
  allot(lists: readonly (readonly [key: string, count: number])[]): void {
    for (const [key, count] of lists) {
      if (this.#limits.has(key) || count === 0) continue;
      this.#limits.set(key, count <= this.#left ? count + ROOM : this.#left);
      this.#left = Math.max(0, this.#left - count);
    }
  }

  /** How many of a list of `count` are shown. */
  of(key: string, count: number, first = TABLE): number {
    const limit = this.#limits.get(key) ?? first;
    // A few more need no button.
    return count <= limit + 5 && limit > 0 ? count : Math.min(count, limit);
  }

  more(key: string, first = TABLE): void {
    this.#limits.set(key, (this.#limits.get(key) ?? first) + MORE);
  }

  /** Shows a list at least as far as this place. */
  reach(key: string, at: number, first = TABLE): boolean {
    if (at < (this.#limits.get(key) ?? first)) return false;
    this.#limits.set(key, at + ROOM);
    return true;
  }
}
