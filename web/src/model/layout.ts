// Where an item stands: its parent resolved, and its corner measured from a live one. Knows no document.

import type { RawItem, RawLink } from "./read.ts";
import { plus, rectOf } from "./rects.ts";
import { isContainer, ORIGIN } from "./schema.ts";
import type { Item, Link, ObjectId, Point, Rect, Snapshot } from "./types.ts";

type RawOf = (id: ObjectId) => RawItem | undefined;

/**
 * The item as views see it; undefined when it is deleted. Without a live container as parent it is *unplaced*, and
 * its corner is measured from the origin, so that it stays where it was drawn.
 */
export function resolveItem(raw: RawItem, rawOf: RawOf): Item | undefined {
  if (raw.gone) return undefined;
  const parent = raw.parent === null ? undefined : rawOf(raw.parent);
  const live = parent !== undefined && isContainer(parent.kind) && !parent.gone && !isOwnAncestor(raw, rawOf);
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

function isOwnAncestor(raw: RawItem, rawOf: RawOf): boolean {
  const seen = new Set<ObjectId>();
  for (let id = raw.parent; id !== null && !seen.has(id); id = rawOf(id)?.parent ?? null) {
    if (id === raw.id) return true;
    seen.add(id);
  }
  return false;
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

/** Where an item is drawn: at its carrier's corner plus the pin's offset, or at its parent's corner plus `at`. */
export function placeOf(board: Board, id: ObjectId): Rect | undefined {
  const item = board.items.get(id);
  if (item === undefined) return undefined;
  const cut = new Set<ObjectId>();
  for (;;) {
    const walked = walk(board, id, cut);
    if ("at" in walked) return rectOf(walked.at, item.size);
    cut.add(walked.cut);
  }
}

/** The corner, or the item whose pin must be left out because it closes a ring. */
function walk(board: Board, start: ObjectId, cut: ReadonlySet<ObjectId>): { at: Point } | { cut: ObjectId } {
  let at: Point = ORIGIN;
  const path: ObjectId[] = [];
  for (let id: ObjectId | null = start; id !== null;) {
    const from = path.indexOf(id);
    if (from >= 0) {
      const closing = closingPin(board, path.slice(from), cut);
      return closing === undefined ? { at } : { cut: closing };
    }
    path.push(id);
    const pin: Link | undefined = cut.has(id) ? undefined : board.pinOf(id);
    const item = board.items.get(id);
    if (item === undefined) break;
    at = plus(at, pin?.offset ?? item.at);
    id = pin?.to ?? item.parent;
  }
  return { at };
}

/** Seen from the ring's smallest id, the last pin: every browser and the server leave out the same one. */
function closingPin(board: Board, ring: readonly ObjectId[], cut: ReadonlySet<ObjectId>): ObjectId | undefined {
  const smallest = ring.indexOf(ring.toSorted()[0] ?? "");
  const turned = [...ring.slice(smallest), ...ring.slice(0, smallest)];
  return turned.findLast((id) => !cut.has(id) && board.pinOf(id) !== undefined);
}
