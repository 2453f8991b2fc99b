// The Finnish texts for the measured board, as `session/said.ts` finds them. Knows no framework.

import { fi } from "../src/i18n/fi.ts";
import { fill } from "../src/i18n/format.ts";

const SAME: readonly (readonly [from: string, to: string])[] = [
  ["canvas.kind.step.", "stepKind."],
  ["canvas.kind.", "kind."],
  ["canvas.severity.", "severity."],
  ["canvas.status.", "status."],
  ["canvas.lane.", "laneKind."],
  ["canvas.cooperationKind.", "cooperationKind."],
  ["canvas.obstacleType.", "types."],
];

export function words(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const alias = SAME.find(([from]) => key.startsWith(from));
  const known = alias === undefined ? key : alias[1] + key.slice(alias[0].length);
  const texts: Readonly<Record<string, string>> = fi;
  return fill(texts[known] ?? known, "fi", values);
}
