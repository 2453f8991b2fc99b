// Doing a refused edit again, as ordinary writes on the board as it is now. Knows no sockets and no storage.

import type { BoardModel, Fields, Writer } from "../model/board.ts";
import { BOARD_ITSELF, type ObjectDifference } from "../model/compare.ts";
import { kindRule } from "../model/schema.ts";
import type { ItemKind, LinkKind, ObjectId } from "../model/types.ts";

/** Writes these differences as one undoable step. What cannot be done any more (its object is gone) is left out. */
export function reapply(model: BoardModel, objects: readonly ObjectDifference[]): void {
  if (objects.length === 0) return;
  const { snapshot } = model;
  // A created object comes back under a new id: others in the same edit may refer to the old one.
  const renamed = new Map<ObjectId, ObjectId>();
  const now = (id: unknown): ObjectId | null => (typeof id === "string" ? (renamed.get(id) ?? id) : null);
  model.write((writer) => {
    const isItem = ({ kind }: ObjectDifference) => kindRule("items", kind) !== undefined;
    const created = objects.filter(({ what }) => what === "created");
    const containersFirst = created.toSorted((a, b) => Number(b.kind === "lane") - Number(a.kind === "lane"));
    for (const object of containersFirst.filter(isItem)) {
      const { parent, ...fields } = object.fields;
      const lane = now(parent);
      const there = lane !== null && (snapshot.items.has(lane) || [...renamed.values()].includes(lane));
      const id = writer.addItem(object.kind as ItemKind, { ...fields, parent: there ? lane : null }, object.text);
      renamed.set(object.id, id);
    }
    for (const object of created.filter((one) => !isItem(one))) createLink(writer, object, now);
    for (const object of objects) {
      if (object.what === "created") continue;
      if (object.kind === BOARD_ITSELF) writer.setTitle(String(object.fields["title"] ?? ""));
      else if (snapshot.items.has(object.id) || snapshot.links.has(object.id) || object.fields["gone"] === false) {
        change(writer, object);
      }
    }
  });
}

function createLink(writer: Writer, object: ObjectDifference, now: (id: unknown) => ObjectId | null): void {
  const { from, to, ...fields } = object.fields;
  const [start, end] = [now(from), now(to)];
  if (start === null || end === null) return;
  const id = writer.addLink(object.kind as LinkKind, start, end, fields);
  if (object.text !== "") writer.setText(id, object.text);
}

function change(writer: Writer, object: ObjectDifference): void {
  if (object.what === "deleted") {
    writer.remove(object.id);
    return;
  }
  const { text, ...fields } = object.fields;
  if (typeof text === "string") writer.setText(object.id, text);
  writer.set(object.id, fields as Fields);
}
