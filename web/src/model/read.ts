// Reads one object of the document into plain values. Total: whatever is in the document, it answers.

import * as Y from "yjs";
import { checked, clip, isElement, type Checked } from "./check.ts";
import { isObjectId } from "./ids.ts";
import type { FieldRule } from "./schema.ts";
import { defaultColor, defaultSize, fieldRule, kindByPrefix, kindRule, ORIGIN } from "./schema.ts";
import type { Color, FieldValue, ItemKind, LinkKind, ObjectId, PersonId, Point, Side, Size } from "./types.ts";

/** An item as written: parents and pins not looked at. */
export interface RawItem {
  readonly id: ObjectId;
  readonly kind: ItemKind;
  readonly text: string;
  readonly at: Point;
  readonly size: Size;
  readonly parent: ObjectId | null;
  readonly order: string;
  readonly layer: number;
  readonly color: Color;
  readonly author: PersonId | null;
  readonly made: number;
  readonly entered: boolean;
  readonly gone: boolean;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** A link as written: whether its ends are there is not looked at. */
export interface RawLink {
  readonly id: ObjectId;
  readonly kind: LinkKind;
  readonly text: string;
  readonly from: ObjectId | null;
  readonly to: ObjectId | null;
  readonly fromSide: Side;
  readonly toSide: Side;
  readonly offset: Point;
  readonly author: PersonId | null;
  readonly gone: boolean;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Undefined where the value is no object of the root at all. */
export function readItem(id: string, value: unknown): RawItem | undefined {
  const found = objectOf("items", id, value);
  if (found === undefined) return undefined;
  const { map, kind } = found;
  const name = kind.name as ItemKind;
  const fields: Record<string, FieldValue> = {};
  for (const rule of kind.fields) fields[rule.name] = readField(map, rule) as FieldValue;
  const size = fields["stepKind"];
  return Object.freeze({
    id,
    kind: name,
    text: readText(map.get("text")),
    at: common(map, "items", "at", ORIGIN) as Point,
    size: common(map, "items", "size", defaultSize(name, typeof size === "string" ? size : undefined)) as Size,
    parent: common(map, "items", "parent", null) as ObjectId | null,
    order: common(map, "items", "order", "U") as string,
    layer: common(map, "items", "layer", 0) as number,
    color: common(map, "items", "color", defaultColor(name)) as Color,
    author: common(map, "items", "author", null) as PersonId | null,
    made: common(map, "items", "made", 0) as number,
    entered: map.get("entered") === true,
    gone: map.get("gone") === true,
    fields: Object.freeze(fields),
  });
}

export function readLink(id: string, value: unknown): RawLink | undefined {
  const found = objectOf("links", id, value);
  if (found === undefined) return undefined;
  const { map, kind } = found;
  const own = (name: string, otherwise: Checked): Checked => {
    const rule = kind.fields.find((field) => field.name === name);
    return rule === undefined ? otherwise : readField(map, rule);
  };
  const further = kind.fields.filter((field) => field.value.type === "line");
  return Object.freeze({
    id,
    kind: kind.name as LinkKind,
    text: readText(map.get("text")),
    from: common(map, "links", "from", null) as ObjectId | null,
    to: common(map, "links", "to", null) as ObjectId | null,
    fromSide: own("fromSide", "auto") as Side,
    toSide: own("toSide", "auto") as Side,
    offset: own("offset", ORIGIN) as Point,
    author: common(map, "links", "author", null) as PersonId | null,
    gone: map.get("gone") === true,
    fields: Object.freeze(Object.fromEntries(further.map((rule) => [rule.name, readField(map, rule) as FieldValue]))),
  });
}

export function readTitle(meta: Y.Map<unknown>): string {
  const rule = fieldRule("meta", "", "title");
  return rule === undefined ? "" : (readField(meta, rule) as string);
}

/** A shared text as a plain string, up to what a text may hold. */
export function readText(value: unknown): string {
  return value instanceof Y.Text ? clip(value.toString(), TEXT_LIMIT) : "";
}

// A text that two people filled at the same time may be longer than either could write: it is shown whole.
const TEXT_LIMIT = 100_000;

function objectOf(root: "items" | "links", id: string, value: unknown) {
  if (!(value instanceof Y.Map) || !isObjectId(root, id)) return undefined;
  const map = value as Y.Map<unknown>;
  const written = map.get("kind");
  const kind = (typeof written === "string" ? kindRule(root, written) : undefined) ?? kindByPrefix(root, id);
  return kind === undefined ? undefined : { map, kind };
}

function common(map: Y.Map<unknown>, root: "items" | "links", name: string, otherwise: Checked): Checked {
  const rule = fieldRule(root, "", name);
  const value = rule === undefined ? undefined : checked(rule.value, map.get(name));
  return value === undefined ? otherwise : value;
}

function readField(map: Y.Map<unknown>, rule: FieldRule): Checked {
  const value = map.get(rule.name);
  if (rule.value.type === "set") {
    const { words } = rule.value;
    if (!(value instanceof Y.Map)) return EMPTY;
    const elements = [...value.entries()].filter(([key, there]) => there === true && isElement(words, key));
    return Object.freeze(elements.map(([key]) => key).toSorted());
  }
  const good = checked(rule.value, value);
  return good === undefined ? (rule.default as Checked) : good;
}

const EMPTY: readonly string[] = Object.freeze([]);
