// A comparison in words: objects by what they are called, values by the schema's words.

import { expect, it } from "vitest";
import { callOf, fieldWords, objectsOf } from "../../src/pages/snapshot/words.ts";

const FILE = {
  items: [
    { id: "l_1", kind: "lane", text: "Kela" },
    { id: "s_1", kind: "step", text: "Hakee\n toimeentulotukea" },
    { id: "s_2", kind: "step", text: "" },
    { kind: "step", text: "without an id" },
    null,
  ],
  links: [
    { id: "f_1", kind: "sequence", text: "Kyllä", from: "s_1", to: "s_2" },
    { id: "f_2", kind: "sequence", text: "", from: "s_1", to: "s_gone" },
  ],
};
const known = objectsOf(FILE);
const words = (name: string, before: unknown, after: unknown) => fieldWords({ name, before, after }, known);

it("reads what it can of a board file", () => {
  expect([...known.keys()]).toEqual(["l_1", "s_1", "s_2", "f_1", "f_2"]);
  expect(objectsOf("no file").size).toBe(0);
  expect(objectsOf({ items: "none" }).size).toBe(0);
});

it("calls items by their text and arrows by their ends", () => {
  const call = (id: string) => callOf(known.get(id) ?? { kind: "", text: "" }, known);
  expect(call("s_1")).toBe("Hakee toimeentulotukea");
  expect(call("s_2")).toBe("Ei tekstiä");
  expect(call("f_1")).toBe("Kyllä: Hakee toimeentulotukea → Ei tekstiä");
  expect(call("f_2")).toBe("Hakee toimeentulotukea → Ei tekstiä");
  expect([...callOf({ kind: "note", text: "ä".repeat(200) }, known)]).toHaveLength(80);
});

it("says fields and their values in the language in use", () => {
  expect(words("status", "proposed", "agreed")).toEqual({
    name: "Tila",
    values: { before: "Ehdotettu", after: "Sovittu" },
  });
  expect(words("severity", 2, 4).values).toEqual({ before: "Kohtalainen", after: "Estää kokonaan" });
  expect(words("due", null, "2026-09-30").values).toEqual({ before: "tyhjä", after: "30.9.2026" });
  expect(words("customerContact", false, true).values).toEqual({ before: "Ei", after: "Kyllä" });
  expect(words("types", ["legislation", "funding"], []).values).toEqual({
    before: "Lainsäädäntö, Rahoitus ja kannusteet",
    after: "tyhjä",
  });
  expect(words("color", "yellow", "blue")).toEqual({ name: "Väri", values: { before: "Keltainen", after: "Sininen" } });
  expect(words("to", "s_1", "l_1").values).toEqual({ before: "Hakee toimeentulotukea", after: "Kela" });
  expect(words("text", "Ennen", "Jälkeen").values).toEqual({ before: "Ennen", after: "Jälkeen" });
});

it("calls an organisation by its name", () => {
  const others = new Map([...known, ["org_1", { kind: "organisation", text: "Kansaneläkelaitos" }]]);
  expect(fieldWords({ name: "agreedBy", before: [], after: ["org_1"] }, others)).toEqual({
    name: "Hyväksyneet organisaatiot",
    values: { before: "tyhjä", after: "Kansaneläkelaitos" },
  });
});

it("a text that is also a word of the schema stays the text", () => {
  expect(words("text", "done", "2026-09-30").values).toEqual({ before: "done", after: "2026-09-30" });
});

it("says of a place what matters to a reader", () => {
  const place = (more: object) => ({ at: [0, 0], size: [160, 80], parent: null, order: "U", ...more });
  expect(words("place", place({}), place({ parent: "l_1" }))).toEqual({
    name: "Sijainti",
    values: { before: "Suoraan taululla", after: "Kela" },
  });
  expect(words("place", place({}), place({ at: [10, 0] }))).toEqual({ name: "Siirretty" });
  expect(words("place", place({}), place({ size: [200, 80] }))).toEqual({ name: "Kokoa muutettu" });
});
