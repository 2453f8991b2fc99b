// Which drawing belongs to which kind: the one entry that a new kind needs here. Knows no camera.

import type { ItemKind } from "../../model/types.ts";
import { bottleneck } from "./bottleneck.ts";
import { commitment } from "./commitment.ts";
import { cooperation } from "./cooperation.ts";
import { evidence } from "./evidence.ts";
import { frame } from "./frame.ts";
import { goal } from "./goal.ts";
import { group } from "./group.ts";
import { idea } from "./idea.ts";
import { insight } from "./insight.ts";
import { lane } from "./lane.ts";
import { nextStep } from "./nextStep.ts";
import { note } from "./note.ts";
import { obstacle } from "./obstacle.ts";
import { painPoint } from "./painPoint.ts";
import { question } from "./question.ts";
import { step } from "./step.ts";
import { term } from "./term.ts";
import type { Draw } from "./types.ts";

export const DRAW: Readonly<Record<ItemKind, Draw>> = {
  note,
  lane,
  step,
  obstacle,
  cooperation,
  nextStep,
  frame,
  group,
  bottleneck,
  painPoint,
  question,
  idea,
  insight,
  evidence,
  term,
  goal,
  commitment,
};
