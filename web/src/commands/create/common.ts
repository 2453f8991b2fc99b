// What all new things share: whether they may be made, where they stand, what happens after. Knows no kind.

import type { Fields, Writer } from "../../model/board.ts";
import { around, overlaps, rectOf, whole } from "../../model/rects.ts";
import { defaultSize, isContainer, LIVE_OBJECTS, REACH } from "../../model/schema.ts";
import type { Item, ItemKind, ObjectId, Point, Rect, Size, Snapshot } from "../../model/types.ts";
import type { CreateArgs } from "../arguments.ts";
import { containerFor, grownFor, roomIn, takes } from "../containers.ts";
import { orderAtEnd } from "../ordering.ts";
import { all, freePlace, nameOf, no, OK } from "../support.ts";
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
    return all(context.permissions.may("create", undefined, kind), hasRoom(context, more), there ? OK : no("notHere"));
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
  if (args.parent === null)
    return { parent, at: freePlace(snapshot, outside(snapshot, focus.place, size), parent), order };
  const there = clearPlace(snapshot, focus.place, size);
  // Beside what stands at the place is still in its container, if that reaches so far.
  const now = containerFor(snapshot, there, kind);
  return (now?.id ?? null) === parent
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

/** Between a new thing and what stands where it would have come. */
const BESIDE = 20;

/** The point, or one near it, at which nothing but containers would lie under the new thing. */
export function clearPlace(snapshot: Snapshot, at: Point, size: Size, gap = BESIDE): Point {
  const rects: Rect[] = [];
  for (const item of snapshot.items.values()) {
    const rect = isContainer(item.kind) ? undefined : snapshot.rect(item.id);
    if (rect !== undefined) rects.push(rect);
  }
  let here = at;
  for (let tries = 0; tries < 12; tries++) {
    const wanted = rectOf(here, size);
    const under = around(rects.filter((rect) => overlaps(rect, wanted)));
    if (under === undefined) return whole(here, REACH);
    const right = under.x + under.w + gap;
    // Beside what is there, in line with it; after three times a row further down.
    here = tries % 4 === 3 ? [at[0], under.y + under.h + gap] : [right, tries === 0 ? under.y : here[1]];
  }
  const all = around(rects);
  return whole(all === undefined ? at : [at[0], all.y + all.h + gap], REACH);
}

/** Between the containers and what stands outside them. */
const APART = 40;

/**
 * A place that is in no container to the eye either: at the point, or above all containers, in rows from the left.
 * Containers grow to the right and down, and new ones come there.
 */
export function outside(snapshot: Snapshot, at: Point, size: Size): Point {
  const here = clearPlace(snapshot, at, size);
  const homes = around(
    snapshot.children(null).flatMap((item) => (isContainer(item.kind) ? (snapshot.rect(item.id) ?? []) : [])),
  );
  if (homes === undefined || !overlaps(homes, rectOf(here, size))) return here;
  const rects = [...snapshot.items.values()].flatMap((item) => snapshot.rect(item.id) ?? []);
  const right = homes.x + homes.w;
  let [x, foot] = [homes.x, homes.y - APART];
  for (;;) {
    const wanted = rectOf([x, foot - size[1]], size);
    const under = around(rects.filter((rect) => overlaps(rect, wanted)));
    if (under === undefined) return whole([wanted.x, wanted.y], REACH);
    x = under.x + under.w + BESIDE;
    if (x + size[0] > right) [x, foot] = [homes.x, under.y - BESIDE];
  }
}

/** Says what was made, and where it stands. */
export function tellMade({ board, view }: Context, id: ObjectId, kind: ItemKind, args: CreateArgs): void {
  const name = nameOf({ text: args.text ?? "" });
  const container = board.snapshot.items.get(board.snapshot.items.get(id)?.parent ?? "");
  if (container !== undefined) {
    view.announce("said.created.kindIn", { kind, name, into: container.kind, lane: nameOf(container) });
  } else if (kind === "note" || kind === "nextStep" || kind === "lane" || kind === "step") {
    view.announce(`said.created.${kind}`, { name });
  } else view.announce("said.created.kind", { kind, name });
}
