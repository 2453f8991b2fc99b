// What the commands share: permissions of many objects, names, lanes, places with room. Knows no single command.

import { corner, minus, overlaps, whole } from "../model/rects.ts";
import { REACH } from "../model/schema.ts";
import type { Item, Link, ObjectId, Point, Rect, Size, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import type { AnyCommand } from "./registry.ts";
import type { Command, Context, Permission, Permissions } from "./types.ts";
import type { CommandId, Reason } from "./words.ts";

export const OK: Permission = { ok: true };
export const no = (why: Reason): Permission => ({ ok: false, why });

/** One entry of the registry, typed by its id. */
export function command<Id extends CommandId>(id: Id, rest: Omit<Command<ArgsOf<Id>>, "id">): AnyCommand {
  return { id, ...rest } as unknown as AnyCommand;
}

/** The first reason why not, of several permissions. */
export function all(...permissions: readonly Permission[]): Permission {
  return permissions.find((permission) => !permission.ok) ?? OK;
}

/** Whether the action may be done to every one of these; nothing selected is a reason too. */
export function mayAll(
  context: Context,
  action: Parameters<Permissions["may"]>[0],
  ids: readonly ObjectId[],
): Permission {
  return ids.length === 0 ? no("nothingSelected") : all(...ids.map((id) => context.permissions.may(action, id)));
}

/** The live items among the ids that the command was told, else of the selection. */
export function items({ snapshot, focus }: Context, ids?: readonly ObjectId[]): Item[] {
  return [...new Set(ids ?? focus.selection)].flatMap((id) => snapshot.items.get(id) ?? []);
}

export function links({ snapshot, focus }: Context, ids?: readonly ObjectId[]): Link[] {
  return [...new Set(ids ?? focus.selection)].flatMap((id) => snapshot.links.get(id) ?? []);
}

/** The one that the command was told, else the only selected one. */
export function theItem(context: Context, id?: ObjectId): Item | undefined {
  const found = items(context, id === undefined ? undefined : [id]);
  return found.length === 1 ? found[0] : undefined;
}

export function theLink(context: Context, id?: ObjectId): Link | undefined {
  const found = links(context, id === undefined ? undefined : [id]);
  return found.length === 1 ? found[0] : undefined;
}

/** The beginning of an object's text, to call it by. */
export function nameOf(object: Pick<Item, "text"> | undefined): string {
  const line = (object?.text ?? "").trim().split("\n", 1)[0] ?? "";
  const letters = [...line];
  return letters.length <= 60 ? line : `${letters.slice(0, 59).join("")}…`;
}

/** What a lane's own title takes at its left edge; steps begin after it. */
export const LANE_HEAD = 160;
/** Between steps that stand one after another. */
export const GAP = 40;

/**
 * Where a step stands in a lane, measured from the lane's corner: wholly inside from top to bottom, and on the
 * middle line when it is near it.
 */
export function snapIntoLane(lane: Size, size: Size, [x, y]: Point, toMiddle = true): Point {
  const centred = (lane[1] - size[1]) / 2;
  const inside = Math.max(0, Math.min(y, lane[1] - size[1]));
  const near = toMiddle && Math.abs(y - centred) <= 24;
  return whole([Math.max(0, x), near || size[1] >= lane[1] ? centred : inside], REACH);
}

/** A rectangle's corner measured from a parent, or from the origin. */
export function measuredFrom(snapshot: Snapshot, parent: ObjectId | null, at: Point): Point {
  const rect = parent === null ? undefined : snapshot.rect(parent);
  return whole(rect === undefined ? at : minus(at, corner(rect)), REACH);
}

/** Where a pinned item has room on its carrier: hanging from its lower edge, beside and below other pins. */
export function freeOffset(snapshot: Snapshot, carrier: Item, size: Size, except?: ObjectId): Point {
  const taken: Rect[] = snapshot.pinsOn(carrier.id).flatMap((item) => {
    const offset = snapshot.pinOf(item.id)?.offset;
    return item.id === except || offset === undefined
      ? []
      : [{ x: offset[0], y: offset[1], w: item.size[0], h: item.size[1] }];
  });
  const [w, h] = size;
  const columns = Math.max(1, Math.floor((carrier.size[0] + 8) / (w + 8)));
  for (let i = 0; ; i++) {
    const at = { x: (i % columns) * (w + 8), y: carrier.size[1] - 12 + Math.floor(i / columns) * (h + 8), w, h };
    if (!taken.some((other) => overlaps(at, other))) return [at.x, at.y];
  }
}

/** The point, or near it: never exactly on the corner of another item of that size. */
export function freePlace(snapshot: Snapshot, at: Point, parent: ObjectId | null): Point {
  const taken = new Set(snapshot.children(parent).map((item) => item.at.join()));
  let [x, y] = measuredFrom(snapshot, parent, at);
  while (taken.has([x, y].join())) [x, y] = [x + 24, y + 24];
  return whole([x, y], REACH);
}

/** What is selected after these are gone: the next beside them, else the one before. */
export function neighbourOf(snapshot: Snapshot, gone: readonly Item[]): ObjectId | undefined {
  const last = gone.at(-1);
  if (last === undefined) return undefined;
  const away = new Set(gone.map((item) => item.id));
  const siblings = snapshot.children(last.parent);
  const at = siblings.findIndex((item) => item.id === last.id);
  const left = (item: Item) => !away.has(item.id);
  return (siblings.slice(at + 1).find(left) ?? siblings.slice(0, Math.max(0, at)).findLast(left))?.id;
}
