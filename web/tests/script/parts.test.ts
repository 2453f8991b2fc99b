// Parts: what may be done in words, what a form takes, which comes next, and what the session leaves of one's rights.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { language } from "../../src/i18n/language.svelte.ts";
import { readSession, permissionsOf } from "../../src/net/session.ts";
import type { May, Part, PartLine, Script } from "../../src/net/script.ts";
import { asPart, fieldsOf } from "../../src/pages/script/partFields.ts";
import { moved, nextOf } from "../../src/pages/script/parts.ts";
import { MOST, partWrong, whole } from "../../src/pages/script/rules.ts";
import { countdown } from "../../src/pages/script/times.ts";
import { mayWords } from "../../src/session/script/may.ts";
import { board } from "../model/peers.ts";

beforeAll(async () => {
  // Where there is no page.
  vi.stubGlobal("document", { documentElement: {} });
  await language.choose("en");
});

const NAMES = { fi: "Osa", sv: "", en: "" };
const NOTHING: May = {
  add: [],
  editOwn: false,
  editAll: false,
  move: false,
  connect: false,
  deleteOwn: false,
  comment: false,
  vote: false,
};
const PART: Part = {
  id: "pt_1",
  title: NAMES,
  instruction: { fi: "", sv: "", en: "" },
  minutes: 10,
  least: null,
  frame: null,
  may: null,
  writing: "open",
  naming: "named",
  vote: null,
};

describe("what may be done", () => {
  it("is one plain sentence or two", () => {
    expect(mayWords(null, true)).toBe("You can do all that your role allows.");
    expect(mayWords(NOTHING, true)).toBe("Now we listen and look: the board is not edited.");
    const some = { ...NOTHING, add: ["note", "step"], editOwn: true, editAll: true, move: true };
    expect(mayWords(some, true)).toBe("You can add: note and process step. You can also edit everything and move.");
    expect(mayWords({ ...NOTHING, vote: true }, false)).toBe("Participants can vote.");
    const own = { ...NOTHING, editOwn: true, deleteOwn: true };
    expect(mayWords(own, true)).toBe("You can edit your own objects and delete your own objects.");
    expect(mayWords(own, false)).toBe("Participants can edit their own objects and delete their own objects.");
  });
  it("is what the session leaves: the part is the reason for what the role alone would allow", () => {
    const session = (more: object) =>
      readSession(
        7,
        {
          me: { person: "p_1", role: "participant" },
          allowed: { create: ["own"], edit: ["own"], move: [], connect: [] },
          ...more,
        },
        0,
      ) ?? null;
    const model = board();
    const inPart = permissionsOf(session({ adds: ["note"] }), () => model.snapshot);
    expect(inPart.may("create", undefined, "note").ok).toBe(true);
    expect(inPart.may("create", undefined, "step")).toEqual({ ok: false, why: "part" });
    expect(inPart.may("connect")).toEqual({ ok: false, why: "part" });
    expect(inPart.may("meta")).toEqual({ ok: false, why: "role" });
    const free = permissionsOf(session({ adds: null }), () => model.snapshot);
    expect(free.may("create", undefined, "step").ok).toBe(true);
    expect(free.may("connect")).toEqual({ ok: false, why: "role" });
    const observer = session({ me: { person: "p_1", role: "observer" }, allowed: {}, adds: ["note"] });
    expect(permissionsOf(observer, () => model.snapshot).may("create")).toEqual({ ok: false, why: "role" });
  });
});

