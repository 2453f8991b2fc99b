// What a relation means, seen from either end: it follows from the kinds of its ends. Knows no words for people.

import type { Item, ItemKind, Link, Snapshot } from "./types.ts";

/** Read as "this item … the other": `i18n` has `relation.<word>` for each. */
export const RELATIONS = [
  "answeredBy",
  "answers",
  "causedBy",
  "causes",
  "supports",
  "supportedBy",
  "between",
  "hasBetween",
  "asksAbout",
  "askedBy",
  "relatedTo",
] as const;
export type RelationWord = (typeof RELATIONS)[number];

type Pair = readonly [there: RelationWord, back: RelationWord];

function pairOf(from: ItemKind, to: ItemKind): Pair {
  if (from === "obstacle" && to === "nextStep") return ["answeredBy", "answers"];
  if (from === "idea" && to === "obstacle") return ["answers", "answeredBy"];
  if (from === "painPoint" && to === "obstacle") return ["causedBy", "causes"];
  if (from === "obstacle" && to === "lane") return ["between", "hasBetween"];
  if (from === "evidence") return ["supports", "supportedBy"];
  if (from === "question") return ["asksAbout", "askedBy"];
  return ["relatedTo", "relatedTo"];
}

/** What a relation says from its beginning (`there`), or from its end. */
export function relationWord(from: ItemKind, to: ItemKind, there: boolean): RelationWord {
  return pairOf(from, to)[there ? 0 : 1];
}

export interface Related {
  readonly link: Link;
  readonly word: RelationWord;
  readonly other: Item;
}

/** The relations of an item as it sees them. */
export function relatedTo(snapshot: Snapshot, item: Item): Related[] {
  return snapshot.relationsOf(item.id).flatMap((link) => {
    const there = link.from === item.id;
    const other = snapshot.items.get(there ? link.to : link.from);
    if (other === undefined) return [];
    const word = there ? relationWord(item.kind, other.kind, true) : relationWord(other.kind, item.kind, false);
    return [{ link, word, other }];
  });
}
