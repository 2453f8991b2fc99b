// The actions menu of an object: the commands that concern it, each with its reason when it cannot be run.
// Knows the registry, not the views.

import type { View } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import { t } from "../i18n/language.svelte.ts";
import type { Item, Link, ObjectId } from "../model/types.ts";
import type { IconName } from "../ui/Icon.svelte";
import { firstWords } from "../outline/tree.ts";
import type { Entry } from "../ui/Menu.svelte";
import type { Desk } from "./desk.svelte.ts";
import { runAndTell } from "./run.ts";

type Offer = readonly [id: CommandId, icon: IconName, how: "run" | "ask", danger?: true];

const ALWAYS: readonly Offer[] = [
  ["item.edit", "pencil", "run"],
  ["connect.arrow", "arrow", "ask"],
  ["connect.pin", "obstacle", "ask"],
  ["item.parent", "lane", "ask"],
  ["item.reorder", "down", "ask"],
  ["item.color", "color", "ask"],
  ["item.duplicate", "copy", "run"],
];
const HERE: Readonly<Partial<Record<Item["kind"], readonly Offer[]>>> = {
  step: [
    ["obstacle.create", "obstacle", "run"],
    ["cooperation.create", "cooperation", "run"],
  ],
};

/** Entries for the menu of one object, or of several. */
export function actionsFor(desk: Desk, view: View, ids: readonly ObjectId[]): Entry[] {
  const link = ids.length === 1 ? desk.snapshot.links.get(ids[0] ?? "") : undefined;
  if (link !== undefined) return arrowActions(desk, view, link);
  const one = ids.length === 1 ? desk.snapshot.items.get(ids[0] ?? "") : undefined;
  const offers: Offer[] = ids.length > 1 ? ALWAYS.filter(([id]) => MANY.has(id)) : [...ALWAYS];
  if (one?.kind === "lane") remove(offers, "connect.arrow", "connect.pin", "item.parent");
  if (one !== undefined && one.kind !== "obstacle" && one.kind !== "cooperation" && one.kind !== "nextStep") {
    remove(offers, "connect.pin");
  }
  offers.push(...(one === undefined ? [] : (HERE[one.kind] ?? [])));
  if (one !== undefined && desk.snapshot.pinOf(one.id) !== undefined) offers.push(["connect.remove", "close", "run"]);
  if (desk.permissions.facilitates) {
    const locked = ids.every((id) => desk.permissions.isLocked(id));
    offers.push([locked ? "object.unlock" : "object.lock", "lock", "run"]);
  }
  const arrows = one === undefined ? [] : arrowsOf(desk, one.id);
  const made = (list: readonly Offer[]): Entry[] => list.map((offer) => entry(desk, view, ids, offer));
  return [...made(offers), ...arrows, ...made([["item.delete", "trash", "run", true]])];
}

/** What can be done with one arrow; `removed` hears when it was deleted. */
export function arrowActions(desk: Desk, view: View, link: Link, removed?: () => void): Entry[] {
  const ids = [link.id];
  const remove = async (): Promise<void> => {
    if (await runAndTell(desk, "item.delete", view, { ids })) removed?.();
  };
  return [
    { label: t("arrow.edit"), icon: "pencil", run: () => desk.ask("link.label", ids) },
    {
      ...entry(desk, view, ids, ["item.delete", "trash", "run", true]),
      label: t("arrow.remove"),
      run: () => void remove(),
    },
  ];
}

/** One entry for each arrow of an item: the way to it without a pointer. */
function arrowsOf(desk: Desk, id: ObjectId): Entry[] {
  const { out, into } = desk.snapshot.arrowsOf(id);
  const entryOf = (link: Link, key: "arrow.to" | "arrow.from", end: ObjectId): Entry => ({
    label: t(key, { name: firstWords(desk.snapshot.items.get(end)?.text ?? "", 40) || t("outline.noText") }),
    icon: "arrow",
    run: () => desk.ask("link.label", [link.id]),
  });
  return [
    ...out.map((link) => entryOf(link, "arrow.to", link.to)),
    ...into.map((link) => entryOf(link, "arrow.from", link.from)),
  ];
}

const MANY = new Set<CommandId>(["item.parent", "item.color", "item.duplicate"]);

function entry(desk: Desk, view: View, ids: readonly ObjectId[], [id, icon, how, danger]: Offer): Entry {
  const args = argsOf(id, ids);
  const permission = desk.can(id, view, args as never);
  return {
    label: t(`command.${id}`),
    icon,
    ...(danger === true ? { danger } : {}),
    ...(permission.ok ? {} : { why: t(`why.${permission.why}`) }),
    run: () => (how === "ask" ? desk.ask(id, ids) : void runAndTell(desk, id, view, args)),
  };
}

/** The objects, in the form in which the command takes them. */
function argsOf(id: CommandId, ids: readonly ObjectId[]): object {
  const first = ids[0] ?? "";
  if (id === "item.edit" || id === "connect.pin" || id === "item.reorder") return { id: first };
  if (id === "connect.arrow") return { from: first };
  if (id === "obstacle.create" || id === "cooperation.create") return { on: first };
  return { ids };
}

function remove(offers: Offer[], ...ids: CommandId[]): void {
  for (const id of ids) {
    const at = offers.findIndex(([other]) => other === id);
    if (at >= 0) offers.splice(at, 1);
  }
}
