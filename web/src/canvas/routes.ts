// The ways of all arrows, kept until an end moves. Knows no DOM.

import type { ChangeSet, Link, ObjectId, Rect, Snapshot } from "../model/types.ts";
import { around, grow, intersects } from "./geometry.ts";
import { route, type Route } from "./route.ts";

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
    for (const link of snapshot.links.values()) this.#put(link);
  }

  apply(change: ChangeSet): void {
    this.#snapshot = change.snapshot;
    const again = new Set<ObjectId>();
    for (const set of [change.added, change.changed, change.moved, change.removed]) {
      for (const id of set) {
        again.add(id);
        const { into, out } = change.snapshot.arrowsOf(id);
        for (const link of into) again.add(link.id);
        for (const link of out) again.add(link.id);
      }
    }
    for (const id of again) {
      const link = change.snapshot.links.get(id);
      if (link) this.#put(link);
      else this.#kept.delete(id);
    }
  }

  *visible(area: Rect): Iterable<readonly [Link, Route]> {
    for (const kept of this.#kept.values()) {
      if (intersects(kept.box, area)) yield [kept.link, kept.route];
    }
  }

  get(id: ObjectId): Route | undefined {
    return this.#kept.get(id)?.route;
  }

  #put(link: Link): void {
    const from = this.#snapshot.rect(link.from);
    const to = this.#snapshot.rect(link.to);
    if (link.kind === "pin" || !from || !to) {
      this.#kept.delete(link.id);
      return;
    }
    const way = route(from, to, link.fromSide, link.toSide);
    const box = around(way.points.map(([x, y]) => ({ x, y, w: 0, h: 0 })));
    if (box) this.#kept.set(link.id, { link, route: way, box: grow(box, MARGIN) });
  }
}
