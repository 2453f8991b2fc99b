// Finding words by a few of their letters, whatever their accents: a typed "poyta" finds "pöytä". Knows no commands.

/** Lower case, without accents; å, ä and ö become a and o, as one types them on another keyboard. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLocaleLowerCase("en")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae");
}

/** How well the typed words fit a text: more is better; undefined: not at all. Every word must be found. */
export function fits(text: string, typed: string): number | undefined {
  const within = plain(text);
  let score = 0;
  for (const word of plain(typed).split(/\s+/)) {
    const one = word === "" ? 0 : fitsWord(within, word);
    if (one === undefined) return undefined;
    score += one;
  }
  return score;
}

function fitsWord(text: string, word: string): number | undefined {
  const at = text.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) return /[\s(–-]/.test(text[at - 1] ?? "") ? 80 : 60 - Math.min(20, at / 4);
  return scattered(text, word);
}

/** Letters in this order with others between; the closer together the better. */
function scattered(text: string, word: string): number | undefined {
  if (word.length < 2) return undefined;
  let from = -1;
  let start = -1;
  for (const letter of word) {
    from = text.indexOf(letter, from + 1);
    if (from < 0) return undefined;
    if (start < 0) start = from;
  }
  const spread = from - start + 1 - word.length;
  return spread > word.length * 3 ? undefined : 30 - Math.min(25, spread);
}
