// What a question offers to choose from. Knows commands' arguments, not dialogs.

import type { CommandId } from "../../commands/words.ts";
import type { Item, ObjectId, Snapshot } from "../../model/types.ts";

/** The items that can be the answer, in reading order. */
export function candidates(snapshot: Snapshot, command: CommandId, ids: readonly ObjectId[]): Item[] {
  const items = inReadingOrder(snapshot).filter((item) => !ids.includes(item.id));
  if (command === "item.parent") return items.filter((item) => item.kind === "lane");
  if (command === "connect.pin") return items.filter((item) => item.kind === "step");
  return items.filter((item) => item.kind !== "lane");
}

/** Lane by lane, then what is on none. */
function inReadingOrder(snapshot: Snapshot): Item[] {
  const walk = (parent: ObjectId | null): Item[] =>
    snapshot.children(parent).flatMap((item) => [item, ...walk(item.id)]);
  return walk(null);
}

/** Items whose text or lane has all the words that were typed. */
export function matching(snapshot: Snapshot, items: readonly Item[], typed: string): Item[] {
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return items.filter((item) => {
    const lane = item.parent === null ? "" : (snapshot.items.get(item.parent)?.text ?? "");
    const text = `${item.text} ${lane}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
