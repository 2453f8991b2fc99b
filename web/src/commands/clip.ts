// What is copied, as a plain value that can leave the page and come back. Knows no clipboard and no document.

import { checked, clip, wellFormed } from "../model/check.ts";
import { isAnyObjectId } from "../model/ids.ts";
import { fieldRule, isFlow, ITEM_KINDS, kindRule, LIVE_OBJECTS, REACH, TEXT_UNITS } from "../model/schema.ts";
import type { FieldValue, Item, ItemKind, Link, LinkKind, ObjectId, Point, Size, Snapshot } from "../model/types.ts";
import { whole } from "../model/rects.ts";

/** The same in the forms that a clipboard takes: words for other programs, and our own. */
export interface Copied {
  readonly text: string;
  readonly html: string;
  readonly json: string;
}

export interface ClipItem {
  readonly id: ObjectId;
  readonly kind: ItemKind;
  readonly text: string;
  /** Where it was drawn, in board coordinates. */
  readonly at: Point;
  readonly size: Size;
  /** Its container, when that is in the clip too; it comes earlier in the list. */
  readonly parent: ObjectId | null;
  readonly layer: number;
  readonly color: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface ClipLink {
  readonly id: ObjectId;
  readonly kind: LinkKind;
  readonly text: string;
  /** An item of the clip. */
  readonly from: ObjectId;
  /** An item of the clip; of a pin also an arrow of it. */
  readonly to: ObjectId;
  readonly fields: Readonly<Record<string, FieldValue | Point>>;
}

export interface Clip {
  /** In reading order, containers before what stands in them. */
  readonly items: readonly ClipItem[];
  readonly links: readonly ClipLink[];
}

/** The chosen items, what stands in or is pinned to them, and the links between all these. */
export function take(snapshot: Snapshot, chosen: readonly Item[]): Clip {
  const all = withContents(snapshot, chosen);
  const inside = (id: ObjectId | null) => id !== null && all.has(id);
  const items = [...all.values()].map((item): ClipItem => {
    const rect = snapshot.rect(item.id);
    return {
      id: item.id,
      kind: item.kind,
      text: item.text,
      at: rect === undefined ? item.at : [rect.x, rect.y],
      size: item.size,
      parent: inside(item.parent) ? item.parent : null,
      layer: item.layer,
      color: item.color,
      fields: item.fields,
    };
  });
  const arrows = new Set<ObjectId>();
  const links: ClipLink[] = [];
  const add = (link: Link) => {
    if (!inside(link.from) || !(inside(link.to) || arrows.has(link.to))) return;
    if (isFlow(link.kind)) arrows.add(link.id);
    const { id, kind, text, from, to } = link;
    links.push({ id, kind, text, from, to, fields: linkFields(link) });
  };
  // Arrows first: a pin may lead to one.
  const found = [...snapshot.links.values()];
  for (const link of found) if (link.kind !== "pin") add(link);
  for (const link of found) if (link.kind === "pin") add(link);
  return { items, links };
}

function linkFields(link: Link): ClipLink["fields"] {
  if (link.kind === "pin") return { offset: link.offset };
  return link.kind === "relation" ? {} : { ...link.fields, fromSide: link.fromSide, toSide: link.toSide };
}

/** Containers before what is in them; what is pinned after its carrier. */
function withContents(snapshot: Snapshot, chosen: readonly Item[]): Map<ObjectId, Item> {
  const ids = new Set(chosen.map((item) => item.id));
  const all = new Map<ObjectId, Item>();
  const queue: Item[] = [];
  const add = (first: Item) => {
    queue.push(first);
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
      if (all.has(item.id)) continue;
      all.set(item.id, item);
      const inner = [...snapshot.pinsOn(item.id), ...snapshot.children(item.id)];
      queue.push(...inner.toReversed());
    }
  };
  const isInside = (item: Item) => item.parent !== null && ids.has(item.parent);
  for (const item of chosen) if (!isInside(item)) add(item);
  for (const item of chosen) add(item);
  // A thing reached through what it is pinned to, before its own container.
  const out = new Map<ObjectId, Item>();
  const visit = (item: Item, depth: number) => {
    const parent = item.parent === null ? undefined : all.get(item.parent);
    if (parent !== undefined && !out.has(parent.id) && depth < DEPTH) visit(parent, depth + 1);
    out.set(item.id, item);
  };
  for (const item of all.values()) visit(item, 0);
  return out;
}

