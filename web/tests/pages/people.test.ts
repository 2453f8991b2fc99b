// What can be asked about whom on the page of people, and who is shown. Knows no server.

import { describe, expect, it } from "vitest";
import type { SeriesPeople, SeriesPerson } from "../../src/net/api/people.ts";
import type { Team } from "../../src/net/api/series.ts";
import { asksOf, endOf, lastDay, rolesToGive } from "../../src/pages/people/asks.ts";
import { isShown } from "../../src/pages/people/filter.ts";

const team = (id: string) => ({ id, name: id, withdrawn: null }) as Team;
const [a, b] = [team("a"), team("b")];

function person(id: string, change: Partial<SeriesPerson> = {}): SeriesPerson {
  return {
    person: id,
    name: id,
    role: null,
    ends: null,
    teams: [],
    organisation: null,
    profession: "",
    perspective: "",
    seen: null,
    here: false,
    changeable: true,
    ...change,
  };
}
const people = (lead: string | null): SeriesPeople => ({ lead, people: [], teams: [] });
const what = (...args: Parameters<typeof asksOf>) => asksOf(...args).map((ask) => ask.what);

describe("what can be asked", () => {
  const facilitator = { person: "fanni", role: "facilitator" } as const;

  it("of a participant: details, role, move, out of the team, out of the series", () => {
    const aino = person("aino", { teams: [{ team: "a", role: "participant", ends: null, here: false }] });
    const all = ["details", "role", "move", "remove", "removeAll"];
    expect(what(aino, a, facilitator, people(null), [a, b])).toEqual(all);
    expect(what(aino, a, facilitator, people(null), [a])).not.toContain("move");
  });

  it("of oneself, and of whom one may not change: only details", () => {
    const self = person("fanni", { role: "facilitator", changeable: false });
    expect(what(self, null, facilitator, people(null), [a])).toEqual(["details"]);
  });

  it("the lead is handed over by who leads and by owners, to whoever runs the series", () => {
    const other = person("kaisa", { role: "facilitator" });
    expect(what(other, null, facilitator, people("fanni"), [a])).toContain("lead");
    expect(what(other, null, { person: "olli", role: "owner" }, people("fanni"), [a])).toContain("lead");
    expect(what({ ...other, changeable: false }, null, facilitator, people("olli"), [a])).not.toContain("lead");
    expect(what(other, null, facilitator, people("kaisa"), [a])).not.toContain("lead");
    expect(what(person("otso", { role: "observer" }), null, facilitator, people("fanni"), [a])).not.toContain("lead");
  });

  it("roles to give are those that the server takes from this person", () => {
    expect(rolesToGive(facilitator, people(null), false)).toEqual(["participant", "observer"]);
    expect(rolesToGive(facilitator, people("fanni"), true)).toEqual(["observer", "facilitator"]);
    expect(rolesToGive({ person: "olli", role: "owner" }, people(null), true)).toContain("owner");
  });
});

it("a role holds to the end of the day that was chosen, also when the clocks change", () => {
  for (const day of ["2026-11-23", "2027-03-28", "2026-10-25", "2026-12-31"]) expect(lastDay(endOf(day))).toBe(day);
});

it("people are found by every word, in whatever is known of them", () => {
  const aino = person("Aino Mäki", { profession: "Lääkäri", perspective: "Asiakkaan arki", here: true });
  const nothing = { words: "", here: false, unknown: false };
  const found = (words: string) => isShown(aino, "Kela", { ...nothing, words });
  expect(["", "aino", "kela lääk", "ARKI mäki"].map(found)).toEqual([true, true, true, true]);
  expect(found("aino vero")).toBe(false);
  expect(isShown(aino, "", { ...nothing, here: true })).toBe(true);
  expect(isShown({ ...aino, here: false }, "", { ...nothing, here: true })).toBe(false);
  expect(isShown({ ...aino, organisation: "org_1" }, "Kela", { ...nothing, unknown: true })).toBe(false);
});
