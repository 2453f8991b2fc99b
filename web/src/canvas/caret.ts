// Turns what a text field holds into one edit of the shared text. Knows no DOM.

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/**
 * The one span that differs. Where the same letters leave several readings ("aa" typed into "aaa"), the caret after
 * the edit decides: what was typed ends there.
 */
export function difference(before: string, after: string, caret: number): Edit | undefined {
  if (before === after) return undefined;
  // Nothing behind the caret was touched, as far as both texts agree there.
  const behind = Math.min(after.length - caret, before.length);
  let tail = 0;
  while (tail < behind && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const most = Math.min(before.length, after.length) - tail;
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  // The caret may stand before the change (forward delete, undo of the browser): what is left at the end is equal too.
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  // A pair of surrogates is one sign: never cut between its halves.
  if (head > 0 && isLead(before.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isTrail(before.charCodeAt(before.length - tail))) tail -= 1;
  return { start: head, end: before.length - tail, insert: after.slice(head, after.length - tail) };
}

function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
function isTrail(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
