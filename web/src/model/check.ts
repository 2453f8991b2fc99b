// Whether a value is one that a field takes. Knows neither where it came from nor where it goes.

import { isAnyObjectId, isPersonId } from "./ids.ts";
import { REACH, type ValueType } from "./schema.ts";
import type { FieldValue } from "./types.ts";

/** A checked value: as in an item, and the pairs of `at`, `size`, `offset`. */
export type Checked = FieldValue | readonly [number, number];

const ELEMENT = /^[a-zA-Z0-9_]{1,32}$/;
const ORDER = /^[0-9A-Za-z]+$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const CONTROL = /\p{Cc}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The value as the type has it, frozen; undefined if the field does not take it. Sets come as arrays of words. */
export function checked(type: ValueType, value: unknown): Checked | undefined {
  switch (type.type) {
    case "text":
      return typeof value === "string" && value.length <= type.units ? value : undefined;
    case "line":
      return typeof value === "string" && value.length <= type.units && !CONTROL.test(value) ? value : undefined;
    case "word":
      return typeof value === "string" && type.words.includes(value) ? value : undefined;
    case "order":
      return typeof value === "string" && value.length <= type.length && ORDER.test(value) ? value : undefined;
    case "reference":
      return value === null || (typeof value === "string" && isAnyObjectId(value)) ? value : undefined;
    case "person":
      return typeof value === "string" && isPersonId(value) ? value : undefined;
    case "day":
      return value === null || (typeof value === "string" && isDay(value)) ? value : undefined;
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "number":
      return isWhole(value, type.min, type.max) ? value : undefined;
    case "time":
      return isWhole(value, 0, type.max) ? value : undefined;
    case "point":
      return pair(value, -REACH, REACH);
    case "size":
      return pair(value, 1, REACH);
    case "set":
      return set(type.words, value);
  }
}

/** Whether a set takes this element. */
export function isElement(words: readonly string[], element: string): boolean {
  return words.length === 0 ? ELEMENT.test(element) : words.includes(element);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function pair(value: unknown, least: number, most: number): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [first, second] = value as unknown[];
  if (!isWhole(first, least, most) || !isWhole(second, least, most)) return undefined;
  // + 0: a negative zero would be another value than what comes back from the wire.
  return Object.freeze([first + 0, second + 0] as const);
}

function set(words: readonly string[], value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const elements = value as unknown[];
  if (!elements.every((element) => typeof element === "string" && isElement(words, element))) return undefined;
  return Object.freeze([...new Set(elements as string[])].toSorted());
}

/** A day that the calendar has. */
function isDay(value: string): boolean {
  const [, year, month, day] = DAY.exec(value) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Half a surrogate pair would reach others as another character: it becomes U+FFFD here already. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATES, "\u{FFFD}");
}

/** The longest start of at most `units` UTF-16 units that splits no character. */
export function clip(text: string, units: number): string {
  if (text.length <= units) return text;
  const end = units > 0 && isHigh(text.charCodeAt(units - 1)) ? units - 1 : units;
  return text.slice(0, Math.max(0, end));
}

/** One line as a field of type `line` takes it: no control characters, not too long. */
export function asLine(text: string, units: number): string {
  const plain = wellFormed(text).replace(/\p{Cc}+/gu, " ");
  return clip(plain.trim(), units);
}

export const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
export const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
