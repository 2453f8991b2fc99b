// The list of actions: every command that can be run by its name alone, best fitting first. Knows no dialog.

import type { Registry } from "../../commands/registry.ts";
import type { Permission } from "../../commands/types.ts";
import type { CommandId } from "../../commands/words.ts";
import { fits } from "./fuzzy.ts";
import { keyWords } from "./keys.ts";

export interface PaletteEntry {
  readonly id: CommandId;
  readonly label: string;
  readonly keys: string;
  readonly permission: Permission;
}

/** These need to be told more than one can ask for, or are the list itself. */
const NOT_LISTED: ReadonlySet<CommandId> = new Set<CommandId>([
  "palette.open",
  "item.move",
  "item.resize",
  "view.pan",
  "select.nearest",
  "link.kind",
  "link.sides",
]);

export function paletteEntries(
  registry: Registry,
  label: (id: CommandId) => string,
  can: (id: CommandId) => Permission,
): PaletteEntry[] {
  return registry.all
    .filter((command) => !NOT_LISTED.has(command.id))
    .map((command) => {
      const [key] = command.keys ?? [];
      const keys = key === undefined ? "" : keyWords(key);
      return { id: command.id, label: label(command.id), keys, permission: can(command.id) };
    });
}

/** What can be run comes before what cannot; then what fits best, then the registry's own order. */
export function filtered(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  return entries
    .map((entry, at) => ({ entry, at, score: fits(entry.label, typed) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => {
      const runs = Number(b.entry.permission.ok) - Number(a.entry.permission.ok);
      return runs !== 0 ? runs : (b.score ?? 0) - (a.score ?? 0) || a.at - b.at;
    })
    .map(({ entry }) => entry);
}
