// Keeps the snapshot up to date from the objects that a change touched. Knows plain objects, not the document.
//
// Work is in proportion to what changed: a note that is typed into costs the note, its place among its siblings,
// and nothing else of the board.

import { resolveItem, resolveLink, type Rings } from "./layout.ts";
import { inReadingOrder } from "./order.ts";
import type { RawItem, RawLink } from "./read.ts";
import { sameRect } from "./rects.ts";
import { isFlow } from "./schema.ts";
import { BoardSnapshot, ROOT } from "./snapshot.ts";
import type { ChangeSet, Item, Link, ObjectId } from "./types.ts";
import { VersionedMap } from "./versions.ts";

/** Objects as the document now has them; undefined: no object. */
export interface Touched {
  readonly items: ReadonlyMap<ObjectId, RawItem | undefined>;
  readonly links: ReadonlyMap<ObjectId, RawLink | undefined>;
  readonly title: string;
}

type Changes<V> = Map<ObjectId, V | undefined>;

export class BoardIndex {
  readonly #items = new Map<ObjectId, RawItem>();
  readonly #links = new Map<ObjectId, RawLink>();
  /** Items by the parent they name, and links by the ends they name, deleted ones included. */
  readonly #named = new Map<ObjectId, Set<ObjectId>>();
  readonly #joined = new Map<ObjectId, Set<ObjectId>>();
  #live = 0;
  #snapshot = new BoardSnapshot(0, {
    title: "",
    items: VersionedMap.of(new Map()),
    links: VersionedMap.of(new Map()),
    ends: VersionedMap.of(new Map()),
    kids: VersionedMap.of(new Map()),
  });

  get snapshot(): BoardSnapshot {
    return this.#snapshot;
  }

  /** Objects that are not deleted, whether they are shown or not. */
  get live(): number {
    return this.#live;
  }

  /** An object as written, deleted ones included. */
  rawItem(id: ObjectId): RawItem | undefined {
    return this.#items.get(id);
  }

  rawLink(id: ObjectId): RawLink | undefined {
    return this.#links.get(id);
  }

  /** The change that these objects make; undefined when no view would see it. */
  update(touched: Touched, local: boolean): ChangeSet | undefined {
    const previous = this.#snapshot;
    const items = this.#resolveItems(this.#takeItems(touched.items));
    const links = this.#resolveLinks(this.#takeLinks(touched.links), items);
    if (items.size === 0 && links.size === 0 && touched.title === previous.title) return undefined;

    const before = previous.contents;
    const kids = siblings(before.items, before.kids, items);
    const ends = joins(before.links, before.ends, links);
    const sets = { changed: new Set<ObjectId>(), added: new Set<ObjectId>(), removed: new Set<ObjectId>() };
    sort(before.items, items, sets);
    sort(before.links, links, sets);
    // Pins that come, go or change move what they carry.
    const carried: ObjectId[] = [];
    for (const [id, link] of links) {
      for (const pin of [before.links.get(id), link]) if (pin?.kind === "pin") carried.push(pin.from);
    }
    const rectBefore = (id: ObjectId) => previous.rect(id);
    this.#snapshot = new BoardSnapshot(previous.version + 1, {
      title: touched.title,
      items: before.items.with(items),
      links: before.links.with(links),
      ends: before.ends.with(ends),
      kids: before.kids.with(kids),
    });
    const moved = this.#moved([...items.keys(), ...carried], rectBefore, sets);
    return Object.freeze({ snapshot: this.#snapshot, previous, ...sets, moved, local });
  }

  #takeItems(touched: Touched["items"]): Set<ObjectId> {
    const dirty = new Set<ObjectId>();
    for (const [id, raw] of touched) {
      const old = this.#items.get(id);
      if (old?.parent) leave(this.#named, old.parent, id);
      if (raw?.parent) join(this.#named, raw.parent, id);
      if (raw === undefined) this.#items.delete(id);
      else this.#items.set(id, raw);
      this.#live += lives(raw) - lives(old);
      dirty.add(id);
      const stays =
        old !== undefined &&
        raw !== undefined &&
        old.gone === raw.gone &&
        old.kind === raw.kind &&
        old.parent === raw.parent &&
        old.at[0] === raw.at[0] &&
        old.at[1] === raw.at[1];
      if (!stays) this.#addDescendants(id, dirty);
    }
    return dirty;
  }

  #addDescendants(id: ObjectId, into: Set<ObjectId>): void {
    const queue = [id];
    const walked = new Set<ObjectId>();
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (walked.has(next)) continue;
      walked.add(next);
      for (const child of this.#named.get(next) ?? []) {
        into.add(child);
        queue.push(child);
      }
    }
  }

  #takeLinks(touched: Touched["links"]): Set<ObjectId> {
    for (const [id, raw] of touched) {
      const old = this.#links.get(id);
      for (const end of [old?.from, old?.to]) if (end) leave(this.#joined, end, id);
      for (const end of [raw?.from, raw?.to]) if (end) join(this.#joined, end, id);
      if (raw === undefined) this.#links.delete(id);
      else this.#links.set(id, raw);
      this.#live += lives(raw) - lives(old);
    }
    return new Set(touched.keys());
  }

  #resolveItems(dirty: ReadonlySet<ObjectId>): Changes<Item> {
    const changes: Changes<Item> = new Map();
    const rawOf = (id: ObjectId) => this.#items.get(id);
    const rings: Rings = new Map();
    for (const id of dirty) {
      const raw = this.#items.get(id);
      const item = raw === undefined ? undefined : resolveItem(raw, rawOf, rings);
      if (!same(this.#snapshot.items.get(id), item)) changes.set(id, item);
    }
    return changes;
  }

  #resolveLinks(dirty: Set<ObjectId>, items: Changes<Item>): Changes<Link> {
    const before = this.#snapshot;
    for (const [id, item] of items) {
      const came = (item === undefined) !== (before.items.get(id) === undefined);
      if (came) for (const link of this.#joined.get(id) ?? []) dirty.add(link);
    }
    const isItem = (id: ObjectId) => (items.has(id) ? items.get(id) !== undefined : before.items.has(id));
    const changes: Changes<Link> = new Map();
    const isArrow = (id: ObjectId) => {
      const link = changes.has(id) ? changes.get(id) : before.links.get(id);
      return link !== undefined && isFlow(link.kind);
    };
    const resolve = (id: ObjectId): void => {
      const raw = this.#links.get(id);
      const link = raw === undefined ? undefined : resolveLink(raw, { isItem, isArrow });
      if (!same(before.links.get(id), link)) changes.set(id, link);
      else changes.delete(id);
    };
    // Arrows first: whether a pin on one is shown depends on it.
    const isPin = (id: ObjectId) => (this.#links.get(id) ?? before.links.get(id))?.kind === "pin";
    for (const id of dirty) if (!isPin(id)) resolve(id);
    for (const id of changes.keys()) for (const pin of this.#joined.get(id) ?? []) dirty.add(pin);
    for (const id of dirty) if (isPin(id)) resolve(id);
    return changes;
  }

  /** What else is drawn elsewhere now: what stands in, or is pinned to, something that moved. */
  #moved(
    seeds: readonly ObjectId[],
    rectBefore: (id: ObjectId) => ReturnType<BoardSnapshot["rect"]>,
    sets: { changed: ReadonlySet<ObjectId>; added: ReadonlySet<ObjectId>; removed: ReadonlySet<ObjectId> },
  ): ReadonlySet<ObjectId> {
    const snapshot = this.#snapshot;
    const moved = new Set<ObjectId>();
    const seen = new Set<ObjectId>();
    const queue = [...seeds];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (sameRect(rectBefore(id), snapshot.rect(id))) continue;
      if (snapshot.items.has(id) && !sets.changed.has(id) && !sets.added.has(id)) moved.add(id);
      for (const child of snapshot.children(id)) queue.push(child.id);
      for (const pinned of snapshot.pinsOn(id)) queue.push(pinned.id);
    }
    return moved;
  }
}

const lives = (raw: { readonly gone: boolean } | undefined): number => (raw === undefined || raw.gone ? 0 : 1);

function sort<V>(
  before: ReadonlyMap<ObjectId, V>,
  changes: Changes<V>,
  sets: { changed: Set<ObjectId>; added: Set<ObjectId>; removed: Set<ObjectId> },
): void {
  for (const [id, value] of changes) {
    if (value === undefined) sets.removed.add(id);
    else if (before.has(id)) sets.changed.add(id);
    else sets.added.add(id);
  }
}

/** The lists of siblings that change. */
function siblings(
  items: ReadonlyMap<ObjectId, Item>,
  kids: ReadonlyMap<string, readonly Item[]>,
  changes: Changes<Item>,
): Map<string, readonly Item[] | undefined> {
  const out = new Map<string, Set<ObjectId>>();
  const into = new Map<string, Item[]>();
  for (const [id, item] of changes) {
    const old = items.get(id);
    if (old !== undefined) join(out, old.parent ?? ROOT, id);
    if (item !== undefined) into.set(item.parent ?? ROOT, [...(into.get(item.parent ?? ROOT) ?? []), item]);
  }
  const lists = new Map<string, readonly Item[] | undefined>();
  for (const key of new Set([...out.keys(), ...into.keys()])) {
    const gone = out.get(key);
    const list = (kids.get(key) ?? []).filter((item) => gone?.has(item.id) !== true);
    insert(list, into.get(key) ?? []);
    lists.set(key, list.length === 0 ? undefined : Object.freeze(list));
  }
  return lists;
}

/** A few are put in their places; many are worth a sort. */
function insert(list: Item[], items: readonly Item[]): void {
  if (items.length > 8) {
    list.push(...items);
    list.sort(inReadingOrder);
    return;
  }
  for (const item of items) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      const other = list[mid];
      if (other !== undefined && inReadingOrder(other, item) < 0) low = mid + 1;
      else high = mid;
    }
    list.splice(low, 0, item);
  }
}

