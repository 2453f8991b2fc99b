// Which fields the panel shows for each kind, and how each is filled in. Knows no document and no words.

import {
  CHANNELS,
  COOPERATION_KINDS,
  EVIDENCE_KINDS,
  FATES,
  HORIZONS,
  IDEA_STATES,
  LAYOUTS,
  MANDATES,
  QUESTION_STATES,
  LANE_KINDS,
  NEXT_STEP_TYPES,
  OBSTACLE_TYPES,
  RESOLUTIONS,
  STATUSES,
  STEP_KINDS,
} from "../../model/schema.ts";
import type { ItemKind } from "../../model/types.ts";

export type FieldShape =
  | { readonly name: string; readonly as: "choice"; readonly words: readonly string[] }
  | { readonly name: string; readonly as: "number"; readonly words: readonly string[] }
  | { readonly name: string; readonly as: "set"; readonly words: readonly string[] }
  | { readonly name: string; readonly as: "line"; readonly length: number }
  | { readonly name: string; readonly as: "flag" | "day" };

const choice = (name: string, words: readonly string[]): FieldShape => ({ name, as: "choice", words });
const line = (name: string, length: number): FieldShape => ({ name, as: "line", length });

export const FIELDS: Readonly<Record<ItemKind, readonly FieldShape[]>> = {
  note: [],
  lane: [choice("laneKind", LANE_KINDS), line("org", 120)],
  step: [
    choice("stepKind", STEP_KINDS),
    line("system", 120),
    choice("channel", CHANNELS),
    line("duration", 40),
    line("volume", 40),
    { name: "customerContact", as: "flag" },
    { name: "proactive", as: "flag" },
    choice("fate", FATES),
  ],
  obstacle: [
    { name: "severity", as: "number", words: ["1", "2", "3", "4"] },
    { name: "types", as: "set", words: OBSTACLE_TYPES },
    choice("resolution", RESOLUTIONS),
  ],
  cooperation: [choice("cooperationKind", COOPERATION_KINDS), line("orgs", 240)],
  nextStep: [
    choice("stepType", NEXT_STEP_TYPES),
    line("ownerOrg", 120),
    line("ownerName", 80),
    { name: "due", as: "day" },
    choice("status", STATUSES),
    line("takesPart", 240),
    choice("horizon", HORIZONS),
    line("firstAction", 240),
    line("decider", 120),
    choice("mandate", MANDATES),
    line("statute", 120),
    line("section", 80),
    line("ministry", 120),
  ],
  frame: [line("purpose", 240), line("instruction", 600), choice("layout", LAYOUTS)],
  group: [],
  bottleneck: [line("waitTime", 40), line("queue", 40), line("cause", 240)],
  painPoint: [{ name: "severity", as: "number", words: ["1", "2", "3", "4"] }],
  question: [line("assumption", 400), line("answer", 400), choice("questionState", QUESTION_STATES)],
  idea: [
    line("customerBenefit", 400),
    line("digitalElement", 240),
    line("beneficiaries", 240),
    { name: "impact", as: "number", words: ["0", "1", "2", "3", "4", "5"] },
    { name: "effort", as: "number", words: ["0", "1", "2", "3", "4", "5"] },
    choice("ideaState", IDEA_STATES),
  ],
  insight: [],
  evidence: [
    choice("evidenceKind", EVIDENCE_KINDS),
    line("source", 240),
    { name: "date", as: "day" },
    { name: "confidence", as: "number", words: ["1", "2", "3"] },
  ],
  term: [line("meaning", 400), { name: "agreed", as: "flag" }, line("synonyms", 240)],
  goal: [],
};
