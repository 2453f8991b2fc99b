// The one span in which two texts differ. Knows no DOM.

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** `caret` is where the caret stands after the edit: it decides between equal readings ("a" typed into "aaa"). */
export function difference(before: string, after: string, caret: number): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  const behind = Math.min(after.length - caret, shorter);
  while (end < behind && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) start += 1;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  // Never between the halves of one sign.
  if (start > 0 && /[\uD800-\uDBFF]/.test(before[start - 1] ?? "")) start -= 1;
  if (end > 0 && /[\uDC00-\uDFFF]/.test(before[before.length - end] ?? "")) end -= 1;
  return { start, end: before.length - end, insert: after.slice(start, after.length - end) };
}
