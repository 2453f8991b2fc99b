// The forms of a series: what they take, at each limit and one past it; names, and boards by series.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { BoardInfo } from "../../src/net/api.ts";
import type { SeriesLine } from "../../src/net/api/series.ts";
import { grouped } from "../../src/pages/groups.ts";
import { keepOnly, named } from "../../src/i18n/names.ts";
import { differing, MOST, organisationWrong, seriesWrong, short, teamWrong } from "../../src/pages/series/rules.ts";

const limits = readFileSync(fileURLToPath(new URL("../../../server/limits.rs", import.meta.url)), "utf8");
const limit = (name: string) =>
  Number(new RegExp(`pub const ${name}: \\w+ = ([\\d_]+)`).exec(limits)?.[1]?.replaceAll("_", ""));

const NAMES = { fi: "Jalostamo", sv: "", en: "" };
const SERIES = { languages: ["fi", "sv"] as const, name: NAMES, purpose: "", starts: "", ends: "" };
const TEAM = { name: "Tiimi 1", title: "Läheisen kuolema", theme: "", problem: "", customerGroup: "" };

describe("limits", () => {
  it("are the server's", () => {
    expect(MOST).toEqual({
      name: limit("NAMES_CHARS"),
      abbreviation: limit("ABBREVIATION_CHARS"),
      team: limit("TEAM_CHARS"),
      title: limit("TITLE_CHARS"),
      line: limit("CHALLENGE_LINE_CHARS"),
      text: limit("PURPOSE_CHARS"),
    });
  });
  it("are characters, not units, and spaces around do not count", () => {
    expect(short(` ${"👩‍💻".slice(0, 2).repeat(20)} `, 20)).toBeUndefined();
    expect(short("ä".repeat(21), 20)).toEqual({ key: "form.tooLong", values: { most: 20, n: 21 } });
  });
});

describe("a series", () => {
  it("has a name in one of its languages", () => {
    expect(seriesWrong(SERIES)).toEqual({});
    expect(seriesWrong({ ...SERIES, languages: ["sv", "en"] })).toEqual({ sv: { key: "series.nameMissing" } });
    expect(seriesWrong({ ...SERIES, languages: [] })).toEqual({ languages: { key: "series.languagesMissing" } });
    const long = { ...NAMES, sv: "ö".repeat(MOST.name + 1) };
    expect(Object.keys(seriesWrong({ ...SERIES, name: long }))).toEqual(["sv"]);
    expect(seriesWrong({ ...SERIES, name: { ...NAMES, sv: "ö".repeat(MOST.name) } })).toEqual({});
  });
  it("ends when it starts or later", () => {
    expect(seriesWrong({ ...SERIES, starts: "2020-05-27", ends: "2020-05-27" })).toEqual({});
    expect(seriesWrong({ ...SERIES, starts: "2020-05-27", ends: "2020-05-26" })).toEqual({
      ends: { key: "series.endsEarly" },
    });
    expect(seriesWrong({ ...SERIES, ends: "2020-05-26" })).toEqual({});
  });
  it("says its purpose in so many characters", () => {
    expect(seriesWrong({ ...SERIES, purpose: "x".repeat(MOST.text) })).toEqual({});
    expect(Object.keys(seriesWrong({ ...SERIES, purpose: "x".repeat(MOST.text + 1) }))).toEqual(["purpose"]);
  });
});

describe("organisations and teams", () => {
  it("need a name", () => {
    expect(organisationWrong({ name: NAMES, abbreviation: "" }, ["fi"])).toEqual({});
    expect(organisationWrong({ name: NAMES, abbreviation: "" }, ["sv"])).toEqual({
      sv: { key: "organisation.nameMissing" },
    });
    expect(teamWrong(TEAM)).toEqual({});
    expect(teamWrong({ ...TEAM, name: " ", title: "" })).toEqual({
      name: { key: "team.nameMissing" },
      title: { key: "challenge.titleMissing" },
    });
  });
  it("are cut off nowhere: one past a limit is said", () => {
    const at = { name: MOST.team, title: MOST.title, theme: MOST.line, problem: MOST.text, customerGroup: MOST.line };
    const filledTo = (extra: number) =>
      Object.fromEntries(Object.entries(at).map(([field, most]) => [field, "n".repeat(most + extra)])) as typeof TEAM;
    expect(teamWrong(filledTo(0))).toEqual({});
    expect(Object.keys(teamWrong(filledTo(1))).toSorted()).toEqual(Object.keys(at).toSorted());
    const abbreviation = (n: number) => organisationWrong({ name: NAMES, abbreviation: "V".repeat(n) }, ["fi"]);
    expect(abbreviation(MOST.abbreviation)).toEqual({});
    expect(Object.keys(abbreviation(MOST.abbreviation + 1))).toEqual(["abbreviation"]);
  });
});

it("sends only what differs", () => {
  const before = { name: NAMES, purpose: "a", languages: ["fi"] };
  expect(differing(before, { name: { ...NAMES }, purpose: "b", languages: ["fi"] })).toEqual({ purpose: "b" });
  expect(differing(before, { ...before })).toEqual({});
});

it("shows the name in the language asked for, else another, and says which", () => {
  expect(named({ fi: "Kela", sv: "FPA", en: "" }, "sv")).toEqual({ text: "FPA", lang: "sv" });
  expect(named({ fi: "Kela", sv: "FPA", en: " " }, "en")).toEqual({ text: "Kela", lang: "fi" });
  expect(named({ fi: "", sv: "", en: "Kela" }, "fi")).toEqual({ text: "Kela", lang: "en" });
  expect(keepOnly({ fi: " Kela ", sv: "FPA", en: "x" }, ["fi", "en"])).toEqual({ fi: "Kela", sv: "", en: "x" });
});

it("puts boards under their series, and keeps series without boards", () => {
  const board = (id: string, series: BoardInfo["series"]): BoardInfo => ({
    id,
    epoch: 1,
    title: id,
    role: "participant",
    made: 1,
    series: series ?? null,
    team: null,
  });
  const line: SeriesLine = { id: "ws_1", name: NAMES, starts: null, ends: null, role: "owner", teams: 0 };
  const other = { id: "ws_2", name: { fi: "Toinen", sv: "", en: "" } };
  const found = grouped([board("b_1", other), board("b_2", null), board("b_3", other)], [line]);
  expect(found.series.map(({ id, boards, line: own }) => [id, boards.map((each) => each.id), own])).toEqual([
    ["ws_1", [], line],
    ["ws_2", ["b_1", "b_3"], undefined],
  ]);
  expect(found.alone.map((each) => each.id)).toEqual(["b_2"]);
});
