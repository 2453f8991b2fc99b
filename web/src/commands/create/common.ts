// What all new things share: whether they may be made, where they stand, what happens after. Knows no kind.

import type { Fields, Writer } from "../../model/board.ts";
import { overlaps, rectOf } from "../../model/rects.ts";
import { defaultSize, isContainer, LIVE_OBJECTS } from "../../model/schema.ts";
import type { Item, ItemKind, ObjectId, Point, Size, Snapshot } from "../../model/types.ts";
import type { CreateArgs } from "../arguments.ts";
import { containerFor, grownFor, roomIn, takes } from "../containers.ts";
import { orderAtEnd } from "../ordering.ts";
import { all, freePlace, no, OK } from "../support.ts";
import type { Context, Permission } from "../types.ts";

export interface Place {
  readonly parent: ObjectId | null;
  readonly at: Point;
  readonly order: string;
}

export const fieldsOf = (place: Place, args: CreateArgs, more: Fields = {}): Fields => ({
  ...place,
  ...(args.color === undefined ? {} : { color: args.color }),
  ...args.fields,
  ...more,
});

export function finish({ view }: Context, id: ObjectId, args: CreateArgs): void {
  view.select([id]);
  if (args.quiet !== true) view.edit(id);
}

/** Whether so many more objects have room on the board. */
export function hasRoom({ board }: Context, more: number): Permission {
  return board.live + more > LIVE_OBJECTS ? no("full") : OK;
}

export function mayCreate(kind: ItemKind, more = 1) {
  return (context: Context, args: CreateArgs = {}): Permission => {
    const { parent } = args;
    const there = parent === undefined || takes(context.snapshot, parent, { kind, id: "" });
    return all(context.permissions.may("create"), hasRoom(context, more), there ? OK : no("notHere"));
  };
}

/** The container that the command was told, else the one under the place. */
export function containerOf({ snapshot, focus }: Context, kind: ItemKind, args: CreateArgs): Item | undefined {
  if (args.parent === null) return undefined;
  if (args.parent !== undefined) return snapshot.items.get(args.parent);
  return containerFor(snapshot, args.at ?? focus.place, kind);
}

/** Where a thing of a kind without a place of its own stands. */
export function placeFor(context: Context, kind: ItemKind, args: CreateArgs): Place {
  const { snapshot, focus } = context;
  const container = containerOf(context, kind, args);
  const parent = container?.id ?? null;
  const order = orderAtEnd(snapshot, parent);
  if (args.at !== undefined) return { parent, at: freePlace(snapshot, args.at, parent), order };
  const size = defaultSize(kind);
  if (container !== undefined && args.parent !== undefined) {
    return { parent, at: roomIn(snapshot, container, size), order };
  }
  const there = clearPlace(snapshot, focus.place, size);
  // Beside what stands at the place is still in its container, if that reaches so far.
  const now = args.parent === null ? undefined : containerFor(snapshot, there, kind);
  return now?.id === parent
    ? { parent, at: freePlace(snapshot, there, parent), order }
    : { parent, at: freePlace(snapshot, focus.place, parent), order };
}

/** What makes a container as large as the new thing in it needs. */
export function growFor({ snapshot, permissions }: Context, writer: Writer, place: Place, size: Size): void {
  const container = place.parent === null ? undefined : snapshot.items.get(place.parent);
  const needed = container === undefined ? undefined : grownFor(container, [rectOf(place.at, size)]);
  if (container === undefined || needed === undefined || !permissions.may("move", container.id).ok) return;
  writer.set(container.id, { size: needed });
}

const BESIDE = 20;

/** The point, or one near it, at which nothing but containers would lie under the new thing. */
export function clearPlace(snapshot: Snapshot, at: Point, size: Size): Point {
  const covered = ([x, y]: Point) => {
    const wanted = { x, y, w: size[0], h: size[1] };
    for (const item of snapshot.items.values()) {
      if (isContainer(item.kind)) continue;
      const rect = snapshot.rect(item.id);
      if (rect !== undefined && overlaps(rect, wanted)) return rect;
    }
    return undefined;
  };
  let here = at;
  for (let tries = 0; tries < 12; tries++) {
    const under = covered(here);
    if (under === undefined) return here;
    here =
      tries % 4 === 3
        ? [at[0], under.y + under.h + BESIDE]
        : [under.x + under.w + BESIDE, tries === 0 ? under.y : here[1]];
  }
  return at;
}
