// Where an item stands: its parent resolved, and its corner measured from a live one. Knows no document.

import type { RawItem, RawLink } from "./read.ts";
import { plus, rectOf } from "./rects.ts";
import { isContainer, ORIGIN } from "./schema.ts";
import type { Item, Link, ObjectId, Point, Rect, Snapshot } from "./types.ts";

type RawOf = (id: ObjectId) => RawItem | undefined;
/** Whether an item stands in itself, for those that were asked about: many are asked about at once. */
export type Rings = Map<ObjectId, boolean>;

/**
 * The item as views see it; undefined when it is deleted. Without a live container as parent it is *unplaced*, and
 * its corner is measured from the origin, so that it stays where it was drawn.
 */
export function resolveItem(raw: RawItem, rawOf: RawOf, rings: Rings = new Map()): Item | undefined {
  if (raw.gone) return undefined;
  const parent = raw.parent === null ? undefined : rawOf(raw.parent);
  const live = parent !== undefined && isContainer(parent.kind) && !parent.gone && !isOwnAncestor(raw, rawOf, rings);
  const unplaced = raw.parent !== null && !live;
  return Object.freeze({
    id: raw.id,
    kind: raw.kind,
    text: raw.text,
    at: unplaced ? cornerOf(raw, rawOf) : raw.at,
    size: raw.size,
    parent: live ? raw.parent : null,
    unplaced,
    order: raw.order,
    layer: raw.layer,
    color: raw.color,
    author: raw.author,
    made: raw.made,
    entered: raw.entered,
    fields: raw.fields,
  });
}

/** What a link's ends can be: live items, and for a pin's `to` also arrows that are shown. */
export interface Ends {
  isItem(id: ObjectId): boolean;
  isArrow(id: ObjectId): boolean;
}

/** The link as views see it; undefined when it is deleted or an end is not there. */
export function resolveLink(raw: RawLink, ends: Ends): Link | undefined {
  const { from, to } = raw;
  if (raw.gone || from === null || to === null || from === to || !ends.isItem(from)) return undefined;
  if (!ends.isItem(to) && !(raw.kind === "pin" && ends.isArrow(to))) return undefined;
  return Object.freeze({
    id: raw.id,
    kind: raw.kind,
    text: raw.text,
    from,
    to,
    fromSide: raw.fromSide,
    toSide: raw.toSide,
    offset: raw.offset,
    author: raw.author,
    fields: raw.fields,
  });
}

/** Each item is walked over once, however many ask: ten thousand groups in each other are no more than ten thousand. */
function isOwnAncestor(raw: RawItem, rawOf: RawOf, rings: Rings): boolean {
  const path: ObjectId[] = [];
  const places = new Map<ObjectId, number>();
  let id: ObjectId | null = raw.id;
  while (id !== null && !rings.has(id) && !places.has(id)) {
    places.set(id, path.length);
    path.push(id);
    id = rawOf(id)?.parent ?? null;
  }
  const start = id === null ? undefined : places.get(id);
  path.forEach((each, at) => rings.set(each, start !== undefined && at >= start));
  return rings.get(raw.id) === true;
}

/** Board coordinates of a corner, deleted parents included; a ring of parents ends at the first repetition. */
function cornerOf(raw: RawItem, rawOf: RawOf): Point {
  let at = raw.at;
  const seen = new Set<ObjectId>([raw.id]);
  for (let next = raw.parent; next !== null && !seen.has(next);) {
    seen.add(next);
    const parent = rawOf(next);
    if (parent === undefined) break;
    at = plus(at, parent.at);
    next = parent.parent;
  }
  return Object.freeze([at[0], at[1]] as const);
}

type Board = Pick<Snapshot, "items" | "pinOf">;

/**
 * Where the items of one board are drawn: at their carrier's corner plus the pin's offset, or at their parent's
 * corner plus `at`. What is asked for is kept, so that all of a board costs one look at each item.
 */
export class Places {
  readonly #board: Board;
  readonly #rects = new Map<ObjectId, Rect>();
  /** Items whose pin is left out because it closes a ring. */
  readonly #cut = new Set<ObjectId>();

  constructor(board: Board) {
    this.#board = board;
  }

  rect(id: ObjectId): Rect | undefined {
    const known = this.#rects.get(id);
    if (known !== undefined || !this.#board.items.has(id)) return known;
    let path = this.#path(id);
    while (path === undefined) path = this.#path(id);
    let at: Point = ORIGIN;
    for (const each of path.toReversed()) {
      const item = this.#board.items.get(each);
      const place = this.#rects.get(each);
      if (place !== undefined) at = [place.x, place.y];
      else if (item !== undefined) {
        at = plus(at, this.#pinOf(each)?.offset ?? item.at);
        this.#rects.set(each, Object.freeze(rectOf(at, item.size)));
      }
    }
    return this.#rects.get(id);
  }

  /** From the item up to one whose place is known, or to one that hangs on nothing; undefined when a pin was cut. */
  #path(start: ObjectId): ObjectId[] | undefined {
    const path: ObjectId[] = [];
    const places = new Map<ObjectId, number>();
    for (let id: ObjectId | null = start; id !== null;) {
      const from = places.get(id);
      if (from !== undefined) {
        const closing = this.#closing(path.slice(from));
        if (closing === undefined) return path;
        this.#cut.add(closing);
        return undefined;
      }
      const item = this.#board.items.get(id);
      if (item === undefined) return path;
      places.set(id, path.length);
      path.push(id);
      if (this.#rects.has(id)) return path;
      id = this.#pinOf(id)?.to ?? item.parent;
    }
    return path;
  }

  #pinOf(id: ObjectId): Link | undefined {
    return this.#cut.has(id) ? undefined : this.#board.pinOf(id);
  }

  /** Seen from the ring's smallest id, the last pin: every browser and the server leave out the same one. */
  #closing(ring: readonly ObjectId[]): ObjectId | undefined {
    const smallest = ring.indexOf(ring.toSorted()[0] ?? "");
    const turned = [...ring.slice(smallest), ...ring.slice(0, smallest)];
    return turned.findLast((id) => this.#pinOf(id) !== undefined);
  }
}
