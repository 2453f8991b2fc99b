// What is painted from afar, made ready once for many frames: containers in order, then sheets of items that look
// alike, each with its place. Knows no drawing and no camera.

import { isContainer } from "../model/schema.ts";
import type { Item, ObjectId, Rect } from "../model/types.ts";
import { type Look, lookOf } from "./looks.ts";
import { sheetsOf } from "./sheets.ts";
import type { Tokens } from "./tokens.ts";

export interface Entry {
  readonly item: Item;
  readonly rect: Rect;
}

/** Items that are painted alike go into one path: a board of thousands is a handful of fills. */
export interface Batch {
  readonly look: Look;
  readonly entries: readonly Entry[];
}

export interface Batches {
  readonly containers: readonly Entry[];
  /** Nothing covers anything else on the same sheet; the lowest first. */
  readonly sheets: readonly (readonly Batch[])[];
}

export function batchesOf(items: Iterable<Item>, rectOf: (id: ObjectId) => Rect | undefined, tokens: Tokens): Batches {
  const containers: Item[] = [];
  const rest: Item[] = [];
  for (const item of items) (isContainer(item.kind) ? containers : rest).push(item);
  const entry = (item: Item): Entry[] => {
    const rect = rectOf(item.id);
    return rect ? [{ item, rect }] : [];
  };
  return {
    containers: sheetsOf(containers, rectOf).flatMap((sheet) => sheet.flatMap(entry)),
    sheets: sheetsOf(rest, rectOf).map((sheet) => alike(sheet.flatMap(entry), tokens)),
  };
}

/** An item's look does not change, nor do the tokens: it is made once for all frames. */
const LOOKS = new WeakMap<Tokens, WeakMap<Item, readonly [look: Look, key: string]>>();

function known(item: Item, tokens: Tokens): readonly [look: Look, key: string] {
  const looks = LOOKS.get(tokens) ?? new WeakMap<Item, readonly [Look, string]>();
  LOOKS.set(tokens, looks);
  const before = looks.get(item);
  if (before) return before;
  const look = lookOf(item, tokens);
  const made = [look, `${look.shape} ${look.fill} ${look.edge} ${look.thick}`] as const;
  looks.set(item, made);
  return made;
}

function alike(entries: readonly Entry[], tokens: Tokens): Batch[] {
  const batches = new Map<string, { look: Look; entries: Entry[] }>();
  for (const entry of entries) {
    const [look, key] = known(entry.item, tokens);
    const batch = batches.get(key);
    if (batch) batch.entries.push(entry);
    else batches.set(key, { look, entries: [entry] });
  }
  return [...batches.values()];
}
