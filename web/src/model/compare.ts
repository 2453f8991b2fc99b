// What a copy of a board has that the board has not, object by object, in plain values. Knows no sockets.
//
// The copy is first brought up to date with the board: then every difference comes from edits that only the copy
// has, and nothing that others did in between looks like one.

import * as Y from "yjs";
import type { Fields } from "./board.ts";
import { readItem, readLink, type RawItem, type RawLink } from "./read.ts";
import type { ObjectId } from "./types.ts";

export interface ObjectDifference {
  readonly id: ObjectId;
  readonly kind: string;
  readonly what: "created" | "changed" | "deleted";
  readonly text: string;
  /** For a created object all fields, for a changed one those that differ; `text` in it: the text differs. */
  readonly fields: Fields;
}

/** The board's own settings, in a difference. */
export const BOARD_ITSELF = "meta";

export function differences(board: Y.Doc, copy: Uint8Array): ObjectDifference[] {
  const both = new Y.Doc();
  Y.applyUpdate(both, copy);
  Y.applyUpdate(both, Y.encodeStateAsUpdate(board));
  const out = [
    ...between(board, both, "items", readItem, itemFields),
    ...between(board, both, "links", readLink, linkFields),
  ];
  const [title, other] = [board, both].map((doc) => doc.getMap("meta").get("title"));
  if (typeof other === "string" && other !== title) {
    out.push({ id: BOARD_ITSELF, kind: BOARD_ITSELF, what: "changed", text: "", fields: { title: other } });
  }
  both.destroy();
  return out;
}

function between<Raw extends RawItem | RawLink>(
  board: Y.Doc,
  both: Y.Doc,
  root: "items" | "links",
  read: (id: string, value: unknown) => Raw | undefined,
  fieldsOf: (raw: Raw) => Record<string, unknown>,
): ObjectDifference[] {
  const out: ObjectDifference[] = [];
  const [there, here] = [board.getMap(root), both.getMap(root)];
  for (const [id, value] of here.entries()) {
    const [old, now] = [read(id, there.get(id)), read(id, value)];
    if (now === undefined) continue;
    const { kind, text } = now;
    if (old === undefined) {
      if (!now.gone) out.push({ id, kind, what: "created", text, fields: fieldsOf(now) });
    } else if (now.gone !== old.gone) {
      out.push({ id, kind, what: now.gone ? "deleted" : "changed", text, fields: now.gone ? {} : { gone: false } });
    } else if (!now.gone) {
      const before = fieldsOf(old);
      const changed = Object.entries(fieldsOf(now)).filter(
        ([name, is]) => JSON.stringify(is) !== JSON.stringify(before[name]),
      );
      const fields = { ...Object.fromEntries(changed), ...(text === old.text ? {} : { text }) };
      if (Object.keys(fields).length > 0) out.push({ id, kind, what: "changed", text, fields });
    }
  }
  for (const id of there.keys()) {
    const old = here.has(id) ? undefined : read(id, there.get(id));
    if (old !== undefined && !old.gone) out.push({ id, kind: old.kind, what: "deleted", text: old.text, fields: {} });
  }
  return out;
}

function itemFields({ at, size, parent, order, layer, color, entered, fields }: RawItem): Record<string, unknown> {
  // Written by who may only: not where it says nothing.
  return { at, size, parent, order, layer, color, ...(entered ? { entered } : {}), ...fields };
}

function linkFields({ kind, from, to, fromSide, toSide, offset, fields }: RawLink): Record<string, unknown> {
  if (kind === "relation") return { from, to };
  return kind === "pin" ? { from, to, offset } : { from, to, fromSide, toSide, ...fields };
}
