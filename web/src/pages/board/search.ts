// What a search finds on the board: by words in any text of a thing, and by kind. Knows no views.

import { readingOrder } from "../../commands/view.ts";
import { ITEM_KINDS } from "../../model/schema.ts";
import { ancestorsOf } from "../../model/standing.ts";
import type { Item, ItemKind, ObjectId, Snapshot } from "../../model/types.ts";
import { plain } from "./fuzzy.ts";

export interface Found {
  /** In reading order. */
  readonly hits: readonly Item[];
  /** How many of each kind have the words, whichever kinds are asked for; the kinds that the board has. */
  readonly counts: ReadonlyMap<ItemKind, number>;
}

const PLAIN = new WeakMap<Item, string>();

/** All that a thing says: its text and its fields of free text. */
function textOf(item: Item): string {
  const known = PLAIN.get(item);
  if (known !== undefined) return known;
  const lines = Object.values(item.fields).filter((value) => typeof value === "string");
  const text = plain([item.text, ...lines].join("\n"));
  PLAIN.set(item, text);
  return text;
}

/** Every word must be there. Without words and kinds nothing is found, but the kinds are counted. */
export function search(snapshot: Snapshot, typed: string, kinds: ReadonlySet<ItemKind>): Found {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  const counts = new Map<ItemKind, number>();
  for (const item of snapshot.items.values()) counts.set(item.kind, 0);
  const matching = new Set<ObjectId>();
  for (const item of snapshot.items.values()) {
    const text = words.length === 0 ? "" : textOf(item);
    if (!words.every((word) => text.includes(word))) continue;
    counts.set(item.kind, (counts.get(item.kind) ?? 0) + 1);
    if ((words.length > 0 || kinds.size > 0) && (kinds.size === 0 || kinds.has(item.kind))) matching.add(item.id);
  }
  const hits = matching.size === 0 ? [] : readingOrder(snapshot).filter((item) => matching.has(item.id));
  const sorted = ITEM_KINDS.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0] as const] : []));
  return { hits, counts: new Map(sorted) };
}

export interface Area {
  /** The outermost container; undefined: none. */
  readonly area: Item | undefined;
  readonly hits: readonly Item[];
}

/** The hits by where on the board they are, each area where its first hit is. */
export function byArea(snapshot: Snapshot, hits: readonly Item[]): Area[] {
  const areas = new Map<ObjectId | null, { area: Item | undefined; hits: Item[] }>();
  for (const item of hits) {
    const area = ancestorsOf(snapshot, item).at(-1);
    const known = areas.get(area?.id ?? null);
    if (known === undefined) areas.set(area?.id ?? null, { area, hits: [item] });
    else known.hits.push(item);
  }
  return [...areas.values()];
}
