// Which drawing belongs to which kind: the one entry that a new kind needs here. Knows no camera.

import type { ItemKind } from "../../model/types.ts";
import { cooperation } from "./cooperation.ts";
import { lane } from "./lane.ts";
import { nextStep } from "./nextStep.ts";
import { note } from "./note.ts";
import { obstacle } from "./obstacle.ts";
import { step } from "./step.ts";
import type { Draw } from "./types.ts";

export const DRAW: Readonly<Record<ItemKind, Draw>> = {
  note,
  lane,
  step,
  obstacle,
  cooperation,
  nextStep,
  frame: note,
  group: note,
  bottleneck: note,
  painPoint: note,
  question: note,
  idea: note,
  insight: note,
  evidence: note,
  term: note,
  goal: note,
};
