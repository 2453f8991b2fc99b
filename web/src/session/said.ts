// What commands and the board surface say, as sentences: tokens of the schema become words. Knows no views.

import { t, tOr, type Key } from "../i18n/language.svelte.ts";
import { isKey } from "../i18n/language.svelte.ts";
import type { Values } from "../i18n/format.ts";

/** Keys of the board surface that are the schema's own words. */
const SAME: readonly (readonly [from: string, to: string])[] = [
  ["canvas.kind.step.", "stepKind."],
  ["canvas.kind.", "kind."],
  ["canvas.severity.", "severity."],
  ["canvas.status.", "status."],
  ["canvas.lane.", "laneKind."],
  ["canvas.cooperationKind.", "cooperationKind."],
  ["canvas.obstacleType.", "types."],
];
const NAMES = ["name", "on", "from", "to", "lane"];

/** The text of a key that a command or the board surface gave, with its values put in words. */
export function said(key: string, values: Values = {}): string {
  const alias = SAME.find(([from]) => key.startsWith(from));
  const known = alias === undefined ? key : alias[1] + key.slice(alias[0].length);
  if (!known.startsWith("said.")) return tOr(known, "app.more", values);
  const worded: Record<string, string | number> = { ...values };
  for (const name of NAMES) if (worded[name] === "") worded[name] = t("outline.noText");
  if (typeof worded["color"] === "string") worded["color"] = word("color", worded["color"]);
  if (typeof worded["kind"] === "string") worded["kind"] = word("kind", worded["kind"]);
  if (typeof worded["into"] === "string") worded["into"] = word("kind", worded["into"]).toLocaleLowerCase();
  return tOr(known, "app.more", worded);
}

/** The word of a value of the schema; the value itself where the schema is newer than the texts. */
export function word(field: string, value: unknown): string {
  const key = `${field}.${String(value)}`;
  return isKey(key) ? t(key) : String(value);
}

/** The name of a field. */
export function fieldName(field: string): string {
  const key: string = `field.${field}`;
  return isKey(key) ? t(key satisfies Key) : field;
}
