// The ways of all lines: arrows, relations, and the threads of what hangs on an arrow; kept until an end moves.
// Knows no DOM.

import { isFlow } from "../model/schema.ts";
import { titleOf } from "../model/standing.ts";
import type { ChangeSet, Link, ObjectId, Rect, Snapshot } from "../model/types.ts";
import { around, grow, intersects } from "./geometry.ts";
import { route, straight, thread, type Route } from "./route.ts";

interface Kept {
  readonly link: Link;
  readonly route: Route;
  readonly box: Rect;
}

/** Room for arrow heads and labels around a line. */
const MARGIN = 40;

export class Routes {
  #kept = new Map<ObjectId, Kept>();
  #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#putAll(snapshot.links.values());
  }

  apply(change: ChangeSet): void {
    const { snapshot } = change;
    this.#snapshot = snapshot;
    const again = new Set<ObjectId>();
    for (const set of [change.added, change.changed, change.moved, change.removed]) {
      for (const id of set) {
        again.add(id);
        for (const link of linesOf(snapshot, id)) again.add(link.id);
      }
    }
    const links: Link[] = [];
    for (const id of again) {
      const link = snapshot.links.get(id);
      if (link) links.push(link);
      else this.#kept.delete(id);
    }
    this.#putAll(links);
  }

  *visible(area: Rect): Iterable<readonly [Link, Route]> {
    for (const kept of this.#kept.values()) {
      if (intersects(kept.box, area)) yield [kept.link, kept.route];
    }
  }

  get(id: ObjectId): Route | undefined {
    return this.#kept.get(id)?.route;
  }

  /** Arrows first: a thread leads to where its arrow is. */
  #putAll(links: Iterable<Link>): void {
    const pins: Link[] = [];
    for (const link of links) {
      if (link.kind === "pin") pins.push(link);
      else this.#put(link);
    }
    for (const pin of pins) this.#put(pin);
  }

  #put(link: Link): void {
    const way = wayOf(
      this.#snapshot,
      link,
      (id) => this.#snapshot.rect(id),
      (id) => this.get(id),
    );
    const box = way && around(way.points.map(([x, y]) => ({ x, y, w: 0, h: 0 })));
    if (way && box) this.#kept.set(link.id, { link, route: way, box: grow(box, MARGIN) });
    else this.#kept.delete(link.id);
  }
}

/** The way of a line where its ends are drawn now; undefined where there is none to draw. */
export function wayOf(
  snapshot: Snapshot,
  link: Link,
  rectOf: (id: ObjectId) => Rect | undefined,
  wayOfArrow: (id: ObjectId) => Route | undefined,
): Route | undefined {
  const from = rectOf(link.from);
  if (!from) return undefined;
  if (link.kind === "pin") {
    const arrow = snapshot.tetherOf(link.from)?.id === link.id ? wayOfArrow(link.to) : undefined;
    return arrow && thread(from, arrow.label);
  }
  const to = rectOf(link.to);
  if (!to) return undefined;
  if (isFlow(link.kind)) return route(from, to, link.fromSide, link.toSide);
  const [first, last] = [snapshot.items.get(link.from), snapshot.items.get(link.to)];
  return first && last && straight(titleOf(first, from), titleOf(last, to));
}

/** All lines that are drawn elsewhere when this item, or this arrow, is. */
export function linesOf(snapshot: Snapshot, id: ObjectId): Link[] {
  const { into, out } = snapshot.arrowsOf(id);
  const arrows = [...into, ...out];
  const tether = snapshot.tetherOf(id);
  const threads = [...arrows.map((arrow) => arrow.id), id].flatMap((arrow) =>
    snapshot.links.has(arrow) ? snapshot.pinsOn(arrow).flatMap((item) => snapshot.tetherOf(item.id) ?? []) : [],
  );
  return [...arrows, ...snapshot.relationsOf(id), ...(tether ? [tether] : []), ...threads];
}
