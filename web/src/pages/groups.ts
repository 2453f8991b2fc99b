// One's boards by the series they belong to, and those that stand alone. Knows no views.

import type { BoardInfo } from "../net/api.ts";
import type { Names, SeriesLine } from "../net/api/series.ts";

export interface BoardGroup {
  readonly id: string;
  readonly name: Names;
  /** Undefined for whoever belongs to a team of it only: the series itself is not theirs to see. */
  readonly line: SeriesLine | undefined;
  readonly boards: readonly BoardInfo[];
}

export interface Grouped {
  readonly series: readonly BoardGroup[];
  readonly alone: readonly BoardInfo[];
}

/** Every series in the list is there, with boards or without; boards keep their order. */
export function grouped(boards: readonly BoardInfo[], lines: readonly SeriesLine[]): Grouped {
  const groups = new Map<string, { name: Names; line: SeriesLine | undefined; boards: BoardInfo[] }>();
  for (const line of lines) groups.set(line.id, { name: line.name, line, boards: [] });
  const alone: BoardInfo[] = [];
  for (const board of boards) {
    const { series } = board;
    if (series === null || series === undefined) {
      alone.push(board);
      continue;
    }
    const group = groups.get(series.id) ?? { name: series.name, line: undefined, boards: [] };
    group.boards.push(board);
    groups.set(series.id, group);
  }
  return { series: [...groups].map(([id, group]) => ({ id, ...group })), alone };
}
