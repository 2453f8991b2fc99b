// The tools of the toolbar and what its menu adds: the important ones first. Knows no canvas.

import type { ToolName } from "../../canvas/types.ts";
import type { CommandId } from "../../commands/words.ts";
import type { ItemKind } from "../../model/types.ts";

/** What has a button of its own; the other kinds are under *More*. */
type BarTool = Extract<
  ToolName,
  "select" | "hand" | "arrow" | "note" | "lane" | "step" | "obstacle" | "cooperation" | "nextStep"
>;

export interface Tool {
  readonly name: BarTool;
  readonly command?: CommandId;
}

export const TOOLS: readonly Tool[] = [
  { name: "select" },
  { name: "hand" },
  { name: "note", command: "note.create" },
  { name: "lane", command: "lane.create" },
  { name: "step", command: "step.create" },
  { name: "arrow", command: "connect.arrow" },
  { name: "obstacle", command: "obstacle.create" },
  { name: "cooperation", command: "cooperation.create" },
  { name: "nextStep", command: "nextStep.create" },
];

/** What is left in the bar where it lies along the bottom, and where the page is narrow too. */
export const IN_A_ROW: ReadonlySet<ToolName> = new Set<ToolName>([
  "select",
  "note",
  "lane",
  "step",
  "arrow",
  "obstacle",
  "nextStep",
]);
export const NARROW: ReadonlySet<ToolName> = new Set<ToolName>(["select", "note", "step", "arrow"]);

/** The kinds without a tool of their own, by what they are for: structure, questions, findings, agreement. */
export const MORE_KINDS: readonly ItemKind[] = [
  "frame",
  "group",
  "bottleneck",
  "painPoint",
  "question",
  "evidence",
  "idea",
  "insight",
  "goal",
  "commitment",
  "term",
];
