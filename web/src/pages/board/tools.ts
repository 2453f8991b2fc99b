// The tools of the toolbar: picture, command that the outline would run instead, key. Knows no canvas.

import type { ToolName } from "../../canvas/types.ts";
import type { CommandId } from "../../commands/words.ts";

type BarTool = Extract<
  ToolName,
  "select" | "hand" | "arrow" | "note" | "lane" | "step" | "obstacle" | "cooperation" | "nextStep"
>;

export const TOOLS: readonly { readonly name: BarTool; readonly command?: CommandId }[] = [
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
