// Times of the step script as people read them. Knows no script.

/** What is left, as minutes and seconds: 12:05. */
export function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
