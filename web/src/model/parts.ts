// One write in parts: what is past the first part is kept and done later, each in a transaction of its own. Knows no undo.
//
// A message to the server may hold only so much, and a page that writes ten thousand notes at once stands still.

import type { Fields, Writer } from "./board.ts";
import type { ItemKind, LinkKind, ObjectId } from "./types.ts";
import { idFor, type NamedWriter } from "./write.ts";

type Write = (writer: NamedWriter) => void;

/** What a value costs on the wire, roughly: one struct, which names its parent and its key. */
const STRUCT = 36;

export class Parts implements Writer {
  readonly #writer: NamedWriter;
  readonly #room: number;
  readonly #later: { readonly bytes: number; readonly write: Write }[] = [];
  #used = 0;
  #full: boolean;

  /** `room`: the bytes of a part. With `all` nothing is written before `rest` is asked for. */
  constructor(writer: NamedWriter, room: number, all = false) {
    this.#writer = writer;
    this.#room = room;
    this.#full = all;
  }

  addItem(kind: ItemKind, fields: Fields, text = ""): ObjectId {
    return this.#add("items", kind, fields, text);
  }

  addLink(kind: LinkKind, from: ObjectId, to: ObjectId, fields: Fields = {}): ObjectId {
    return this.#add("links", kind, { ...fields, from, to }, "");
  }

  set(id: ObjectId, fields: Fields): void {
    this.#take(costOf(fields), (writer) => writer.set(id, fields));
  }

  setText(id: ObjectId, text: string): void {
    this.#take(STRUCT + text.length * 3, (writer) => writer.setText(id, text));
  }

  remove(id: ObjectId): void {
    this.#take(STRUCT, (writer) => writer.remove(id));
  }

  setTitle(title: string): void {
    this.#take(STRUCT + title.length * 3, (writer) => writer.setTitle(title));
  }

  /** The parts that are left, each to be run in a transaction. */
  *rest(): Iterable<() => void> {
    for (let at = 0; at < this.#later.length;) {
      let [end, used] = [at, 0];
      for (let next = this.#later[end]; next !== undefined && (end === at || used + next.bytes <= this.#room);) {
        used += next.bytes;
        end += 1;
        next = this.#later[end];
      }
      const part = this.#later.slice(at, end);
      at = end;
      yield () => {
        for (const { write } of part) write(this.#writer);
      };
    }
  }

  #add(root: "items" | "links", kind: string, fields: Fields, text: string): ObjectId {
    const id = idFor(root, kind);
    this.#take(STRUCT * 6 + costOf(fields) + text.length * 3, (writer) => writer.add(root, kind, fields, text, id));
    return id;
  }

  #take(bytes: number, write: Write): void {
    if (!this.#full && (this.#used === 0 || this.#used + bytes <= this.#room)) {
      this.#used += bytes;
      write(this.#writer);
      return;
    }
    this.#full = true;
    this.#later.push({ bytes, write });
  }
}

function costOf(fields: Fields): number {
  let bytes = 0;
  for (const value of Object.values(fields)) {
    const size = typeof value === "string" ? value.length * 3 : Array.isArray(value) ? value.length * 16 : 8;
    bytes += STRUCT + size;
  }
  return bytes;
}
