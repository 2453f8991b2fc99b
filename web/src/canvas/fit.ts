// How large a text can be in its box: from the largest size down to a floor. Knows no DOM; is told how wide words are.

/** Width of a text without line breaks, at 16 px. */
export type Measure = (text: string) => number;

export interface Fit {
  readonly size: number;
  /** Height of the whole text at that size; more than the box's when even the smallest size is too large. */
  readonly height: number;
}

export const LINE_HEIGHT = 1.3;

export function fitText(text: string, width: number, height: number, sizes: readonly number[], measure: Measure): Fit {
  let fit: Fit = { size: sizes[sizes.length - 1] ?? 16, height: 0 };
  for (const size of sizes) {
    const { lines, widest } = wrap(text, (width * 16) / size, measure);
    fit = { size, height: Math.ceil(lines * size * LINE_HEIGHT) };
    // A size at which the longest word must be broken is only taken as a last resort.
    if (fit.height <= height && widest * size <= width * 16) return fit;
  }
  return fit;
}

export interface Wrapped {
  readonly size: number;
  readonly lines: readonly string[];
}
/** The lines of a text in a box, at the largest size that fits. */
export type Wrap = (text: string, width: number, height: number, sizes: readonly number[]) => Wrapped;

const WRAPPED = 4_000;

/** Wraps as `fitText` counts, and remembers: panning wraps nothing anew. */
export function wrapper(measure: Measure): Wrap {
  const known = new Map<string, Wrapped>();
  return (text, width, height, sizes) => {
    const key = `${width} ${height} ${sizes[0]} ${text}`;
    const before = known.get(key);
    if (before) return before;
    const { size } = fitText(text, width, height, sizes, measure);
    const wrapped = { size, lines: linesOf(text, (width * 16) / size, measure) };
    if (known.size >= WRAPPED) known.clear();
    known.set(key, wrapped);
    return wrapped;
  };
}

/** Broken at spaces; a word wider than the box stays whole. */
function linesOf(text: string, width: number, measure: Measure): string[] {
  const space = measure(" ");
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    let used = 0;
    for (const word of paragraph.split(" ")) {
      const wide = measure(word);
      if (line !== "" && used + space + wide > width) {
        lines.push(line);
        line = word;
        used = wide;
      } else {
        line = line === "" ? word : `${line} ${word}`;
        used += used === 0 ? wide : space + wide;
      }
    }
    return [...lines, line];
  });
}

function wrap(text: string, width: number, measure: Measure): { lines: number; widest: number } {
  let lines = 0;
  let widest = 0;
  const space = measure(" ");
  for (const paragraph of text.split("\n")) {
    lines += 1;
    let used = 0;
    for (const word of paragraph.split(" ")) {
      const wide = measure(word);
      widest = Math.max(widest, wide);
      const next = used === 0 ? wide : used + space + wide;
      if (next <= width || used === 0) {
        used = next;
      } else {
        lines += 1;
        used = wide;
      }
      if (used > width && width > 0) {
        lines += Math.ceil(used / width) - 1;
        used %= width;
      }
    }
  }
  return { lines, widest };
}

const CACHE = 20_000;

/** Measures with a canvas, and remembers words. */
export function canvasMeasure(font: string): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  if (context) context.font = `16px ${font}`;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const width = context ? context.measureText(text).width : text.length * 8.2;
    if (known.size >= CACHE) known.clear();
    known.set(text, width);
    return width;
  };
}
