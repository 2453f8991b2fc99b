// The words that fields of a fixed list take, each list in the order in which people choose. Knows no fields.

import type { Color, ContainerKind, FlowKind, StepKind } from "./types.ts";

export const COLORS: readonly Color[] = ["yellow", "green", "blue", "pink", "violet", "orange", "grey", "white"];
export const LANE_KINDS = [
  "customer",
  "frontstage",
  "backstage",
  "support",
  "organisation",
  "network",
  "system",
] as const;
export const STEP_KINDS: readonly StepKind[] = ["task", "start", "end", "decision", "wait", "subprocess"];
export const CHANNELS = ["none", "online", "phone", "inPerson", "letter", "email", "other"] as const;
export const FATES = ["undecided", "keep", "change", "remove", "merge", "automate", "new"] as const;
export const OBSTACLE_TYPES = [
  "legislation",
  "informationSystem",
  "informationFlow",
  "dataProtection",
  "resources",
  "funding",
  "leadership",
  "culture",
  "competence",
  "practice",
  "boundary",
  "environment",
  "language",
  "other",
] as const;
export const RESOLUTIONS = ["open", "nextStep", "accepted", "outOfScope"] as const;
export const COOPERATION_KINDS = [
  "sharedData",
  "sharedService",
  "sharedSpace",
  "agreement",
  "contactPerson",
  "coDevelopment",
] as const;
export const NEXT_STEP_TYPES = [
  "lawProposal",
  "jointProject",
  "experiment",
  "practiceChange",
  "quickFix",
  "study",
  "other",
] as const;
export const STATUSES = ["proposed", "agreed", "inProgress", "stuck", "done", "dropped"] as const;
export const HORIZONS = ["undecided", "now", "halfYear", "year", "later"] as const;
export const MANDATES = ["notAsked", "asked", "given", "refused"] as const;
export const LAYOUTS = ["free", "columns", "lanes", "matrix", "journey"] as const;
export const QUESTION_STATES = ["open", "answered", "parked"] as const;
export const IDEA_STATES = ["raw", "shortlisted", "chosen", "parked"] as const;
export const EVIDENCE_KINDS = ["interview", "observation", "survey", "statistic", "feedback", "document"] as const;
/** How far an item can be above or below the others of its sort. */
export const LAYERS = 1_000_000;
/** The kinds of item that other items can stand in. */
export const CONTAINERS: readonly ContainerKind[] = ["frame", "lane", "group"];
/** The kinds of link that are drawn as arrows; a pin can lead to one. */
export const FLOWS: readonly FlowKind[] = ["sequence", "information", "customerMove"];
export const SIDES = ["auto", "top", "right", "bottom", "left"] as const;
