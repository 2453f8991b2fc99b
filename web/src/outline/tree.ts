// The board as an outline: areas, lanes and groups with what stands in them, what stands in none, tables of what is
// compared. Knows no document, no words and no view.

import { isContainer, isFlow } from "../model/schema.ts";
import type { Item, ItemKind, Link, ObjectId, Snapshot } from "../model/types.ts";

/** A container and what stands in it; `item` null: what stands in none. */
export interface Branch {
  /** Of the list: the container's id, or a word. */
  readonly key: string;
  readonly item: Item | null;
  /** In the order in which they are read. */
  readonly steps: readonly Item[];
  readonly others: readonly Item[];
  readonly branches: readonly Branch[];
}

export interface Outline {
  readonly areas: readonly Branch[];
  /** What stands in no area. */
  readonly free: Branch;
  /** What was in a container that is gone. */
  readonly unplaced: Branch;
  /** Obstacles, bottlenecks and pain points, wherever they stand. */
  readonly obstacles: readonly Item[];
  readonly nextSteps: readonly Item[];
  readonly terms: readonly Item[];
  readonly arrows: readonly Link[];
}

export const TABLED: Readonly<Partial<Record<ItemKind, "obstacles" | "nextSteps" | "terms">>> = {
  obstacle: "obstacles",
  bottleneck: "obstacles",
  painPoint: "obstacles",
  nextStep: "nextSteps",
  term: "terms",
};

/** Every live item has exactly one place in the branches: in its container, or under the item it is pinned to. */
export function outlineOf(snapshot: Snapshot): Outline {
  const tables: Record<"obstacles" | "nextSteps" | "terms", Item[]> = { obstacles: [], nextSteps: [], terms: [] };
  const seen = (item: Item): void => {
    const table = TABLED[item.kind];
    if (table !== undefined) tables[table].push(item);
    for (const pinned of pinnedUnder(snapshot, item.id)) seen(pinned);
  };
  const branch = (key: string, item: Item | null, inside: readonly Item[]): Branch => {
    const lists = { steps: [] as Item[], others: [] as Item[], branches: [] as Branch[] };
    for (const child of inside) {
      if (isContainer(child.kind)) lists.branches.push(branch(child.id, child, within(snapshot, child.id)));
      else {
        lists[child.kind === "step" ? "steps" : "others"].push(child);
        seen(child);
      }
    }
    return { key, item, ...lists };
  };
  const roots = within(snapshot, null);
  const areas: Branch[] = [];
  const [free, lost]: [Item[], Item[]] = [[], []];
  for (const item of roots) {
    if (item.unplaced) lost.push(item);
    else if (item.kind === "frame") areas.push(branch(item.id, item, within(snapshot, item.id)));
    else free.push(item);
  }
  return {
    areas,
    free: branch(FREE, null, free),
    unplaced: branch(UNPLACED, null, lost),
    ...tables,
    arrows: [...snapshot.links.values()].filter((link) => isFlow(link.kind)),
  };
}

export const FREE = "free";
export const UNPLACED = "unplaced";

/** What stands in a container (null: in none), with what is pinned to the container itself. */
function within(snapshot: Snapshot, id: ObjectId | null): Item[] {
  const inside = snapshot.children(id).filter((item) => carrierOf(snapshot, item) === undefined);
  return id === null ? inside : [...inside, ...pinnedUnder(snapshot, id)];
}

/** What is listed under an item because it is pinned to it. */
export function pinnedUnder(snapshot: Snapshot, id: ObjectId): Item[] {
  return snapshot.pinsOn(id).filter((item) => carrierOf(snapshot, item)?.id === id);
}

/**
 * The item under which this one is listed. A container has a heading of its own, wherever it is pinned; and of items
 * that are pinned in a ring the one with the smallest id is listed by its place.
 */
export function carrierOf(snapshot: Snapshot, item: Item): Item | undefined {
  const carrier = isContainer(item.kind) ? undefined : itemUnder(snapshot, item.id);
  if (carrier === undefined) return undefined;
  const ring = new Set<ObjectId>();
  let at: Item | undefined = carrier;
  while (at !== undefined && at.id !== item.id && !ring.has(at.id)) {
    ring.add(at.id);
    at = isContainer(at.kind) ? undefined : itemUnder(snapshot, at.id);
  }
  const first = at?.id === item.id && [...ring].every((id) => item.id < id);
  return first ? undefined : carrier;
}

function itemUnder(snapshot: Snapshot, id: ObjectId): Item | undefined {
  return snapshot.items.get(snapshot.pinOf(id)?.to ?? "");
}

/** The branches in the order in which they are shown, each before those in it. */
export function branchesOf({ areas, free, unplaced }: Outline): Branch[] {
  const walk = (branch: Branch): Branch[] => [branch, ...branch.branches.flatMap(walk)];
  return [...areas, free, unplaced].flatMap(walk);
}

/** The list in which an item is, and the place it has there; undefined for containers: they are headings. */
export function listOf(snapshot: Snapshot, id: ObjectId): { key: string; at: number } | undefined {
  const item = snapshot.items.get(id);
  if (item === undefined || isContainer(item.kind)) return undefined;
  const carrier = carrierOf(snapshot, item);
  if (carrier !== undefined && !isContainer(carrier.kind)) {
    return { key: pinsKey(carrier.id), at: pinnedUnder(snapshot, carrier.id).findIndex((other) => other.id === id) };
  }
  const home = carrier?.id ?? item.parent;
  const isStep = item.kind === "step";
  const alike = within(snapshot, home).filter(
    (other) =>
      !isContainer(other.kind) &&
      (other.kind === "step") === isStep &&
      (home !== null || other.unplaced === item.unplaced),
  );
  const key = home ?? (item.unplaced ? UNPLACED : FREE);
  return { key: listKey(key, isStep ? "steps" : "others"), at: alike.findIndex((other) => other.id === id) };
}

export const listKey = (branch: string, list: "steps" | "others"): string => `${branch} ${list}`;
export const pinsKey = (item: ObjectId): string => `${item} pins`;

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

/** Where one begins to follow a process: at starts, else at steps that lead on and that nothing leads to. */
export function beginnings(snapshot: Snapshot): Item[] {
  const steps = branchesOf(outlineOf(snapshot)).flatMap((branch) => branch.steps);
  const starts = steps.filter((step) => step.fields["stepKind"] === "start");
  const leads = (step: Item) => snapshot.arrowsOf(step.id).out.length > 0;
  const first = steps.filter((step) => leads(step) && snapshot.arrowsOf(step.id).into.length === 0);
  if (starts.length > 0) return starts;
  return first.length > 0 ? first : steps.filter(leads).slice(0, 1);
}

/** The item's text on one line, cut to a length that can be read aloud in one breath. */
export function firstWords(text: string, length = 60): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
