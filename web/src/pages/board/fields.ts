// Which fields the panel shows for each kind, and how each is filled in. Knows no document and no words.

import {
  COOPERATION_KINDS,
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
  step: [choice("stepKind", STEP_KINDS), line("system", 120), { name: "customerContact", as: "flag" }],
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
  ],
};
