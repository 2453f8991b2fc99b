// The parts of a running script: which comes next, in what order they would be. Knows no views.

import type { PartLine, Script } from "../../net/script.ts";

/** The part that *next* begins: the first behind the last one that ran that is not skipped. */
export function nextOf(script: Script): PartLine | undefined {
  const { parts } = script;
  const current = parts.findIndex(({ id }) => id === script.part?.part);
  // With none running: behind where the planned times begin, which is behind the one that ran last.
  return current < 0
    ? parts.find(({ starts }) => starts !== undefined)
    : parts.slice(current + 1).find(({ progress }) => progress !== "skipped");
}

/** The order of all parts with one of them moved by so many places; undefined when it cannot go there. */
export function moved(parts: readonly { readonly id: string }[], id: string, by: 1 | -1): string[] | undefined {
  const order = parts.map((part) => part.id);
  const at = order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return undefined;
  return order.with(at, order[to] ?? id).with(to, id);
}
