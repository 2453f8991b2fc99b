// A vote's result as lines of a table: in what order, which are among the first three, which are gone. Knows no words.

import type { Item, Snapshot } from "../../model/types.ts";
import type { Count, Tally } from "../../net/api/votes.ts";

export interface Line {
  readonly object: string;
  readonly count: Count;
  /** Equal results have the same. */
  readonly rank: number;
  /** Among the first three, with more than nothing. */
  readonly top: boolean;
  /** Undefined: it has been deleted. */
  readonly item: Item | undefined;
}

/** By what results are ordered: dots, the mean rating, yes less no. */
export function weight(count: Count): number {
  if ("dots" in count) return count.dots;
  if ("ratings" in count) {
    const given = count.ratings.reduce((sum, n) => sum + n, 0);
    const sum = count.ratings.reduce((all, n, at) => all + n * (at + 1), 0);
    return given === 0 ? 0 : sum / given;
  }
  return count.yes - count.no;
}

/** What is there still is counted before what is gone. */
export function linesOf(totals: readonly Tally[], snapshot: Snapshot): Line[] {
  const found = totals.map(({ object, count }) => ({ object, count, item: snapshot.items.get(object) }));
  const there = found.filter(({ item }) => item !== undefined);
  const gone = found.filter(({ item }) => item === undefined);
  const ordered = there.toSorted((one, other) => weight(other.count) - weight(one.count));
  const rank = (count: Count) => 1 + ordered.filter((other) => weight(other.count) > weight(count)).length;
  return [
    ...ordered.map((line) => {
      const place = rank(line.count);
      return { ...line, rank: place, top: place <= 3 && weight(line.count) > 0 };
    }),
    ...gone.map((line) => ({ ...line, rank: 0, top: false })),
  ];
}
