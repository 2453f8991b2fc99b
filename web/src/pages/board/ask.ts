// What a question offers to choose from. Knows commands' arguments, not dialogs.

import { takes } from "../../commands/containers.ts";
import { readingOrder } from "../../commands/view.ts";
import type { CommandId } from "../../commands/words.ts";
import { isContainer, isFlow } from "../../model/schema.ts";
import type { Item, Link, ObjectId, Snapshot } from "../../model/types.ts";
import { plain } from "./fuzzy.ts";

/** The items that can be the answer, in reading order. */
export function candidates(snapshot: Snapshot, command: CommandId, ids: readonly ObjectId[]): Item[] {
  const asked = new Set(ids);
  const items = readingOrder(snapshot).filter((item) => !asked.has(item.id));
  if (command === "item.parent") {
    const moved = ids.flatMap((id) => snapshot.items.get(id) ?? []);
    return items.filter((item) => isContainer(item.kind) && moved.every((one) => takes(snapshot, item.id, one)));
  }
  if (command === "connect.pin") return items.filter((item) => item.kind === "step");
  if (command === "connect.relate") return items.filter((item) => item.kind !== "group" && item.kind !== "frame");
  return items.filter((item) => !isContainer(item.kind));
}

/** The arrows that something can be pinned to, those of its own ends left out. */
export function arrows(snapshot: Snapshot, command: CommandId, ids: readonly ObjectId[]): Link[] {
  if (command !== "connect.pin") return [];
  return [...snapshot.links.values()].filter(
    (link) => isFlow(link.kind) && !ids.includes(link.from) && !ids.includes(link.to),
  );
}

const wordsOf = (typed: string): string[] =>
  plain(typed)
    .split(/\s+/)
    .filter((word) => word !== "");

/** Items whose text or container has all the words that were typed. */
export function matching(snapshot: Snapshot, items: readonly Item[], typed: string): Item[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [...items];
  return items.filter((item) => {
    const home = item.parent === null ? "" : (snapshot.items.get(item.parent)?.text ?? "");
    const text = plain(`${item.text} ${home}`);
    return words.every((word) => text.includes(word));
  });
}

/** Arrows whose name or ends have all the words. */
export function matchingArrows(snapshot: Snapshot, links: readonly Link[], typed: string): Link[] {
  const words = wordsOf(typed);
  const end = (id: ObjectId) => snapshot.items.get(id)?.text ?? "";
  return links.filter((link) => {
    const text = plain(`${link.text} ${end(link.from)} ${end(link.to)}`);
    return words.every((word) => text.includes(word));
  });
}