describe("the form of a part", () => {
  it("keeps when and where a part is, and a frame chosen on a board takes the place of a named area", () => {
    const door = { ...PART, early: true, area: "Tavoite", frame: "r_1" };
    expect(asPart(door, fieldsOf(door))).toEqual(door);
    expect(asPart(door, { ...fieldsOf(door), early: false, area: " " })).toEqual({ ...PART, frame: "r_1" });
    expect(asPart(door, { ...fieldsOf(door), frame: "r_2" })).toEqual({ ...PART, early: true, frame: "r_2" });
  });
  it("has the server's limits", () => {
    const limits = readFileSync(fileURLToPath(new URL("../../../server/limits.rs", import.meta.url)), "utf8");
    const limit = (name: string) =>
      Number(new RegExp(`pub const ${name}: \\w+ = ([\\d_]+)`).exec(limits)?.[1]?.replaceAll("_", ""));
    expect(MOST).toEqual({
      minutes: limit("PART_MINUTES"),
      area: limit("NAMES_CHARS"),
      instruction: limit("INSTRUCTION_CHARS"),
      message: limit("MESSAGE_CHARS"),
      votes: limit("VOTES"),
      parts: limit("AGENDA_PARTS"),
    });
  });
  it("takes what the server takes, at each limit and one past it", () => {
    const fields = { ...fieldsOf(PART), votes: false };
    const wrong = (change: object) => Object.keys(partWrong({ ...fields, ...change }));
    expect(wrong({})).toEqual([]);
    expect(wrong({ minutes: "480", least: "480" })).toEqual([]);
    expect([wrong({ area: "ä".repeat(120) }), wrong({ area: "ä".repeat(121) })]).toEqual([[], ["area"]]);
    for (const minutes of ["481", "0", "", "7.5", "-1"]) expect(wrong({ minutes })).toEqual(["minutes"]);
    expect(wrong({ least: "10" })).toEqual([]);
    expect(wrong({ least: "11" })).toEqual(["least"]);
    const long = (n: number) => ({ instruction: { fi: "", sv: "ö".repeat(n), en: "" } });
    expect(wrong(long(600))).toEqual([]);
    expect(wrong(long(601))).toEqual(["instruction.sv"]);
    expect(wrong({ title: { fi: " ", sv: "", en: "" } })).toEqual(["fi"]);
    expect(wrong({ votes: true })).toEqual(["vote"]);
    expect(wrong({ votes: true, method: "dots", dots: "99", most: "99" })).toEqual([]);
    expect(wrong({ method: "dots", dots: "100", most: "1" })).toEqual(["dots"]);
    expect(wrong({ method: "dots", dots: "5", most: "6" })).toEqual(["most"]);
    expect([whole(" 7 ", 1, 9), whole("10", 1, 9)]).toEqual([7, undefined]);
  });
  it("gives back the part that it was given", () => {
    const dots: Part = {
      ...PART,
      least: 5,
      frame: "r_1",
      may: { ...NOTHING, add: ["note"], editOwn: true, editAll: true, vote: true },
      writing: "silent",
      naming: "anonymous",
      vote: { method: "dots", votes: 3, most: 1 },
      voteOn: ["obstacle"],
    };
    for (const part of [PART, dots, { ...PART, vote: { method: "yesNo" } as const }]) {
      expect(asPart(part, fieldsOf(part))).toEqual(part);
    }
    const line = { ...dots, place: 3, progress: "ahead", starts: 9 };
    expect(asPart(line, fieldsOf(line)), "and nothing of where it stands").toEqual(dots);
    expect(asPart(dots, { ...fieldsOf(dots), writing: "open" }).naming).toBe("named");
    const about = { ...dots, voteOn: ["obstacle"] };
    expect(asPart(about, { ...fieldsOf(about), minutes: "9" }).voteOn).toEqual(["obstacle"]);
  });
});

describe("the order", () => {
  const line = (id: string, place: number, progress: PartLine["progress"], starts?: number): PartLine => ({
    ...PART,
    id,
    place,
    progress,
    ...(starts === undefined ? {} : { starts }),
  });
  const script = (current: string | null, parts: readonly PartLine[]): Script => ({
    workshop: "wk_1",
    title: NAMES,
    since: 0,
    ended: null,
    part: current === null ? null : { part: current, since: 1 },
    count: parts.length,
    parts,
  });
  it("goes on behind the part that runs, past skipped ones", () => {
    const parts = [line("a", 1, "current"), line("b", 2, "skipped"), line("c", 3, "done")];
    expect(nextOf(script("a", parts))?.id).toBe("c");
    expect(nextOf(script("c", [line("c", 1, "current")]))).toBeUndefined();
    const between = [line("a", 1, "done"), line("b", 2, "skipped"), line("c", 3, "ahead", 9)];
    expect(nextOf(script(null, between))?.id).toBe("c");
  });
  it("has a part moved by one, not past the ends", () => {
    const parts = [{ id: "a" }, { id: "b" }, { id: "c" }];
    expect(moved(parts, "b", -1)).toEqual(["b", "a", "c"]);
    expect(moved(parts, "b", 1)).toEqual(["a", "c", "b"]);
    expect([moved(parts, "a", -1), moved(parts, "c", 1), moved(parts, "x", 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it("counts down in minutes and seconds", () => {
    expect([0, 1, 59_001, 725_000, 4_000_000].map(countdown)).toEqual(["0:00", "0:01", "1:00", "12:05", "66:40"]);
  });
});
