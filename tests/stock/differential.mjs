// Yjs beside the gate: takes updates from standard input and says what it reads. Knows not what the gate said.
//
// A command is one byte, the length of what follows (32 bits, little end first), and bytes. `N`: new documents. `A`: applies an
// update and answers with a line, the document as JSON, or `!` and what is wrong. `S`: applies an update to a second document.
// `E`: answers with a line about the second document as for `A`, and one with the first document's whole state in base64.

import { readSync, writeSync } from "node:fs";
import * as Y from "yjs";

const ROOTS = ["items", "links", "comments", "meta"];

let first;
let second;
/** What went wrong in the second document, which is only told at the end. */
let wrong;
const lines = [];

const fresh = () => {
  const doc = new Y.Doc();
  ROOTS.forEach((root) => doc.getMap(root));
  return doc;
};

const apply = (doc, update) => {
  try {
    Y.applyUpdate(doc, update);
  } catch (error) {
    return `!${String(error.stack)}`.replaceAll("\n", " ");
  }
  return doc.store.pendingStructs === null && doc.store.pendingDs === null ? undefined : "!something is pending";
};

const show = (doc) => JSON.stringify(Object.fromEntries(ROOTS.map((root) => [root, doc.getMap(root).toJSON()])));

const run = (command, bytes) => {
  switch (command) {
    case "N":
      [first, second, wrong] = [fresh(), fresh(), undefined];
      break;
    case "A":
      lines.push(apply(first, bytes) ?? show(first));
      break;
    case "S":
      wrong ??= apply(second, bytes);
      break;
    case "E":
      lines.push(wrong ?? show(second), Buffer.from(Y.encodeStateAsUpdate(first)).toString("base64"));
      break;
    default:
      throw new Error(`no command ${command}`);
  }
};

/** Writes all answers; a pipe that is full is tried again. */
const flush = () => {
  let rest = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  lines.length = 0;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
};

let kept = Buffer.alloc(0);
const piece = Buffer.alloc(1 << 20);
for (;;) {
  const length = readSync(0, piece, 0, piece.length, null);
  if (length === 0) break;
  kept = Buffer.concat([kept, piece.subarray(0, length)]);
  let at = 0;
  while (kept.length - at >= 5) {
    const end = at + 5 + kept.readUInt32LE(at + 1);
    if (kept.length < end) break;
    run(String.fromCharCode(kept[at]), new Uint8Array(kept.subarray(at + 5, end)));
    at = end;
  }
  kept = kept.subarray(at);
  flush();
}
