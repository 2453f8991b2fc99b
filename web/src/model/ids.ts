// Ids of objects: a type prefix and a ULID, which together are an XML NCName. Knows no document.

import { SCHEMA, type Root } from "./schema.ts";
import type { ObjectId } from "./types.ts";

/** Crockford's base 32: no I, L, O, U. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A new id: 48 bits of time, 80 random bits. */
export function newId(prefix: string, now: number = Date.now()): ObjectId {
  let time = "";
  for (let left = now, i = 0; i < 10; i++) {
    time = LETTERS.charAt(left % 32) + time;
    left = Math.floor(left / 32);
  }
  let random = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) random += LETTERS.charAt(byte % 32);
  return `${prefix}_${time}${random}`;
}

/** Whether it is a well-formed id of an object of this root. */
export function isObjectId(root: Root, id: string): boolean {
  const at = id.indexOf("_");
  if (at < 1 || !ULID.test(id.slice(at + 1))) return false;
  const prefix = id.slice(0, at);
  return SCHEMA[root].kinds.some((kind) => kind.prefix === prefix);
}

/** Whether it is a well-formed id of any object. */
export function isAnyObjectId(id: string): boolean {
  return isObjectId("items", id) || isObjectId("links", id) || isObjectId("comments", id);
}

/** Whether it is a well-formed id of a person. */
export function isPersonId(id: string): boolean {
  return id.startsWith("p_") && ULID.test(id.slice(2));
}
