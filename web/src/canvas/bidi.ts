// Which way a text runs, and signs that would turn the text around them. Knows no drawing.

const FIRST_STRONG = /[\p{L}\p{Nl}]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Overrides, embeddings, isolates, marks and joins of no width; not the joiners that emoji and scripts need. */
const TURNING = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** By the first letter, as HTML's `dir="auto"` has it. */
export function directionOf(text: string): "ltr" | "rtl" {
  const first = FIRST_STRONG.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

/** The text without signs that nobody sees and that turn what stands beside it. */
export function settled(text: string): string {
  return text.replace(TURNING, "");
}
