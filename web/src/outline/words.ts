// An item in words: its kind, its place, its fields, what it is joined to. Knows the texts, no view and no DOM.

import { day, language, t, type Key } from "../i18n/language.svelte.ts";
import { relatedTo, type Related } from "../model/relations.ts";
import { fieldRule, isFlow, kindRule } from "../model/schema.ts";
import type { FieldValue, Item, ItemKind, Link, ObjectId, Snapshot } from "../model/types.ts";
import { fieldName, word } from "../session/said.ts";
import { firstWords, neighbours, pinnedUnder } from "./tree.ts";

/** What an item is called; never empty. */
export function called(item: Pick<Item, "text"> | undefined, length = 60): string {
  return firstWords(item?.text ?? "", length) || t("outline.noText");
}

/** The kind; of a step that is not just a step, which. */
export function kindOf(item: Item): string {
  const kind = item.fields["stepKind"];
  return item.kind === "step" && kind !== "task" ? word("stepKind", kind) : word("kind", item.kind);
}

/** An arrow: from where to where, and its name. */
export function arrowName(snapshot: Snapshot, link: Link): string {
  const ends = { from: called(snapshot.items.get(link.from), 40), to: called(snapshot.items.get(link.to), 40) };
  return link.text.trim() === ""
    ? t("arrow.between", ends)
    : t("outline.arrowNamed", { ...ends, label: firstWords(link.text, 40) });
}

/** How a neighbour is called where an arrow leads to it: with the branch, if the arrow has a name or a condition. */
export function branchName(link: Link, item: Item): string {
  const label = link.text.trim() === "" ? String(link.fields["condition"] ?? "") : link.text;
  const name = called(item, 40);
  return label.trim() === "" ? name : t("outline.branch", { name, label: firstWords(label, 40) });
}

/** What people always want to know of a kind, even when nobody chose it. */
const ALWAYS: Readonly<Partial<Record<ItemKind, readonly string[]>>> = {
  lane: ["laneKind"],
  obstacle: ["severity", "resolution"],
  painPoint: ["severity"],
  cooperation: ["cooperationKind"],
  nextStep: ["stepType", "status"],
  question: ["questionState"],
  evidence: ["evidenceKind"],
  goal: ["version"],
};
/** Said elsewhere: the kind of step is its kind. */
const NEVER = new Set(["stepKind", "layout"]);
/** Words that say what they are of by themselves. */
const PLAIN = new Set(["laneKind", "severity", "types", "cooperationKind", "stepType", "evidenceKind", "channel"]);

export interface Fact {
  readonly field: string;
  readonly says: string;
}

/** The fields that say something, in the schema's order; `organisation` gives the name of an id. */
export function factsOf(item: Item, organisation: (id: string) => string = (id) => id): Fact[] {
  const rules = kindRule("items", item.kind)?.fields ?? [];
  return rules.flatMap(({ name, default: otherwise }): Fact[] => {
    const value = item.fields[name];
    if (NEVER.has(name) || value === undefined) return [];
    const chosen = Array.isArray(value) ? value.length > 0 : value !== otherwise;
    if (!chosen && ALWAYS[item.kind]?.includes(name) !== true) return [];
    const says = valueWords(item.kind, name, value, organisation);
    if (says === "") return [];
    if (value === true) return [{ field: name, says: fieldName(name) }];
    return [{ field: name, says: PLAIN.has(name) ? says : t("outline.fact", { field: fieldName(name), value: says }) }];
  });
}

/** The value of a field in words. */
export function valueWords(
  kind: ItemKind,
  name: string,
  value: FieldValue,
  organisation: (id: string) => string = (id) => id,
): string {
  const type = fieldRule("items", kind, name)?.value;
  if (value === null || value === undefined || type === undefined) return "";
  if (type.type === "day") return day(String(value));
  if (type.type === "flag") return value === true ? fieldName(name) : "";
  if (type.type === "set") {
    const words = (value as readonly string[]).map((each) =>
      type.words.length > 0 ? word(name, each) : organisation(each),
    );
    return new Intl.ListFormat(language.locale, { type: "unit", style: "short" }).format(words);
  }
  if (type.type === "word" || type.type === "number") return word(name, value);
  return String(value);
}

/** What an item says of one it is related to. */
export function relationSays({ word: says, other }: Related): string {
  return t(`outline.relation.${says}`, { name: called(other, 40) });
}

/** What the item is fixed to: an item, or an arrow. */
export function fixedTo(
  snapshot: Snapshot,
  id: ObjectId,
): { link: Link; says: string; item?: Item; arrow?: Link } | undefined {
  const link = snapshot.pinOf(id) ?? snapshot.tetherOf(id);
  if (link === undefined) return undefined;
  const item = snapshot.items.get(link.to);
  if (item !== undefined) return { link, item, says: t("outline.on", { name: called(item) }) };
  const arrow = snapshot.links.get(link.to);
  return arrow === undefined
    ? undefined
    : { link, arrow, says: t("outline.onArrow", { name: arrowName(snapshot, arrow) }) };
}

/** Where it stands: its container, and which of how many of its kind there. */
export function placeOf(snapshot: Snapshot, item: Item): string {
  if (item.unplaced) return t("outline.unplacedSteps");
  const container = snapshot.items.get(item.parent ?? "");
  const siblings = snapshot.children(item.parent).filter((other) => other.kind === item.kind);
  const place = siblings.findIndex((other) => other.id === item.id) + 1;
  if (container === undefined) return "";
  const where = t(`outline.in.${container.kind === "lane" || container.kind === "frame" ? container.kind : "group"}`, {
    name: called(container),
  });
  return item.kind === "step" ? t("outline.placeOf", { where, place, count: siblings.length }) : where;
}

/** One sentence for assistive technology: everything about the item but its own text. */
export function described(
  snapshot: Snapshot,
  item: Item,
  locked: boolean,
  organisation?: (id: string) => string,
): string {
  const { next, previous } = neighbours(snapshot, item.id);
  const list = (key: Key, names: readonly string[]) =>
    names.length === 0 ? [] : [t(key, { names: names.slice(0, FEW).join(", ") })];
  const pins = pinnedUnder(snapshot, item.id).map((pin) => {
    const severity = pin.fields["severity"];
    const kind = typeof severity === "number" ? `${kindOf(pin)} (${word("severity", severity)})` : kindOf(pin);
    return `${kind} ${called(pin, 40)}`;
  });
  const parts = [
    kindOf(item),
    placeOf(snapshot, item),
    ...factsOf(item, organisation).map((fact) => fact.says),
    fixedTo(snapshot, item.id)?.says ?? "",
    ...list("outline.pinned", pins),
    ...list(
      "outline.previous",
      previous.map((other) => branchName(other.link, other.item)),
    ),
    ...list(
      "outline.next",
      next.map((other) => branchName(other.link, other.item)),
    ),
    ...relatedTo(snapshot, item).slice(0, FEW).map(relationSays),
    item.entered ? t("field.entered") : "",
    locked ? t("panel.locked") : "",
  ];
  return parts.filter((part) => part !== "").join(". ");
}

const FEW = 5;

/** What is pinned to an arrow, in words, for the list of arrows. */
export function arrowFacts(link: Link): Fact[] {
  if (!isFlow(link.kind)) return [];
  return (["condition", "data"] as const).flatMap((field) => {
    const value = String(link.fields[field] ?? "").trim();
    return value === "" ? [] : [{ field, says: t("outline.fact", { field: fieldName(field), value }) }];
  });
}
