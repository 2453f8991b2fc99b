// Reading answers whatever is in the document. Knows no views.

import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { createBoardModel } from "../../src/model/model.ts";
import { newId } from "../../src/model/ids.ts";
import { TEXT_UNITS } from "../../src/model/schema.ts";
import { AINO, board, seen } from "./peers.ts";

const names = [
  "kind",
  "text",
  "at",
  "size",
  "parent",
  "order",
  "color",
  "author",
  "made",
  "gone",
  "types",
  "severity",
  "from",
  "to",
  "offset",
  "fromSide",
  "stepKind",
  "due",
  "__proto__",
  "constructor",
  "toString",
];
const ids = [
  "n_01JAAAAAAAAAAAAAAAAAAAAAAA",
  "l_01JAAAAAAAAAAAAAAAAAAAAAAA",
  "o_01JAAAAAAAAAAAAAAAAAAAAAAA",
  "f_01JAAAAAAAAAAAAAAAAAAAAAAA",
  "i_01JAAAAAAAAAAAAAAAAAAAAAAA",
  "__proto__",
  "constructor",
  "x",
  "",
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(
    ...ids,
    "note",
    "lane",
    "step",
    "pin",
    "sequence",
    [0, 0],
    [-5, 1e9],
    [0.5, 1],
    true,
    "K",
    undefined,
  ),
  fc.constantFrom("text", "map", "array", "xml", "fragment").map((shared) => ({ shared })),
);

function put(map: Y.Map<unknown>, name: string, what: unknown): void {
  const { shared } = Object(what) as { shared?: string };
  if (shared === "text") map.set(name, new Y.Text("teksti"));
  else if (shared === "map")
    map.set(
      name,
      new Y.Map([
        ["legislation", true],
        ["x", 3],
      ]),
    );
  else if (shared === "array") map.set(name, Y.Array.from([1, "a"]));
  else if (shared === "xml") map.set(name, new Y.XmlText("x"));
  else if (shared === "fragment") map.set(name, new Y.XmlElement("x"));
  else map.set(name, what);
}

it("reads any document, and as a peer's update too", () => {
  const objects = fc.array(
    fc.record({
      root: fc.constantFrom("items", "links", "meta"),
      id: fc.constantFrom(...ids),
      plain: fc.option(value),
      fields: fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 12 }),
    }),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(objects, (list) => {
      const doc = new Y.Doc();
      for (const { root, id, plain, fields } of list) {
        const object = new Y.Map<unknown>();
        for (const [name, what] of fields) put(object, name, what);
        if (plain === null) doc.getMap(root).set(id, object);
        else put(doc.getMap(root), root === "meta" ? "title" : id, plain);
      }
      const live = board();
      Y.applyUpdate(live.doc, Y.encodeStateAsUpdate(doc));
      expect(seen(live)).toEqual(seen(createBoardModel(doc, AINO)));
      for (const item of live.snapshot.items.values()) expect(Object.isFrozen(item)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

it("writes only what the schema takes, and says who and when", () => {
  const model = board();
  let id = "";
  model.write((writer) => {
    id = writer.addItem("obstacle", { types: ["legislation"] }, "x".repeat(TEXT_UNITS + 1));
  });
  expect(model.snapshot.items.get(id)).toMatchObject({ author: AINO, color: "pink", size: [160, 80] });
  expect(model.snapshot.items.get(id)?.text.length).toBe(TEXT_UNITS);
  const write = (fields: object) => () => model.write((writer) => writer.set(id, { ...fields }));
  for (const bad of [
    { at: [0.5, 0] },
    { color: "red" },
    { author: AINO },
    { kind: "note" },
    { text: "x" },
    { made: 1 },
    { status: "done" },
    { severity: 9 },
  ]) {
    expect(write(bad)).toThrow();
  }
  write({ types: ["funding", "other"] })();
  expect(model.snapshot.items.get(id)?.fields["types"]).toEqual(["funding", "other"]);
  expect(() => model.write((writer) => writer.remove(newId("n")))).toThrow();
  const before = Y.encodeStateAsUpdate(model.doc).length;
  write({ types: ["funding", "other"], severity: 2 })();
  write({ severity: 2 })();
  expect(Y.encodeStateAsUpdate(model.doc).length - before).toBeLessThan(40);
});
