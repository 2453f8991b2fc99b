// The numbers of a board with what each counts: lines that lead to it. Knows the counters, no view.

import { countersOf, type Counters } from "../model/counters.ts";
import { isFlow } from "../model/schema.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";
import { arrowName, called } from "./words.ts";
import { t } from "../i18n/language.svelte.ts";

export type NumberName = Exclude<keyof Counters, "obstacles" | "crossingArrows" | "handoverPairs">;

/** The four that a glance shows, then what may be unfinished. */
export const MAIN: readonly NumberName[] = ["orgCrossings", "customerHandovers", "waits", "openObstacles"];
export const UNFINISHED: readonly NumberName[] = ["unconnectedSteps", "emptyLanes", "lanesWithoutOwner"];

/** One thing that is counted. */
export interface Counted {
  readonly key: string;
  readonly says: string;
  /** What is chosen when it is opened: an arrow, two steps, an item. */
  readonly ids: readonly ObjectId[];
  /** The items to look at. */
  readonly around: readonly ObjectId[];
}

/** What a number counts, at most `most` of it, in the words of the board. */
export function countedBy(snapshot: Snapshot, name: NumberName, most: number): Counted[] {
  const counters = countersOf(snapshot);
  if (name === "orgCrossings") {
    return counters.crossingArrows.slice(0, most).flatMap((id) => {
      const link = snapshot.links.get(id);
      return link === undefined
        ? []
        : [{ key: id, says: arrowName(snapshot, link), ids: [id], around: [link.from, link.to] }];
    });
  }
  if (name === "customerHandovers") {
    return counters.handoverPairs.slice(0, most).map((ids) => {
      const [from, to] = ids.map((id) => called(snapshot.items.get(id), 40));
      return { key: ids.join(), says: t("arrow.between", { from: from ?? "", to: to ?? "" }), ids, around: ids };
    });
  }
  const found: Counted[] = [];
  for (const item of snapshot.items.values()) {
    if (found.length === most) break;
    if (COUNTS[name](item, snapshot))
      found.push({ key: item.id, says: called(item), ids: [item.id], around: [item.id] });
  }
  return found;
}

type Rest = Exclude<NumberName, "orgCrossings" | "customerHandovers">;
const COUNTS: Readonly<Record<Rest, (item: Item, snapshot: Snapshot) => boolean>> = {
  waits: (item) => item.kind === "step" && item.fields["stepKind"] === "wait",
  openObstacles: (item) => item.kind === "obstacle" && item.fields["resolution"] === "open",
  unconnectedSteps: (item, snapshot) => {
    if (item.kind !== "step") return false;
    const { into, out } = snapshot.arrowsOf(item.id);
    return ![...into, ...out].some((link) => isFlow(link.kind) && link.kind !== "information");
  },
  emptyLanes: (item, snapshot) => item.kind === "lane" && !hasStep(snapshot, item.id),
  lanesWithoutOwner: (item) =>
    item.kind === "lane" && item.fields["laneKind"] === "network" && String(item.fields["org"] ?? "").trim() === "",
};

function hasStep(snapshot: Snapshot, id: ObjectId): boolean {
  return snapshot.children(id).some((item) => item.kind === "step" || hasStep(snapshot, item.id));
}
