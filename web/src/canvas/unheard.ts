// Keys of somebody whose text was closed by another person's deed: they type on for a moment, and no letter of that is a
// command. Knows no editor and no board.

/** Without a key for so long, in ms, somebody has seen that their text is closed. */
const PAUSE = 2_000;

export class Unheard {
  #last: number | undefined;

  /** From now on, a moment as events have it. */
  begin(now: number): void {
    this.#last = now;
  }

  /** Whether this key belongs to the text that is closed. A key that writes nothing, a press or a pause ends it. */
  takes(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "timeStamp">): boolean {
    if (this.#last === undefined || event.key === "Shift") return false;
    const writes = event.key.length === 1 || ["Enter", "Backspace", "Delete", "Dead", "Process"].includes(event.key);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!writes || !plain || event.timeStamp - this.#last > PAUSE) {
      this.end();
      return false;
    }
    this.#last = event.timeStamp;
    return true;
  }

  end(): void {
    this.#last = undefined;
  }
}
