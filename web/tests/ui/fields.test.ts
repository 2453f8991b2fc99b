// The panel edits every field that the schema has, in a way that fits it.

import { describe, expect, it } from "vitest";
import { ITEM_KINDS, kindRule, FLOWS, fieldRule } from "../../src/model/schema.ts";
import { checked } from "../../src/model/check.ts";
import { ARROW_FIELDS, FIELDS, filled, shapesOf, type FieldShape } from "../../src/pages/board/fields.ts";
import { lineOf, organisationName, partsOf, suggestions } from "../../src/session/organisations.ts";
import { board } from "../model/peers.ts";

/** What a person can make of a field: each must be a value that it takes. */
function possible(shape: FieldShape): unknown[] {
  switch (shape.as) {
    case "choice":
      return [...shape.words];
    case "number":
      return shape.words.map(Number);
    case "set":
      return [[], shape.words];
    case "flag":
      return [true, false];
    case "day":
      return [null, "2027-01-31"];
    case "orgSet":
      return [[], ["org_01ARZ3NDEKTSV4RRFFQ69G5FAV"]];
    case "whole":
      return [shape.min, shape.max];
    default:
      return ["", "x".repeat(shape.length)];
  }
}

describe("fields of the panel", () => {
  it.each(ITEM_KINDS)("%s: every field of the schema, once", (kind) => {
    const names = (kindRule("items", kind)?.fields ?? []).map(({ name }) => name);
    expect(FIELDS[kind].map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });
  it.each(FLOWS)("%s: every field but the sides, which have controls of their own", (kind) => {
    const names = (kindRule("links", kind)?.fields ?? []).map(({ name }) => name);
    expect([...ARROW_FIELDS.map(({ name }) => name), "fromSide", "toSide"].toSorted()).toEqual(names.toSorted());
  });
  it("all that can be chosen or written is what the field takes, up to its limit and no further", () => {
    for (const kind of ITEM_KINDS) {
      for (const shape of FIELDS[kind]) {
        const type = fieldRule("items", kind, shape.name)?.value;
        if (type === undefined) throw new Error(shape.name);
        for (const value of possible(shape)) {
          expect([kind, shape.name, value, checked(type, value) !== undefined]).toEqual([
            kind,
            shape.name,
            value,
            true,
          ]);
        }
        if ("length" in shape) expect(checked(type, "x".repeat(shape.length + 1))).toBeUndefined();
        if (shape.as === "whole") expect(checked(type, shape.max + 1)).toBeUndefined();
        if (type.type === "word") expect("words" in shape && shape.words).toEqual(type.words);
        if (type.type === "number" && "words" in shape) {
          expect(shape.words.map(Number)).toEqual(
            Array.from({ length: type.max - type.min + 1 }, (_, n) => type.min + n),
          );
        }
      }
    }
  });
  it("asks about a law only where one is proposed, and opens what was filled in", () => {
    const model = board();
    let id = "";
    model.write((w) => (id = w.addItem("nextStep", {}, "Askel")));
    const item = () => {
      const found = model.snapshot.items.get(id);
      if (found === undefined) throw new Error("it is there");
      return found;
    };
    expect(shapesOf(item()).law).toEqual([]);
    expect(filled(item(), shapesOf(item()).more)).toBe(false);
    model.write((w) => w.set(id, { stepType: "lawProposal", takesPart: "Kela" }));
    expect(shapesOf(item()).law.map(({ name }) => name)).toEqual(["statute", "section", "ministry"]);
    expect(filled(item(), shapesOf(item()).more)).toBe(true);
  });
});

describe("organisations", () => {
  const kela = { id: "org_1", name: { fi: "Kansaneläkelaitos", sv: "", en: "" }, abbreviation: "Kela", sector: "kela" };
  it("have a name in some language, and are suggested by name and abbreviation", () => {
    expect(organisationName(kela, "sv")).toBe("Kansaneläkelaitos");
    expect(organisationName({ ...kela, name: {} }, "en")).toBe("Kela");
    expect(suggestions([kela, { ...kela, id: "org_2" }], "fi")).toEqual(["Kansaneläkelaitos", "Kela"]);
  });
  it("stand in a line with commas between", () => {
    expect(partsOf(" Kela , ,Vero,")).toEqual(["Kela", "Vero"]);
    expect(lineOf(["Kela", "Vero"])).toBe("Kela, Vero");
    expect(partsOf("")).toEqual([]);
  });
});
