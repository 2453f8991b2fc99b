// Keys of somebody whose text was closed by another person's deed: they type on for a moment, and no letter of that is a
// command. Knows no editor and no board.

/** Without a key for so long, in ms, somebody has seen that their text is closed. */
const PAUSE = 2_000;

export class Unheard {
  #last = -Infinity;

  /** From now on, a moment as events have it. */
  begin(now: number): void {
    this.#last = now;
  }

  /** Whether this key belongs to the text that is closed. A key that writes nothing, or a pause, ends it. */
  takes({
    key,
    ctrlKey,
    metaKey,
    timeStamp,
  }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "timeStamp">): boolean {
    if (key === "Shift") return false;
    const takes = timeStamp - this.#last <= PAUSE && (key.length === 1 || key === "Enter") && !ctrlKey && !metaKey;
    this.#last = takes ? timeStamp : -Infinity;
    return takes;
  }
}
