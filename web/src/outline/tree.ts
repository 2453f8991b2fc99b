// The board as an outline: lanes with their steps in order, then what stands elsewhere. Knows no document, no words.

import type { Item, Link, ObjectId, Snapshot } from "../model/types.ts";

export interface LaneBranch {
  readonly lane: Item;
  readonly steps: readonly Item[];
  /** Other things in the lane; obstacles and the like have tables of their own. */
  readonly others: readonly Item[];
}

export interface Outline {
  readonly lanes: readonly LaneBranch[];
  /** Steps on no lane. */
  readonly loose: readonly Item[];
  /** What was in a lane that is gone. */
  readonly unplaced: readonly Item[];
  readonly notes: readonly Item[];
  readonly obstacles: readonly Item[];
  readonly cooperation: readonly Item[];
  readonly nextSteps: readonly Item[];
}

/** Every live item is in exactly one place. */
export function outlineOf(snapshot: Snapshot): Outline {
  const lanes: LaneBranch[] = [];
  const found = new Map<string, Item[]>();
  const put = (list: string, item: Item): void => void found.set(list, [...(found.get(list) ?? []), item]);
  const place = (item: Item, inLane: boolean): void => {
    if (item.kind === "lane") return walk(item);
    if (item.unplaced) return put("unplaced", item);
    if (item.kind === "step" || item.kind === "note") {
      if (!inLane) put(item.kind, item);
      return;
    }
    put(item.kind, item);
  };
  const walk = (lane: Item): void => {
    const inside = snapshot.children(lane.id);
    lanes.push({
      lane,
      steps: inside.filter((item) => item.kind === "step" && !item.unplaced),
      others: inside.filter((item) => item.kind === "note" && !item.unplaced),
    });
    for (const item of inside) place(item, true);
  };
  for (const item of snapshot.children(null)) place(item, false);
  const list = (name: string): readonly Item[] => found.get(name) ?? [];
  return {
    lanes,
    loose: list("step"),
    unplaced: list("unplaced"),
    notes: list("note"),
    obstacles: list("obstacle"),
    cooperation: list("cooperation"),
    nextSteps: list("nextStep"),
  };
}

/** Where arrows lead from an item, or come from, with their labels. */
export interface Neighbour {
  readonly link: Link;
  readonly item: Item;
}

export function neighbours(snapshot: Snapshot, id: ObjectId): { next: Neighbour[]; previous: Neighbour[] } {
  const { into, out } = snapshot.arrowsOf(id);
  const end = (links: readonly Link[], side: "from" | "to"): Neighbour[] =>
    links.flatMap((link) => {
      const item = snapshot.items.get(link[side]);
      return item === undefined ? [] : [{ link, item }];
    });
  return { next: end(out, "to"), previous: end(into, "from") };
}

/** The item's text on one line, cut to a length that can be read aloud in one breath. */
export function firstWords(text: string, length = 60): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
