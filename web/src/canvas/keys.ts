// Every word of the board surface, with its values. Knows no language: `i18n` does.

import { RELATIONS } from "../model/relations.ts";
import {
  CHANNELS,
  COOPERATION_KINDS,
  EVIDENCE_KINDS,
  IDEA_STATES,
  ITEM_KINDS,
  LANE_KINDS,
  OBSTACLE_TYPES,
  QUESTION_STATES,
  RESOLUTIONS,
  STATUSES,
  STEP_KINDS,
} from "../model/schema.ts";

const SEVERITIES = [1, 2, 3, 4] as const;
/** Fields whose names stand on an item or are in its name. */
const FIELDS = [
  "queue",
  "waitTime",
  "answer",
  "assumption",
  "impact",
  "effort",
  "customerBenefit",
  "synonyms",
  "agreed",
  "meaning",
  "system",
  "duration",
  "source",
  "ownerOrg",
  "customerContact",
] as const;

/** Keys that `i18n` must have, and what each is told. */
export const CANVAS_WORDS: Readonly<Record<string, readonly string[]>> = {
  /** The surface's name, with the advice that the outline is better with a screen reader. */
  "canvas.region": [],
  "canvas.empty": [],
  "canvas.labelled": ["label", "text"],
  "canvas.unowned": [],
  "canvas.goal.version": ["version"],
  "canvas.goal.agreed": ["count"],
  "canvas.name.item": ["kind", "text"],
  "canvas.name.inLane": ["lane", "place", "count"],
  "canvas.name.inGroup": ["group", "place", "count"],
  "canvas.name.inFrame": ["frame", "place", "count"],
  "canvas.name.withinLane": ["lane"],
  "canvas.name.withinFrame": ["frame"],
  "canvas.name.holds": ["count"],
  "canvas.name.holdsFrame": ["count"],
  "canvas.name.holdsGroup": ["count"],
  "canvas.name.unplaced": [],
  "canvas.name.pinnedTo": ["text"],
  "canvas.name.onArrow": ["from", "to"],
  "canvas.name.pin": ["kind", "text"],
  "canvas.name.severe": ["kind", "severity", "text"],
  "canvas.name.pins": ["count", "list"],
  "canvas.name.branch": ["text", "label"],
  "canvas.name.next": ["list"],
  "canvas.name.locked": [],
  "canvas.arrow.chooseTarget": [],
  "canvas.carry.pickedUp": ["count"],
  "canvas.carry.putBack": [],
  "canvas.lost.editing": ["text"],
  "canvas.lost.focused": ["text"],
  ...all("canvas.relation", RELATIONS, ["name"]),
  ...all("canvas.kind", ITEM_KINDS),
  ...all("canvas.kind.step", STEP_KINDS),
  ...all("canvas.lane", LANE_KINDS),
  ...all("canvas.severity", SEVERITIES),
  ...all("canvas.obstacleType", OBSTACLE_TYPES),
  ...all("canvas.cooperationKind", COOPERATION_KINDS),
  ...all("canvas.status", STATUSES),
  ...all("resolution", RESOLUTIONS),
  ...all("channel", CHANNELS),
  ...all("questionState", QUESTION_STATES),
  ...all("ideaState", IDEA_STATES),
  ...all("evidenceKind", EVIDENCE_KINDS),
  ...all("field", FIELDS),
};

function all(
  area: string,
  names: readonly (string | number)[],
  values: readonly string[] = [],
): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [`${area}.${name}`, values]));
}
