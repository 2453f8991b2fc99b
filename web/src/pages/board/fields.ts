// Which fields the panel shows for each kind, in which order, and how each is filled in. Knows no document, no words.

import {
  CHANNELS,
  COOPERATION_KINDS,
  EVIDENCE_KINDS,
  FATES,
  fieldRule,
  HORIZONS,
  IDEA_STATES,
  LANE_KINDS,
  LAYOUTS,
  MANDATES,
  NEXT_STEP_TYPES,
  OBSTACLE_TYPES,
  QUESTION_STATES,
  RESOLUTIONS,
  STATUSES,
  STEP_KINDS,
} from "../../model/schema.ts";
import type { Item, ItemKind } from "../../model/types.ts";

type Filled =
  | { readonly as: "choice" | "number" | "set"; readonly words: readonly string[] }
  /** `org`: one organisation, `orgs`: several with commas between; both take any text, and are helped with names. */
  | { readonly as: "line" | "org" | "orgs"; readonly length: number }
  | { readonly as: "whole"; readonly min: number; readonly max: number }
  /** `orgSet`: ids of the series' organisations. */
  | { readonly as: "flag" | "day" | "orgSet" };

/** Where a field is: at hand, behind *more*, or among what only a law proposal has. */
export type Group = "main" | "more" | "law";
export type FieldShape = Filled & { readonly name: string; readonly group: Group };

const choice = (name: string, words: readonly string[], group: Group = "main"): FieldShape => ({
  name,
  group,
  as: "choice",
  words,
});
const scale = (name: string, least: number, most: number, group: Group = "main"): FieldShape => ({
  name,
  group,
  as: "number",
  words: Array.from({ length: most - least + 1 }, (_, at) => String(least + at)),
});
const line = (name: string, length: number, group: Group = "main"): FieldShape => ({ name, group, as: "line", length });
const org = (name: string, length: number, group: Group = "main"): FieldShape => ({ name, group, as: "org", length });
const orgs = (name: string, length: number, group: Group = "main"): FieldShape => ({ name, group, as: "orgs", length });
const flag = (name: string, group: Group = "main"): FieldShape => ({ name, group, as: "flag" });
const dayOf = (name: string, group: Group = "main"): FieldShape => ({ name, group, as: "day" });

/** What matters most first. */
export const FIELDS: Readonly<Record<ItemKind, readonly FieldShape[]>> = {
  note: [],
  lane: [choice("laneKind", LANE_KINDS), org("org", 120)],
  step: [
    choice("stepKind", STEP_KINDS),
    flag("customerContact"),
    line("system", 120),
    choice("channel", CHANNELS),
    line("duration", 40),
    line("volume", 40, "more"),
    choice("fate", FATES, "more"),
    flag("proactive", "more"),
  ],
  obstacle: [
    scale("severity", 1, 4),
    choice("resolution", RESOLUTIONS),
    { name: "types", group: "main", as: "set", words: OBSTACLE_TYPES },
  ],
  cooperation: [choice("cooperationKind", COOPERATION_KINDS), orgs("orgs", 240)],
  nextStep: [
    choice("stepType", NEXT_STEP_TYPES),
    org("ownerOrg", 120),
    line("ownerName", 80),
    dayOf("due"),
    choice("status", STATUSES),
    line("firstAction", 240),
    line("statute", 120, "law"),
    line("section", 80, "law"),
    org("ministry", 120, "law"),
    orgs("takesPart", 240, "more"),
    choice("horizon", HORIZONS, "more"),
    org("decider", 120, "more"),
    choice("mandate", MANDATES, "more"),
  ],
  frame: [line("purpose", 240), line("instruction", 600), choice("layout", LAYOUTS, "more")],
  group: [],
  bottleneck: [line("waitTime", 40), line("queue", 40), line("cause", 240)],
  painPoint: [scale("severity", 1, 4)],
  question: [choice("questionState", QUESTION_STATES), line("assumption", 400), line("answer", 400)],
  idea: [
    choice("ideaState", IDEA_STATES),
    line("customerBenefit", 400),
    scale("impact", 0, 5),
    scale("effort", 0, 5),
    line("digitalElement", 240, "more"),
    line("beneficiaries", 240, "more"),
  ],
  insight: [],
  evidence: [
    choice("evidenceKind", EVIDENCE_KINDS),
    line("source", 240),
    dayOf("date"),
    scale("confidence", 1, 3, "more"),
  ],
  term: [line("meaning", 400), flag("agreed"), line("synonyms", 240)],
  goal: [
    { name: "agreedBy", group: "main", as: "orgSet" },
    { name: "version", group: "more", as: "whole", min: 1, max: 99 },
  ],
  commitment: [org("org", 120), line("byRole", 80)],
};

/** The further fields of an arrow; its name, kind and sides have controls of their own. */
export const ARROW_FIELDS: readonly FieldShape[] = [line("condition", 120), line("data", 120)];

export interface Shapes {
  readonly main: readonly FieldShape[];
  readonly law: readonly FieldShape[];
  readonly more: readonly FieldShape[];
}

/** The fields of an item as it is now: what concerns a law only where one is proposed. */
export function shapesOf(item: Item): Shapes {
  const all = FIELDS[item.kind];
  const law = item.kind === "nextStep" && item.fields["stepType"] === "lawProposal";
  return {
    main: all.filter((field) => field.group === "main"),
    law: law ? all.filter((field) => field.group === "law") : [],
    more: all.filter((field) => field.group === "more"),
  };
}

/** Whether any of these was filled in: then they are shown at once. */
export function filled(item: Item, fields: readonly FieldShape[]): boolean {
  return fields.some(({ name }) => {
    const value = item.fields[name];
    if (Array.isArray(value)) return value.length > 0;
    return value !== undefined && value !== (fieldRule("items", item.kind, name)?.default ?? null);
  });
}
