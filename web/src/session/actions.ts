// The actions menu of an object: the commands that fit its kind, each with its reason when it cannot be run.
// Knows the registry, not the views.

import type { View } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import { t } from "../i18n/language.svelte.ts";
import { isContainer } from "../model/schema.ts";
import { isPinnable } from "../model/standing.ts";
import type { Item, ItemKind, Link, ObjectId } from "../model/types.ts";
import type { IconName } from "../ui/Icon.svelte";
import { firstWords } from "../outline/tree.ts";
import type { Entry } from "../ui/Menu.svelte";
import type { Desk } from "./desk.svelte.ts";
import { runAndTell } from "./run.ts";

type Offer = readonly [id: CommandId, icon: IconName, how: "run" | "ask", danger?: true];

const CLIPBOARD: readonly Offer[] = [
  ["item.duplicate", "copy", "run"],
  ["edit.copy", "copy", "run"],
  ["edit.cut", "cut", "run"],
];
const LAYERS: readonly Offer[] = [
  ["item.forward", "forward", "run"],
  ["item.backward", "backward", "run"],
  ["item.toFront", "forward", "run"],
  ["item.toBack", "backward", "run"],
];
/** What can be pinned to a step, made from its menu. */
const ON_STEP: readonly Offer[] = [
  ["obstacle.create", "obstacle", "run"],
  ["cooperation.create", "cooperation", "run"],
  ["bottleneck.create", "bottleneck", "run"],
  ["painPoint.create", "painPoint", "run"],
  ["question.create", "question", "run"],
  ["evidence.create", "evidence", "run"],
];
/** What is made inside a container from its menu. */
const INSIDE: Readonly<Record<"frame" | "lane" | "group", readonly Offer[]>> = {
  frame: [
    ["lane.create", "lane", "run"],
    ["note.create", "note", "run"],
    ["goal.create", "goal", "run"],
    ["commitment.create", "commitment", "run"],
  ],
  lane: [["step.create", "step", "run"]],
  group: [
    ["note.create", "note", "run"],
    ["idea.create", "idea", "run"],
  ],
};

/** The offers for one thing, in the order of the menu. */
function offersFor(item: Item, desk: Desk): Offer[] {
  const { kind } = item;
  const { snapshot } = desk;
  const tied = snapshot.pinOf(item.id) ?? snapshot.tetherOf(item.id);
  const offers: Offer[] = [["item.edit", "pencil", "run"]];
  if (isContainer(kind)) offers.push(...INSIDE[kind]);
  else offers.push(["connect.arrow", "arrow", "ask"]);
  if (isPinnable(kind) || kind === "nextStep") offers.push(["connect.pin", "obstacle", "ask"]);
  if (tied !== undefined) offers.push(["connect.remove", "close", "run"]);
  if (kind !== "group" && kind !== "frame") offers.push(["connect.relate", "link", "ask"]);
  if (kind === "step") offers.push(...ON_STEP);
  if (kind === "goal") offers.push(["goal.renew", "goal", "run"]);
  if (kind !== "frame") offers.push(["item.parent", "lane", "ask"]);
  offers.push(["item.reorder", "down", "ask"]);
  if (kind === "group") offers.push(["item.ungroup", "ungroup", "run"]);
  offers.push(["item.color", "color", "ask"], ...CLIPBOARD, ...LAYERS, ["share.object", "link", "run"]);
  return offers;
}

const MANY: readonly Offer[] = [
  ["item.group", "group", "run"],
  ["item.ungroup", "ungroup", "run"],
  ["item.parent", "lane", "ask"],
  ["item.color", "color", "ask"],
  ...CLIPBOARD,
  ...LAYERS,
];

/** Entries for the menu of one object, or of several. */
export function actionsFor(desk: Desk, view: View, ids: readonly ObjectId[]): Entry[] {
  const link = ids.length === 1 ? desk.snapshot.links.get(ids[0] ?? "") : undefined;
  if (link !== undefined) return arrowActions(desk, view, link);
  const one = ids.length === 1 ? desk.snapshot.items.get(ids[0] ?? "") : undefined;
  const groups = ids.some((id) => desk.snapshot.items.get(id)?.kind === "group");
  const many = MANY.filter(([id]) => id !== "item.ungroup" || groups);
  const offers: Offer[] = one === undefined ? [...many] : offersFor(one, desk);
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
  const plain = link.kind === "pin" || link.kind === "relation";
  const pins = ON_STEP.map((offer) => entry(desk, view, ids, offer));
  return [
    ...(plain ? [] : [{ label: t("arrow.edit"), icon: "pencil", run: () => desk.ask("link.label", ids) } as Entry]),
    ...(plain ? [] : pins),
    ...(plain ? [] : [entry(desk, view, ids, ["share.object", "link", "run"])]),
    {
      ...entry(desk, view, ids, ["item.delete", "trash", "run", true]),
      label: plain ? t("command.connect.remove") : t("arrow.remove"),
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

function entry(desk: Desk, view: View, ids: readonly ObjectId[], [id, icon, how, danger]: Offer): Entry {
  const args = argsOf(desk, id, ids);
  const permission = desk.can(id, view, args as never);
  return {
    label: t(`command.${id}`),
    icon,
    ...(danger === true ? { danger } : {}),
    ...(permission.ok ? {} : { why: t(`why.${permission.why}`) }),
    run: () => (how === "ask" ? desk.ask(id, ids) : void runAndTell(desk, id, view, args)),
  };
}

const PINNED = new Set<string>(ON_STEP.map(([id]) => id));

/** The objects, in the form in which the command takes them. */
function argsOf(desk: Desk, id: CommandId, ids: readonly ObjectId[]): object {
  const first = ids[0] ?? "";
  const kind: ItemKind | undefined = desk.snapshot.items.get(first)?.kind;
  if (["item.edit", "connect.pin", "item.reorder", "share.object"].includes(id)) return { id: first };
  if (id === "connect.arrow" || id === "connect.relate") return { from: first };
  if (PINNED.has(id)) return { on: first };
  if (id.endsWith(".create") && kind !== undefined && isContainer(kind)) return { parent: first };
  return { ids };
}
