// Doing a refused edit again, as ordinary writes on the board as it is now. Knows no sockets and no storage.

import type { BoardModel, Fields, Writer } from "../model/board.ts";
import { BOARD_ITSELF, type ObjectDifference } from "../model/compare.ts";
import { kindRule } from "../model/schema.ts";
import type { ItemKind, LinkKind, ObjectId } from "../model/types.ts";

/**
 * Writes these differences as one undoable step. A text that was written into a thing that is gone becomes a note;
 * any other change of what is gone has nothing left to change.
 */
export function reapply(model: BoardModel, objects: readonly ObjectDifference[]): void {
  if (objects.length === 0) return;
  const { snapshot } = model;
  // A created object comes back under a new id: others in the same edit may refer to the old one.
  const renamed = new Map<ObjectId, ObjectId>();
  const made = new Set<ObjectId>();
  const now = (id: unknown): ObjectId | null => (typeof id === "string" ? (renamed.get(id) ?? id) : null);
  model.write((writer) => {
    const isItem = ({ kind }: ObjectDifference) => kindRule("items", kind) !== undefined;
    const created = objects.filter(({ what }) => what === "created");
    for (const object of containersFirst(created.filter(isItem))) {
      const { parent, ...fields } = object.fields;
      const home = now(parent);
      const there = home !== null && (snapshot.items.has(home) || made.has(home));
      const id = writer.addItem(object.kind as ItemKind, { ...fields, parent: there ? home : null }, object.text);
      renamed.set(object.id, id);
      made.add(id);
    }
    // A pin may lead to an arrow that is made again, so it comes after it.
    const links = created.filter((one) => !isItem(one));
    const pinsLast = links.toSorted((a, b) => Number(a.kind === "pin") - Number(b.kind === "pin"));
    for (const object of pinsLast) createLink(writer, object, now, renamed);
    for (const object of objects) {
      if (object.what === "created") continue;
      if (object.kind === BOARD_ITSELF) writer.setTitle(String(object.fields["title"] ?? ""));
      else if (snapshot.items.has(object.id) || snapshot.links.has(object.id) || object.fields["gone"] === false) {
        change(writer, object, now);
      } else if (isItem(object)) keepText(writer, object);
    }
  });
}

/** Each container before what stands in it, at any depth. */
function containersFirst(created: readonly ObjectDifference[]): ObjectDifference[] {
  const byId = new Map(created.map((object) => [object.id, object]));
  const out = new Set<ObjectDifference>();
  for (const object of created) {
    const path: ObjectDifference[] = [];
    for (let at: ObjectDifference | undefined = object; at !== undefined && !out.has(at) && !path.includes(at);) {
      path.push(at);
      at = byId.get(String(at.fields["parent"]));
    }
    for (const one of path.toReversed()) out.add(one);
  }
  return [...out];
}

function createLink(
  writer: Writer,
  object: ObjectDifference,
  now: (id: unknown) => ObjectId | null,
  renamed: Map<ObjectId, ObjectId>,
): void {
  const { from, to, ...fields } = object.fields;
  const [start, end] = [now(from), now(to)];
  if (start === null || end === null) return;
  const id = writer.addLink(object.kind as LinkKind, start, end, fields);
  renamed.set(object.id, id);
  if (object.text !== "") writer.setText(id, object.text);
}

function change(writer: Writer, object: ObjectDifference, now: (id: unknown) => ObjectId | null): void {
  if (object.what === "deleted") {
    writer.remove(object.id);
    return;
  }
  const { text, ...fields } = object.fields;
  if (typeof text === "string") writer.setText(object.id, text);
  const ends = ["parent", "from", "to"].filter((name) => name in fields);
  writer.set(object.id, { ...fields, ...Object.fromEntries(ends.map((name) => [name, now(fields[name])])) } as Fields);
}

/** The words of a thing that somebody else deleted meanwhile: nothing typed is lost. */
function keepText(writer: Writer, object: ObjectDifference): void {
  const { text, at } = object.fields;
  if (typeof text !== "string" || text.trim() === "") return;
  writer.addItem("note", Array.isArray(at) ? { at } : {}, text);
}
