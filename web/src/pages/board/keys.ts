// Keys as people read them, and the list of shortcuts that the help shows, made from the registry. Knows no page.

import type { Registry } from "../../commands/registry.ts";
import type { Command, Key as Press } from "../../commands/types.ts";
import { t, type Key } from "../../i18n/language.svelte.ts";
import type { HelpGroup } from "../../ui/help.svelte.ts";

const NAMES: Readonly<Record<string, Key>> = {
  " ": "key.space",
  Enter: "key.enter",
  Escape: "key.escape",
  Delete: "key.delete",
  Backspace: "key.backspace",
  Tab: "key.tab",
  ArrowUp: "key.up",
  ArrowDown: "key.down",
  ArrowLeft: "key.left",
  ArrowRight: "key.right",
  PageUp: "key.pageUp",
  PageDown: "key.pageDown",
  Home: "key.home",
  End: "key.end",
};

export function keyWords(press: Press): string {
  const named = NAMES[press.key];
  const key = named === undefined ? press.key.toLocaleUpperCase("fi") : t(named);
  const parts = [press.mod === true ? t("key.mod") : "", press.shift === true ? t("key.shift") : "", key];
  return parts.filter((part) => part !== "").join(" + ");
}

/** The first key of a command, or nothing. */
export function keyOf(registry: Registry, id: Parameters<Registry["get"]>[0]): string {
  const first = registry.get(id).keys?.[0];
  return first === undefined ? "" : keyWords(first);
}

const GROUPS: readonly Command["group"][] = [
  "create",
  "edit",
  "arrange",
  "connect",
  "history",
  "view",
  "share",
  "attention",
  "facilitate",
];

/** What the board's surface itself does with keys, without a command. */
function ownKeys(): HelpGroup {
  const names = (...keys: readonly string[]) => keys.map((key) => keyWords({ key })).join(", ");
  return {
    title: t("help.group.board"),
    rows: [
      { label: t("help.nearest"), keys: "← ↑ → ↓" },
      { label: t("help.edit"), keys: names("Enter", "F2") },
      { label: t("help.endEdit"), keys: names("Escape", "F2") },
      { label: t("help.chain"), keys: [keyWords({ key: "Tab" }), keyWords({ key: "Tab", shift: true })].join(", ") },
      {
        label: t("help.chainDown"),
        keys: [keyWords({ key: "Enter", mod: true }), keyWords({ key: "Enter", mod: true, shift: true })].join(", "),
      },
      { label: t("help.carry"), keys: names(" ") },
      { label: t("help.areas"), keys: names("PageUp", "PageDown") },
      { label: t("help.ends"), keys: names("Home", "End") },
      { label: t("help.actions"), keys: keyWords({ key: "F10", shift: true }) },
    ],
  };
}

export function shortcuts(registry: Registry): HelpGroup[] {
  return [ownKeys(), ...ofCommands(registry)];
}

function ofCommands(registry: Registry): HelpGroup[] {
  return GROUPS.map((group) => ({
    title: t(`help.group.${group}`),
    rows: registry.all
      .filter(
        (command) => command.group === group && (command.keys ?? []).length > 0 && command.id !== "select.nearest",
      )
      .map((command) => ({
        label: t(`command.${command.id}`),
        keys: [...new Set((command.keys ?? []).map(keyWords))].join(", "),
      })),
  })).filter((group) => group.rows.length > 0);
}
