// Writes to the document as the schema has it. Each throws on what it does not take. Knows no undo and no views.

import * as Y from "yjs";
import type { Fields, Writer } from "./board.ts";
import { checked, clip, wellFormed } from "./check.ts";
import { newId } from "./ids.ts";
import { fieldRule, kindRule, TEXT_UNITS, type FieldRule, type Root } from "./schema.ts";
import { setText } from "./text.ts";
import type { ItemKind, LinkKind, ObjectId, PersonId } from "./types.ts";

export interface Roots {
  readonly items: Y.Map<unknown>;
  readonly links: Y.Map<unknown>;
  readonly meta: Y.Map<unknown>;
}

/** What the writer must know of the object that it writes to. */
export interface Known {
  kindOf(id: ObjectId): string | undefined;
  /** Its parent is gone, so that `at` as written is not measured from where it is drawn. */
  isUnplaced(id: ObjectId): boolean;
}

/** Written once, when the object is made. */
const ONCE = new Set(["kind", "author", "made", "text"]);

/** A writer that takes the id of what it makes, for writes that are decided on before they are done. */
export interface NamedWriter extends Writer {
  add(root: "items" | "links", kind: string, fields: Fields, text: string, id: ObjectId): ObjectId;
}

/** A new id for an object of this kind. */
export function idFor(root: "items" | "links", kind: string): ObjectId {
  const rule = kindRule(root, kind);
  if (rule === undefined) throw new Error(`no kind ${kind}`);
  return newId(rule.prefix);
}

export function createWriter(roots: Roots, known: Known, person: PersonId): NamedWriter {
  const add: NamedWriter["add"] = (root, kind, fields, text, id) => {
    const rule = kindRule(root, kind);
    if (rule === undefined) throw new Error(`no kind ${kind}`);
    const map = new Y.Map<unknown>();
    map.set("kind", kind);
    map.set("text", new Y.Text(clip(wellFormed(text), TEXT_UNITS)));
    map.set("author", person);
    map.set("made", Date.now());
    // A set is made with its object: two people who made it later, at once, would keep only one's.
    for (const field of rule.fields) if (field.value.type === "set") map.set(field.name, new Y.Map());
    for (const [name, value] of Object.entries(fields)) put(map, ruleOf(root, kind, name), value, true);
    roots[root].set(id, map);
    return id;
  };

  return {
    add,
    addItem: (kind: ItemKind, fields, text = "") => add("items", kind, fields, text, idFor("items", kind)),
    addLink: (kind: LinkKind, from, to, fields = {}) =>
      add("links", kind, { ...fields, from, to }, "", idFor("links", kind)),
    set(id, fields) {
      const { root, map } = objectAt(roots, id);
      const kind = known.kindOf(id) ?? String(map.get("kind"));
      const placed = root === "items" && "at" in fields && !("parent" in fields) && known.isUnplaced(id);
      // A place says nothing without what it is measured from: two who move one thing at once must not mix them.
      const elsewhere = root === "items" && "parent" in fields && map.get("parent") !== fields["parent"];
      for (const [name, value] of Object.entries(placed ? { ...fields, parent: null } : fields)) {
        put(map, ruleOf(root, kind, name), value, elsewhere && name === "at");
      }
    },
    setText(id, text) {
      const { map } = objectAt(roots, id);
      const shared = map.get("text");
      if (shared instanceof Y.Text) setText(shared, text);
      else map.set("text", new Y.Text(clip(wellFormed(text), TEXT_UNITS)));
    },
    remove(id) {
      const { map } = objectAt(roots, id);
      if (map.get("gone") !== true) map.set("gone", true);
    },
    setTitle(title) {
      const rule = fieldRule("meta", "", "title");
      if (rule === undefined || checked(rule.value, title) === undefined) throw new Error("not a title");
      if (roots.meta.get("title") !== title) roots.meta.set("title", title);
    },
  };
}

function objectAt(roots: Roots, id: ObjectId): { root: "items" | "links"; map: Y.Map<unknown> } {
  for (const root of ["items", "links"] as const) {
    const value = roots[root].get(id);
    if (value instanceof Y.Map) return { root, map: value as Y.Map<unknown> };
  }
  throw new Error(`no object ${id}`);
}

function ruleOf(root: Root, kind: string, name: string): FieldRule {
  const rule = ONCE.has(name) ? undefined : fieldRule(root, kind, name);
  if (rule === undefined) throw new Error(`${kind} has no field ${name} to write`);
  return rule;
}

/** Writes only what differs: an equal value written again would grow the document and undo someone else's. */
function put(map: Y.Map<unknown>, rule: FieldRule, value: unknown, fresh: boolean): void {
  const good = checked(rule.value, value);
  if (good === undefined) throw new Error(`${rule.name} does not take ${JSON.stringify(value)}`);
  if (rule.value.type === "set") {
    putSet(map, rule.name, good as readonly string[], fresh);
    return;
  }
  const plain = Array.isArray(good) ? [...(good as readonly number[])] : good;
  if (!fresh && JSON.stringify(map.get(rule.name)) === JSON.stringify(plain)) return;
  map.set(rule.name, plain);
}

function putSet(map: Y.Map<unknown>, name: string, elements: readonly string[], fresh: boolean): void {
  const old = fresh ? undefined : map.get(name);
  if (!(old instanceof Y.Map)) {
    map.set(name, new Y.Map(elements.map((element) => [element, true])));
    return;
  }
  const wanted = new Set(elements);
  for (const element of old.keys()) if (!wanted.has(element)) old.delete(element);
  for (const element of wanted) if (old.get(element) !== true) old.set(element, true);
}