/** Frame, lane, group and a thing; deeper only what others wrote by hand. */
const DEPTH = 64;

export function write(taken: Clip): string {
  return JSON.stringify({ jalostamo: 1, ...taken });
}

/** Reads what `write` wrote, and whatever else somebody put in its place: what is not right is left out. */
export function read(json: string): Clip | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const root = Object(value) as Record<string, unknown>;
  if (root["jalostamo"] !== 1 || !Array.isArray(root["items"])) return undefined;
  const items: ClipItem[] = [];
  const known = new Set<ObjectId>();
  for (const one of (root["items"] as unknown[]).slice(0, 2 * LIVE_OBJECTS)) {
    const item = readItem(Object(one) as Record<string, unknown>, known);
    if (item === undefined || known.has(item.id)) continue;
    known.add(item.id);
    items.push(item);
  }
  const links: ClipLink[] = [];
  const arrows = new Set<ObjectId>();
  for (const one of Array.isArray(root["links"]) ? (root["links"] as unknown[]).slice(0, 2 * LIVE_OBJECTS) : []) {
    const link = readLink(Object(one) as Record<string, unknown>, known, arrows);
    if (link === undefined) continue;
    if (isFlow(link.kind)) arrows.add(link.id);
    links.push(link);
  }
  return items.length === 0 ? undefined : { items, links };
}

function readItem(one: Record<string, unknown>, known: ReadonlySet<ObjectId>): ClipItem | undefined {
  const kind = ITEM_KINDS.find((name) => name === one["kind"]);
  const id = one["id"];
  if (kind === undefined || typeof id !== "string" || !isAnyObjectId(id)) return undefined;
  const parent = one["parent"];
  const good = (name: string) => {
    const rule = fieldRule("items", kind, name);
    return rule === undefined ? undefined : checked(rule.value, one[name]);
  };
  const rule = kindRule("items", kind);
  const size = (good("size") as Size | undefined) ?? rule?.size ?? ([160, 80] as const);
  return {
    id,
    kind,
    text: textOf(one["text"]),
    at: (good("at") as Point | undefined) ?? [0, 0],
    size,
    parent: typeof parent === "string" && known.has(parent) ? parent : null,
    layer: (good("layer") as number | undefined) ?? 0,
    color: (good("color") as string | undefined) ?? rule?.color ?? "white",
    fields: fieldsOf("items", kind, one["fields"]) as Record<string, FieldValue>,
  };
}

function readLink(
  one: Record<string, unknown>,
  items: ReadonlySet<ObjectId>,
  arrows: ReadonlySet<ObjectId>,
): ClipLink | undefined {
  const { id, kind, from, to } = one;
  const rule = typeof kind === "string" ? kindRule("links", kind) : undefined;
  if (rule === undefined || typeof id !== "string" || typeof from !== "string" || typeof to !== "string")
    return undefined;
  const ends = items.has(from) && from !== to && (items.has(to) || (kind === "pin" && arrows.has(to)));
  if (!ends) return undefined;
  const fields = fieldsOf("links", rule.name, one["fields"]);
  return { id, kind: rule.name as LinkKind, text: textOf(one["text"]), from, to, fields };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? clip(wellFormed(value), TEXT_UNITS) : "";
}

/** The fields of the kind itself that are right; the common ones have places of their own. */
function fieldsOf(root: "items" | "links", kind: string, value: unknown): Record<string, FieldValue | Point> {
  const given = Object(value) as Record<string, unknown>;
  const out: Record<string, FieldValue | Point> = {};
  for (const { name, value: type } of kindRule(root, kind)?.fields ?? []) {
    const good = Object.hasOwn(given, name) ? checked(type, given[name]) : undefined;
    if (good !== undefined) out[name] = good;
  }
  return out;
}

/** The clip moved, kept within what a board takes. */
export function moved(at: Point, by: Point): Point {
  return whole([at[0] + by[0], at[1] + by[1]], REACH);
}
