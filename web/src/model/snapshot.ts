// The board at one moment, as views read it. Knows no document and not how it changes.

import { Places } from "./layout.ts";
import type { Item, Link, ObjectId, Rect, Snapshot } from "./types.ts";
import { isFlow } from "./schema.ts";
import type { VersionedMap } from "./versions.ts";

/** The contents of a snapshot, with its indexes. */
export interface Contents {
  readonly title: string;
  readonly items: VersionedMap<Item>;
  readonly links: VersionedMap<Link>;
  /** Links by either end, by id. */
  readonly ends: VersionedMap<readonly Link[]>;
  /** Items by parent (`ROOT`: none), in reading order. */
  readonly kids: VersionedMap<readonly Item[]>;
}

/** The key of items without a parent. */
export const ROOT = "";

const NO_ITEMS: readonly Item[] = Object.freeze([]);
const NO_LINKS: readonly Link[] = Object.freeze([]);

export class BoardSnapshot implements Snapshot {
  readonly #places = new Places(this);
  readonly version: number;
  readonly contents: Contents;

  constructor(version: number, contents: Contents) {
    this.version = version;
    this.contents = contents;
  }

  get title(): string {
    return this.contents.title;
  }

  get items(): ReadonlyMap<ObjectId, Item> {
    return this.contents.items;
  }

  get links(): ReadonlyMap<ObjectId, Link> {
    return this.contents.links;
  }

  rect(id: ObjectId): Rect | undefined {
    return this.#places.rect(id);
  }

  children(id: ObjectId | null): readonly Item[] {
    return this.contents.kids.get(id ?? ROOT) ?? NO_ITEMS;
  }

  pinOf(id: ObjectId): Link | undefined {
    return this.#ends(id).find((link) => link.kind === "pin" && link.from === id && this.items.has(link.to));
  }

  tetherOf(id: ObjectId): Link | undefined {
    if (this.pinOf(id) !== undefined) return undefined;
    return this.#ends(id).find((link) => link.kind === "pin" && link.from === id);
  }

  pinsOn(id: ObjectId): readonly Item[] {
    const pinned = this.#ends(id).filter(
      (link) => link.kind === "pin" && link.to === id && (this.pinOf(link.from) ?? this.tetherOf(link.from)) === link,
    );
    return pinned.flatMap((link) => this.items.get(link.from) ?? []);
  }

  arrowsOf(id: ObjectId): { readonly into: readonly Link[]; readonly out: readonly Link[] } {
    const arrows = this.#ends(id).filter((link) => isFlow(link.kind));
    return { into: arrows.filter((link) => link.to === id), out: arrows.filter((link) => link.from === id) };
  }

  relationsOf(id: ObjectId): readonly Link[] {
    return this.#ends(id).filter((link) => link.kind === "relation");
  }

  #ends(id: ObjectId): readonly Link[] {
    return this.contents.ends.get(id) ?? NO_LINKS;
  }
}
