// Where in the reading order a thing goes: at the end, after another, by its place in a lane. Knows no commands.

import type { Writer } from "../model/board.ts";
import { orderBetween, spread } from "../model/order.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";

/** After all siblings. */
export function orderAtEnd(snapshot: Snapshot, parent: ObjectId | null): string {
  return orderAfter(snapshot, parent, snapshot.children(parent).at(-1));
}

/** Right after this sibling (undefined: before all); at worst with the same key, when there is no room. */
export function orderAfter(snapshot: Snapshot, parent: ObjectId | null, before: Item | undefined): string {
  const siblings = snapshot.children(parent);
  const next = siblings[siblings.findIndex((item) => item.id === before?.id) + 1];
  return orderBetween(before?.order ?? null, next?.order ?? null) ?? before?.order ?? "U";
}

/** The order of a step that stands at `x` in a lane; undefined when the one it has fits. */
export function orderByPlace(snapshot: Snapshot, lane: ObjectId, item: Item, x: number): string | undefined {
  const steps = snapshot.children(lane).filter((other) => other.id !== item.id && other.kind === "step");
  const at = steps.findIndex((other) => other.at[0] > x);
  const before = at < 0 ? steps.at(-1) : steps[at - 1];
  const after = at < 0 ? undefined : steps[at];
  const fits =
    item.parent === lane &&
    (before === undefined || before.order < item.order) &&
    (after === undefined || item.order < after.order);
  if (fits) return undefined;
  return orderBetween(before?.order ?? null, after?.order ?? null) ?? item.order;
}

/** Puts an item before a sibling (null: at the end); gives all siblings new keys when there is no room. */
export function reorder(snapshot: Snapshot, writer: Writer, item: Item, before: Item | null): void {
  const siblings = snapshot.children(item.parent).filter((other) => other.id !== item.id);
  const at = before === null ? siblings.length : siblings.findIndex((other) => other.id === before.id);
  if (at < 0) return;
  const order = orderBetween(siblings[at - 1]?.order ?? null, siblings[at]?.order ?? null);
  if (order !== undefined) {
    writer.set(item.id, { order });
    return;
  }
  const list = siblings.toSpliced(at, 0, item);
  const keys = spread(list.length);
  for (const [i, sibling] of list.entries()) writer.set(sibling.id, { order: keys[i] ?? sibling.order });
}
