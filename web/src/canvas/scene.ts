// Which items are where: a grid over the board, kept up to date by change sets. Knows no DOM.

import type { ChangeSet, Item, ObjectId, Rect, Snapshot } from "../model/types.ts";
import { intersects } from "./geometry.ts";

const CELL = 640;
/** An item over more cells than this is kept in a list of its own that every query looks through. */
const MANY = 64;

interface Span {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function spanOf(rect: Rect): Span {
  return {
    left: Math.floor(rect.x / CELL),
    top: Math.floor(rect.y / CELL),
    right: Math.floor((rect.x + rect.w) / CELL),
    bottom: Math.floor((rect.y + rect.h) / CELL),
  };
}

function cellsOf(span: Span): number {
  return (span.right - span.left + 1) * (span.bottom - span.top + 1);
}

export class Scene {
  #snapshot: Snapshot;
  #cells = new Map<string, Set<ObjectId>>();
  #wide = new Set<ObjectId>();
  #spans = new Map<ObjectId, Span>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    for (const id of snapshot.items.keys()) this.#put(id);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** How many places the grid keeps for all items together. */
  get places(): number {
    let count = this.#wide.size;
    for (const cell of this.#cells.values()) count += cell.size;
    return count;
  }

  apply(change: ChangeSet): void {
    this.#snapshot = change.snapshot;
    for (const id of change.removed) this.#take(id);
    for (const set of [change.added, change.changed, change.moved]) {
      for (const id of set) {
        if (change.snapshot.items.has(id)) this.#put(id);
        else this.#take(id);
      }
    }
  }

  /** Every item whose rectangle touches the area, in no order. */
  visible(area: Rect): Item[] {
    const found: Item[] = [];
    const span = spanOf(area);
    if (!Number.isFinite(cellsOf(span)) || cellsOf(span) > this.#cells.size) {
      for (const id of this.#spans.keys()) this.#add(found, id, area);
      return found;
    }
    const seen = new Set<ObjectId>();
    for (let column = span.left; column <= span.right; column += 1) {
      for (let row = span.top; row <= span.bottom; row += 1) {
        for (const id of this.#cells.get(`${column}:${row}`) ?? []) {
          if (seen.has(id)) continue;
          seen.add(id);
          this.#add(found, id, area);
        }
      }
    }
    for (const id of this.#wide) this.#add(found, id, area);
    return found;
  }

  #add(found: Item[], id: ObjectId, area: Rect): void {
    const item = this.#snapshot.items.get(id);
    const rect = this.#snapshot.rect(id);
    if (item && rect && intersects(rect, area)) found.push(item);
  }

  #put(id: ObjectId): void {
    const rect = this.#snapshot.rect(id);
    if (!rect) {
      this.#take(id);
      return;
    }
    const span = spanOf(rect);
    const old = this.#spans.get(id);
    if (old && sameSpan(old, span)) return;
    if (old) this.#take(id);
    this.#spans.set(id, span);
    if (!(cellsOf(span) <= MANY)) {
      this.#wide.add(id);
      return;
    }
    eachCell(span, (key) => {
      const cell = this.#cells.get(key);
      if (cell) cell.add(id);
      else this.#cells.set(key, new Set([id]));
    });
  }

  #take(id: ObjectId): void {
    const span = this.#spans.get(id);
    if (!span) return;
    this.#spans.delete(id);
    if (this.#wide.delete(id)) return;
    eachCell(span, (key) => {
      const cell = this.#cells.get(key);
      cell?.delete(id);
      if (cell?.size === 0) this.#cells.delete(key);
    });
  }
}

function eachCell(span: Span, run: (key: string) => void): void {
  for (let column = span.left; column <= span.right; column += 1) {
    for (let row = span.top; row <= span.bottom; row += 1) run(`${column}:${row}`);
  }
}

function sameSpan(a: Span, b: Span): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

/** The ids together with everything that moves with them: what stands in it and what is pinned, to any depth. */
export function carriedBy(snapshot: Snapshot, ids: Iterable<ObjectId>): Set<ObjectId> {
  const all = new Set<ObjectId>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    for (const child of snapshot.children(id)) open.push(child.id);
    for (const pinned of snapshot.pinsOn(id)) open.push(pinned.id);
  }
  return all;
}
