// What is counted on a board: where work and customers go from one organisation to another, what waits, what is open.
// Knows no document and no words. The server's twin is `server/board/counters.rs`.

import { isFlow } from "./schema.ts";
import type { Item, ObjectId, Snapshot } from "./types.ts";

/** Arrows and pairs that are listed; the counts go on. A view shows far fewer. */
export const LISTED = 1_000;

export interface Counters {
  /** Arrows from one organisation's lane to another's. */
  readonly orgCrossings: number;
  /** Pairs of contact steps between which the organisation that serves the customer changes. */
  readonly customerHandovers: number;
  /** Steps of the kind `wait`. */
  readonly waits: number;
  readonly obstacles: number;
  /** Obstacles without an answer. */
  readonly openObstacles: number;
  /** Steps that no sequence or customer's move leads to or from. */
  readonly unconnectedSteps: number;
  /** Lanes in which there is no step. */
  readonly emptyLanes: number;
  /** Network lanes without an organisation. */
  readonly lanesWithoutOwner: number;
  /** The arrows of `orgCrossings`, by id; the first `LISTED`. */
  readonly crossingArrows: readonly ObjectId[];
  /** The pairs of `customerHandovers`, from and to, by ids; the first `LISTED`. */
  readonly handoverPairs: readonly (readonly [ObjectId, ObjectId])[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const known = new WeakMap<Snapshot, Counters>();

/** Counts a board; a snapshot that was counted before is not counted again. */
export function countersOf(snapshot: Snapshot): Counters {
  const counted = known.get(snapshot) ?? count(snapshot);
  known.set(snapshot, counted);
  return counted;
}

function count(snapshot: Snapshot): Counters {
  const items = [...snapshot.items.values()];
  const lanes = new Lanes(snapshot);
  const connected = new Set<ObjectId>();
  const next = new Map<ObjectId, ObjectId[]>();
  const crossing: ObjectId[] = [];
  for (const link of snapshot.links.values()) {
    if (!isFlow(link.kind)) continue;
    const [from, to] = [lanes.organisationOf(link.from), lanes.organisationOf(link.to)];
    if (from !== undefined && to !== undefined && from !== to) crossing.push(link.id);
    if (link.kind === "information") continue;
    const targets = next.get(link.from);
    if (targets === undefined) next.set(link.from, [link.to]);
    else targets.push(link.to);
    connected.add(link.from).add(link.to);
  }

  const totals = { waits: 0, obstacles: 0, openObstacles: 0, unconnectedSteps: 0, emptyLanes: 0, lanesWithoutOwner: 0 };
  const walkedIn = new Set<ObjectId>();
  const serving = new Map<ObjectId, string>();
  for (const item of items) {
    if (item.kind === "step") {
      if (item.fields["stepKind"] === "wait") totals.waits += 1;
      if (!connected.has(item.id)) totals.unconnectedSteps += 1;
      for (const lane of lanes.around(item)) walkedIn.add(lane.id);
      const organisation = item.fields["customerContact"] === true ? lanes.organisationOf(item.id) : undefined;
      if (organisation !== undefined) serving.set(item.id, organisation);
    } else if (item.kind === "obstacle") {
      totals.obstacles += 1;
      if (item.fields["resolution"] === "open") totals.openObstacles += 1;
    } else if (item.kind === "lane" && item.fields["laneKind"] === "network" && orgOf(item) === "") {
      totals.lanesWithoutOwner += 1;
    }
  }
  for (const item of items) if (item.kind === "lane" && !walkedIn.has(item.id)) totals.emptyLanes += 1;
  return Object.freeze({
    orgCrossings: crossing.length,
    crossingArrows: Object.freeze(crossing.toSorted().slice(0, LISTED)),
    ...totals,
    ...handovers(serving, next),
  });
}

/** From each serving step to those that are reached with no other between, where the organisation differs. */
function handovers(
  serving: ReadonlyMap<ObjectId, string>,
  next: ReadonlyMap<ObjectId, readonly ObjectId[]>,
): Pick<Counters, "customerHandovers" | "handoverPairs"> {
  const found: Mutable<Pick<Counters, "customerHandovers">> = { customerHandovers: 0 };
  const pairs: (readonly [ObjectId, ObjectId])[] = [];
  for (const source of [...serving.keys()].toSorted()) {
    const seen = new Set([source]);
    const waiting = [source];
    const reached: ObjectId[] = [];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const to of next.get(id) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        const other = serving.get(to);
        if (other === undefined) waiting.push(to);
        else if (other !== serving.get(source)) reached.push(to);
      }
    }
    found.customerHandovers += reached.length;
    const room = Math.max(0, LISTED - pairs.length);
    if (room > 0)
      pairs.push(
        ...reached
          .toSorted()
          .slice(0, room)
          .map((to) => Object.freeze([source, to] as const)),
      );
  }
  return { ...found, handoverPairs: Object.freeze(pairs) };
}

/** Which lanes things are in, and which organisation works there. */
class Lanes {
  readonly #snapshot: Snapshot;
  /** By the lane that is nearest: items of one lane share the answer. */
  readonly #organisations = new Map<ObjectId, string | undefined>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** The lanes that an item is in, nearest first; a lane is in itself. A live item's parents have no rings. */
  around(item: Item): Item[] {
    const lanes: Item[] = [];
    for (let at: Item | undefined = item; at !== undefined; at = this.#parent(at))
      if (at.kind === "lane") lanes.push(at);
    return lanes;
  }

  organisationOf(id: ObjectId): string | undefined {
    let lane = this.#snapshot.items.get(id);
    while (lane !== undefined && lane.kind !== "lane") lane = this.#parent(lane);
    if (lane === undefined) return undefined;
    if (!this.#organisations.has(lane.id)) this.#organisations.set(lane.id, organisation(lane));
    return this.#organisations.get(lane.id);
  }

  #parent(item: Item): Item | undefined {
    return item.parent === null ? undefined : this.#snapshot.items.get(item.parent);
  }
}

/** The organisation that works in a lane: none in the customer's, and in a system's only the one that is named. */
function organisation(lane: Item): string | undefined {
  const kind = lane.fields["laneKind"];
  const org = orgOf(lane);
  if (kind === "customer" || (kind === "system" && org === "")) return undefined;
  const name = org === "" ? lane.text.trim() : org;
  return name === "" ? `lane ${lane.id}` : `named ${name.toLowerCase()}`;
}

function orgOf(lane: Item): string {
  return String(lane.fields["org"] ?? "").trim();
}