/** The lists of links by end that change. */
function joins(
  links: ReadonlyMap<ObjectId, Link>,
  ends: ReadonlyMap<string, readonly Link[]>,
  changes: Changes<Link>,
): Map<string, readonly Link[] | undefined> {
  const lists = new Map<string, Link[]>();
  const list = (end: ObjectId): Link[] => {
    const known = lists.get(end) ?? [...(ends.get(end) ?? [])];
    lists.set(end, known);
    return known;
  };
  for (const [id, link] of changes) {
    const old = links.get(id);
    for (const end of old === undefined ? [] : [old.from, old.to]) {
      const at = list(end).findIndex((other) => other.id === id);
      if (at >= 0) list(end).splice(at, 1);
    }
    for (const end of link === undefined ? [] : [link.from, link.to]) list(end).push(link as Link);
  }
  const out = new Map<string, readonly Link[] | undefined>();
  for (const [end, all] of lists) {
    out.set(end, all.length === 0 ? undefined : Object.freeze(all.toSorted((a, b) => (a.id < b.id ? -1 : 1))));
  }
  return out;
}

function join(map: Map<string, Set<ObjectId>>, key: string, id: ObjectId): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([id]));
  else set.add(id);
}

function leave(map: Map<string, Set<ObjectId>>, key: string, id: ObjectId): void {
  const set = map.get(key);
  set?.delete(id);
  if (set?.size === 0) map.delete(key);
}

/** Deep equality of the plain values that items and links are made of. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
