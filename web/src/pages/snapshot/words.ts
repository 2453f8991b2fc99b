// What a comparison says, in words: objects by what they are called, fields before and after. Knows no views.

import { day, t } from "../../i18n/language.svelte.ts";
import type { FieldChange } from "../../net/api/snapshots.ts";
import { fieldName, word } from "../../session/said.ts";

/** What is known of an object of either state. */
export interface Known {
  readonly kind: string;
  readonly text: string;
  readonly from?: string;
  readonly to?: string;
}

/** The objects of a board file by id; nothing of a file that is none. */
export function objectsOf(file: unknown): Map<string, Known> {
  const found = new Map<string, Known>();
  const { items, links } = Object(file) as Record<string, unknown>;
  for (const list of [items, links]) {
    if (!Array.isArray(list)) continue;
    for (const each of list as unknown[]) {
      const { id, kind, text, from, to } = Object(each) as Record<string, unknown>;
      if (typeof id !== "string" || typeof kind !== "string") continue;
      const ends = typeof from === "string" && typeof to === "string" ? { from, to } : {};
      found.set(id, { kind, text: typeof text === "string" ? text : "", ...ends });
    }
  }
  return found;
}

const SHOWN = 80;

/** An object by its text, an arrow also by its ends. */
export function callOf(object: Known, others: ReadonlyMap<string, Known>): string {
  const text = firstWords(object.text);
  if (object.from === undefined || object.to === undefined) return text || t("outline.noText");
  const end = (id: string) => firstWords(others.get(id)?.text ?? "") || t("outline.noText");
  const ends = t("compare.ends", { from: end(object.from), to: end(object.to) });
  return text === "" ? ends : `${text}: ${ends}`;
}

export interface FieldWords {
  readonly name: string;
  /** Both, or neither where the name says it all. */
  readonly values?: { readonly before: string; readonly after: string };
}

export function fieldWords(change: FieldChange, others: ReadonlyMap<string, Known>): FieldWords {
  if (change.name === "place") return placeWords(change, others);
  const say = (value: unknown) => valueWords(change.name, value, others) || t("compare.nothing");
  return { name: nameOf(change.name), values: { before: say(change.before), after: say(change.after) } };
}

const NAMED = ["text", "kind", "color", "from", "to", "layer"] as const;

function nameOf(field: string): string {
  const own = NAMED.find((each) => each === field);
  return own === undefined ? fieldName(field) : t(`compare.field.${own}`);
}

function valueWords(field: string, value: unknown, others: ReadonlyMap<string, Known>): string {
  if (value === null || value === undefined) return "";
  if (field === "text") return String(value);
  if (typeof value === "boolean") return t(value ? "compare.yes" : "compare.no");
  if (field === "kind" || field === "color") return word(field, value);
  if (Array.isArray(value)) return value.map((each) => valueWords(field, each, others)).join(", ");
  if (typeof value === "string") {
    const object = others.get(value);
    if (object !== undefined) return firstWords(object.text) || t("outline.noText");
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value);
    return word(field, value);
  }
  return typeof value === "number" ? word(field, value) : JSON.stringify(value);
}

/** Of a move only what it is in matters to a reader, not the numbers. */
function placeWords(change: FieldChange, others: ReadonlyMap<string, Known>): FieldWords {
  const place = (value: unknown) => Object(value) as Record<string, unknown>;
  const [before, after] = [place(change.before), place(change.after)];
  const where = (parent: unknown) =>
    typeof parent === "string" ? valueWords("parent", parent, others) : t("compare.onBoard");
  if (before["parent"] !== after["parent"]) {
    return {
      name: t("compare.field.parent"),
      values: { before: where(before["parent"]), after: where(after["parent"]) },
    };
  }
  const same = (key: string) => JSON.stringify(before[key]) === JSON.stringify(after[key]);
  if (same("at") && same("order")) return { name: t("compare.resized") };
  return { name: t("compare.moved") };
}

function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  const letters = [...line];
  return letters.length > SHOWN
    ? `${letters
        .slice(0, SHOWN - 1)
        .join("")
        .trimEnd()}…`
    : line;
}
