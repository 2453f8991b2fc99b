// Every word of the board surface, with its values. Knows no language: `i18n` does.

import { COOPERATION_KINDS, LANE_KINDS, OBSTACLE_TYPES, STATUSES, STEP_KINDS } from "../model/schema.ts";

const KINDS = ["note", "lane", "step", "obstacle", "cooperation", "nextStep"] as const;
const SEVERITIES = [1, 2, 3, 4] as const;

/** Keys that `i18n` must have, and what each is told. */
export const CANVAS_WORDS: Readonly<Record<string, readonly string[]>> = {
  /** The surface's name, with the advice that the outline is better with a screen reader. */
  "canvas.region": [],
  "canvas.empty": [],
  "canvas.name.item": ["kind", "text"],
  "canvas.name.inLane": ["lane", "place", "count"],
  "canvas.name.holds": ["count"],
  "canvas.name.unplaced": [],
  "canvas.name.pinnedTo": ["text"],
  "canvas.name.pin": ["kind", "text"],
  "canvas.name.pins": ["count", "list"],
  "canvas.name.branch": ["text", "label"],
  "canvas.name.next": ["list"],
  "canvas.name.locked": [],
  "canvas.arrow.chooseTarget": [],
  "canvas.carry.pickedUp": ["count"],
  "canvas.carry.putBack": [],
  "canvas.lost.editing": ["text"],
  "canvas.lost.focused": ["text"],
  ...none("canvas.kind", KINDS),
  ...none("canvas.kind.step", STEP_KINDS),
  ...none("canvas.lane", LANE_KINDS),
  ...none("canvas.severity", SEVERITIES),
  ...none("canvas.obstacleType", OBSTACLE_TYPES),
  ...none("canvas.cooperationKind", COOPERATION_KINDS),
  ...none("canvas.status", STATUSES),
};

function none(area: string, names: readonly (string | number)[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [`${area}.${name}`, []]));
}
