// What can be added where, and how its form is called. Knows the texts and the kinds, no view.

import type { CommandId } from "../commands/words.ts";
import { t, type Key } from "../i18n/language.svelte.ts";
import { ITEM_KINDS } from "../model/schema.ts";
import { mayHold } from "../model/standing.ts";
import type { Item, ItemKind } from "../model/types.ts";
import { called } from "./words.ts";

const NEW: Readonly<Record<ItemKind, Key>> = {
  note: "outline.addNote",
  lane: "outline.addLane",
  step: "outline.addStep",
  obstacle: "outline.addObstacle",
  cooperation: "outline.addCooperation",
  nextStep: "outline.addNextStep",
  frame: "outline.new.frame",
  group: "outline.new.group",
  bottleneck: "outline.new.bottleneck",
  painPoint: "outline.new.painPoint",
  question: "outline.new.question",
  idea: "outline.new.idea",
  insight: "outline.new.insight",
  evidence: "outline.new.evidence",
  term: "outline.new.term",
  goal: "outline.new.goal",
  commitment: "outline.new.commitment",
};

/** The kinds that can be added in a container (null: outside all), the likeliest first: of what is there already. */
export function kindsIn(container: Item | null, there: readonly Item[] = []): readonly ItemKind[] {
  const kinds = container === null ? ITEM_KINDS : ITEM_KINDS.filter((kind) => mayHold(container.kind, kind));
  const first = likeliest(container, there);
  return [first, ...kinds.filter((kind) => kind !== first)];
}

function likeliest(container: Item | null, there: readonly Item[]): ItemKind {
  if (container === null) return "lane";
  if (container.kind === "lane") return "step";
  if (container.kind === "frame" && container.fields["layout"] === "lanes") return "lane";
  return there.at(-1)?.kind ?? "note";
}

/** The name of the field in which a new one of the kind is written. */
export function newLabel(kind: ItemKind, container: Item | null): string {
  if (container === null) return t(NEW[kind]);
  const name = called(container);
  if (kind === "step" && container.kind === "lane") return t("outline.addStepTo", { name });
  return t("outline.newIn", { what: t(NEW[kind]), name });
}

/** The command that adds one, and what it is told. */
export function adding(kind: ItemKind, container: Item | null): { id: CommandId; args: object } {
  // A lane that is told no place stands under the others; what can be pinned is not, unless told.
  const parent = kind === "lane" && container === null ? {} : { parent: container?.id ?? null };
  const on = PINNED.has(kind) ? { on: null } : {};
  return { id: `${kind}.create`, args: { quiet: true, ...parent, ...on } };
}

const PINNED: ReadonlySet<ItemKind> = new Set([
  "obstacle",
  "cooperation",
  "bottleneck",
  "painPoint",
  "question",
  "evidence",
]);
