// Tables sorted by a column: words by the language, days and numbers by size, words of a list in the list's order.
// Knows no table and no document.

export type Direction = "ascending" | "descending";

export interface Sorting {
  readonly column: string;
  readonly direction: Direction;
}

/** What a cell is compared by; null: it has nothing, and comes last both ways. */
export type Value = string | number | null;

/** The rows in order; without a column as they came. Equal ones keep their order. */
export function sorted<Row>(
  rows: readonly Row[],
  sorting: Sorting | undefined,
  valueOf: (row: Row, column: string) => Value,
  collator: Intl.Collator,
): readonly Row[] {
  if (sorting === undefined) return rows;
  const { column, direction } = sorting;
  const keyed = rows.map((row) => ({ row, value: blank(valueOf(row, column)) }));
  const sign = direction === "ascending" ? 1 : -1;
  return keyed
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value, collator);
    })
    .map(({ row }) => row);
}

/** What a press of the column's button makes of it: up, down, as they came. */
export function pressed(sorting: Sorting | undefined, column: string): Sorting | undefined {
  if (sorting?.column !== column) return { column, direction: "ascending" };
  return sorting.direction === "ascending" ? { column, direction: "descending" } : undefined;
}

const blank = (value: Value): Value => (typeof value === "string" && value.trim() === "" ? null : value);

function compare(a: string | number, b: string | number, collator: Intl.Collator): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}
