// Items as sheets of paper: nothing on a sheet covers anything else on it, so a sheet can be painted in any order
// while the board's stacking holds. Knows no drawing.

import { byStacking } from "../model/stacking.ts";
import type { Item, ObjectId, Rect } from "../model/types.ts";
import { intersects } from "./geometry.ts";

const CELL = 320;
/** An item over more cells than this is taken to lie over all before it. */
const MANY = 36;
/** More cells than there can be in a column, so that no two cells have the same number. */
const FAR = 2 ** 26;
/** In a cell with more than this many, whoever comes is taken to lie over all of them. */
const CROWD = 40;
/** A pile higher than this is painted as if its top were flat. */
const MOST = 64;

interface Laid {
  readonly rect: Rect;
  readonly sheet: number;
}

interface Cell {
  readonly laid: Laid[];
  top: number;
}

/** The lowest sheet first. */
export function sheetsOf(items: Iterable<Item>, rectOf: (id: ObjectId) => Rect | undefined): Item[][] {
  const sheets: Item[][] = [];
  const cells = new Map<number, Cell>();
  const wide: Cell = { laid: [], top: -1 };
  for (const item of [...items].sort(byStacking)) {
    const rect = rectOf(item.id);
    if (!rect) continue;
    const under = cellsUnder(rect, cells);
    const least = under === undefined ? sheets.length : above(wide, rect);
    const sheet = Math.min(
      MOST - 1,
      (under ?? []).reduce((most, cell) => Math.max(most, above(cell, rect)), least),
    );
    for (const cell of under ?? [wide]) lay(cell, { rect, sheet });
    while (sheets.length <= sheet) sheets.push([]);
    sheets[sheet]?.push(item);
  }
  return sheets;
}

function above(cell: Cell, rect: Rect): number {
  if (cell.laid.length > CROWD) return cell.top + 1;
  let sheet = 0;
  for (const other of cell.laid) {
    if (other.sheet >= sheet && intersects(other.rect, rect)) sheet = other.sheet + 1;
  }
  return sheet;
}

function lay(cell: Cell, laid: Laid): void {
  cell.top = Math.max(cell.top, laid.sheet);
  if (cell.laid.length <= CROWD) cell.laid.push(laid);
}

/** The cells of an item; undefined when they are too many to look at. */
function cellsUnder(rect: Rect, cells: Map<number, Cell>): Cell[] | undefined {
  const [left, top] = [Math.floor(rect.x / CELL), Math.floor(rect.y / CELL)];
  const [right, bottom] = [Math.floor((rect.x + rect.w) / CELL), Math.floor((rect.y + rect.h) / CELL)];
  if (!((right - left + 1) * (bottom - top + 1) <= MANY)) return undefined;
  const under: Cell[] = [];
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) {
      const key = column * FAR + row;
      const cell = cells.get(key) ?? { laid: [], top: -1 };
      cells.set(key, cell);
      under.push(cell);
    }
  }
  return under;
}
