// The control room: what it makes of what it is told, what it asks of the server, and who was first.

import { expect, it } from "vitest";
import { ApiProblem } from "../../src/net/api.ts";
import type { ControlApi, TeamNow, Told, Wall } from "../../src/net/api/control.ts";
import { folded, watch, type LineState } from "../../src/net/control.ts";
import type { First } from "../../src/net/http.ts";
import { clock, commonPart, crew, leaders, obstacleRows, queue, remaining } from "../../src/pages/control/reading.ts";
import { ControlRoom } from "../../src/pages/control/room.svelte.ts";

const NAMES = { fi: "Osa", sv: "", en: "" };
const WORKSHOP = "wk_1";

function team(id: string, change: Partial<TeamNow> = {}): TeamNow {
  const empty = { made: 0, edits: 0, quiet: false, paused: false, damaged: false };
  const asks = { hands: 0, done: 0, help: [], vote: null };
  const nothing = { unrevealed: null, script: null, timer: null, message: null, content: null, thumbnail: null };
  return {
    team: id,
    name: id,
    challenge: "",
    board: `b_${id}`,
    seq: 4,
    people: [],
    ...empty,
    ...asks,
    ...nothing,
    ...change,
  };
}
const inPart = (id: string): TeamNow["script"] => ({
  workshop: WORKSHOP,
  title: NAMES,
  part: { id, title: NAMES, since: 0, number: 1, of: 3, writing: "open" },
  next: null,
});
const wall = (...teams: readonly TeamNow[]): Wall => ({ now: 1_000, calls: [{ workshop: WORKSHOP, seq: 7 }], teams });

it("takes only what changed", () => {
  const before = wall(team("tm_1", { edits: 3 }), team("tm_2"));
  const after = folded(before, {
    now: 2_000,
    teams: [{ team: "tm_1", edits: 4, timer: { state: "paused", remaining: 5 } }],
  });
  expect(after.now).toBe(2_000);
  expect(after.teams[0]).toEqual(team("tm_1", { edits: 4, timer: { state: "paused", remaining: 5 } }));
  expect(after.teams[1]).toBe(before.teams[1]);
  expect(after.calls).toBe(before.calls);
  expect(folded(before, { now: 3, calls: [], teams: [] }).calls).toEqual([]);
});

it("counts a timer down, never below nothing", () => {
  expect(remaining(null, 5)).toBeUndefined();
  expect(remaining({ state: "running", deadline: 61_000 }, 1_000)).toBe(60_000);
  expect(remaining({ state: "running", deadline: 1 }, 1_000)).toBe(0);
  expect(remaining({ state: "paused", remaining: 7 }, 1_000)).toBe(7);
  expect([0, 1, 59_001, 60_000, 3_599_999, 3_661_000].map(clock)).toEqual([
    "0:00",
    "0:01",
    "1:00",
    "1:00",
    "1:00:00",
    "1:01:01",
  ]);
});

it("tells a team's own people from those who run the workshop", () => {
  const person = (name: string, role: "participant" | "facilitator" | "observer", here: boolean) => ({
    person: name,
    name,
    role,
    here,
    left: null,
  });
  const people = [
    person("A", "participant", true),
    person("B", "participant", false),
    person("F", "facilitator", true),
    person("O", "observer", true),
  ];
  const one = team("tm_1", { people });
  expect([crew(one).here, crew(one).away, leaders(one)].map((all) => all.map(({ name }) => name))).toEqual([
    ["A"],
    ["B"],
    ["F"],
  ]);
});

it("puts who waits longest first, and those to whom somebody comes last", () => {
  const help = (person: string, at: number, coming: string | null = null) => ({
    person,
    name: person,
    at,
    text: "",
    coming,
    comingBy: coming === null ? null : `p_${coming}`,
  });
  const teams = [
    team("1", { help: [help("a", 5), help("b", 1, "Fanni")] }),
    team("2", { help: [help("c", 3)] }),
    team("3"),
  ];
  expect(queue(teams).map(({ help: { person } }) => person)).toEqual(["c", "a", "b"]);
});

it("adds obstacles up over teams, the most first", () => {
  const content = (types: Record<string, number>) => ({ items: 9, obstacles: 9, types });
  const teams = [
    team("1", { content: content({ culture: 1, funding: 2 }) }),
    team("2"),
    team("3", { content: content({ culture: 4 }) }),
  ];
  expect(obstacleRows(teams)).toEqual([
    { type: "culture", counts: [1, 0, 4], total: 5 },
    { type: "funding", counts: [2, 0, 0], total: 2 },
  ]);
});

it("says in which part all are, if they are", () => {
  const at = (part: string) => team(part, { script: inPart(part) });
  expect(commonPart([at("pt_1"), at("pt_1")])?.id).toBe("pt_1");
  expect(commonPart([at("pt_1"), at("pt_2")])).toBeUndefined();
  expect(commonPart([at("pt_1"), team("x")])).toBeUndefined();
  expect(commonPart([team("x")])).toBeUndefined();
});

/** A server that answers each command as it is told to. */
function server(answers: readonly (number | First | ApiProblem)[]) {
  const asked: { at: string; told: Told }[] = [];
  const left = [...answers];
  const answer = async (at: string, told: Told): Promise<number> => {
    asked.push({ at, told });
    const next = left.shift() ?? 0;
    if (typeof next === "number") return next;
    throw next instanceof ApiProblem ? next : new ApiProblem("conflict", 409, "", next);
  };
  const control: ControlApi = {
    thumbnail: (id, tag) => `${id}?${tag}`,
    feed: () => "/feed",
    look: () => Promise.resolve(wall()),
    workshops: () => Promise.resolve([{ id: WORKSHOP, title: NAMES }]),
    call: async (workshop, told) => {
      const seq = await answer(workshop, told);
      return { seq, boards: [{ team: "tm_1", seq: 20 }] };
    },
  };
  const me = { person: "p_me", name: "Fanni", language: "fi" as const, serverOwner: false };
  const api = {
    control: () => control,
    me: () => Promise.resolve(me),
    command: async (board: string, told: Told) => ({ seq: await answer(board, told) }),
  };
  return { api, asked };
}
const first = (by: string, what: string, seq: number): First => ({ seq, by, byName: "Kalle", what });
const more = { type: "addMinutes", minutes: 2 } as const;

/** A room that was told of two teams, by a feed of the test's own. */
async function opened(answers: readonly (number | First | ApiProblem)[]) {
  const { api, asked } = server(answers);
  const room = new ControlRoom("ws_1", api);
  const heard = new Map<string, (event: Event) => void>();
  class Source {
    readonly readyState = 1;
    addEventListener(name: string, hear: (event: Event) => void): void {
      heard.set(name, hear);
    }
    close(): void {}
  }
  const before = globalThis.EventSource;
  globalThis.EventSource = Source as unknown as typeof EventSource;
  const close = room.open();
  globalThis.EventSource = before;
  await Promise.resolve();
  const one = team("tm_1", { script: inPart("pt_1") });
  heard.get("whole")?.(new MessageEvent("whole", { data: JSON.stringify(wall(one, team("tm_2"))) }));
  close();
  return { room, asked, one };
}

it("expects what it has seen, and then what its own command made", async () => {
  const { room, asked, one } = await opened([9, 10, 30, 31]);
  expect(await room.tell(one, more)).toEqual({ kind: "done" });
  expect(await room.tell(one, more)).toEqual({ kind: "done" });
  expect(await room.tell("all", { type: "nextPart" })).toEqual({ kind: "done" });
  // The answer to the call said where the board stands then.
  expect(await room.tell(one, { type: "pause" })).toEqual({ kind: "done" });
  expect(asked.map(({ at, told }) => [at, told.expected])).toEqual([
    ["b_tm_1", 4],
    ["b_tm_1", 9],
    [WORKSHOP, 7],
    ["b_tm_1", 20],
  ]);
});

it("says who was first, and does not try again over them", async () => {
  const kalle = first("p_kalle", "partStarted", 12);
  const { room, asked, one } = await opened([kalle]);
  expect(await room.tell(one, { type: "nextPart" })).toEqual({ kind: "first", first: kalle });
  expect(asked).toHaveLength(1);
});

it("takes nobody's hand for being first, nor one's own press but for another part", async () => {
  const { room, asked, one } = await opened([first("p_aino", "handRaised", 12), first("p_me", "timerSet", 13), 14]);
  expect(await room.tell(one, more)).toEqual({ kind: "done" });
  expect(asked.map(({ told }) => told.expected)).toEqual([4, 12, 13]);
  const own = first("p_me", "partStarted", 15);
  const again = await opened([own]);
  expect(await again.room.tell(again.one, { type: "nextPart" })).toEqual({ kind: "first", first: own });
});

it("says what it was told to whatever was said meanwhile, and tells other problems", async () => {
  const { room, asked, one } = await opened([5, new ApiProblem("storage", 503)]);
  expect(await room.tell(one, { type: "say", text: "Hei" })).toEqual({ kind: "done" });
  expect(asked[0]?.told).toEqual({ type: "say", text: "Hei" });
  expect(await room.tell(one, more)).toEqual({ kind: "problem", code: "storage" });
});

it("does not do the same twice at once", async () => {
  const { room, asked, one } = await opened([9]);
  const pressed = room.tell(one, { type: "nextPart" });
  expect(room.isBusy(one, "nextPart")).toBe(true);
  expect(await room.tell(one, { type: "nextPart" })).toBeUndefined();
  expect(await pressed).toEqual({ kind: "done" });
  expect([asked.length, room.isBusy(one, "nextPart")]).toEqual([1, false]);
});

/** A line whose sources, waits and answers are the test's. */
function line(look: () => Promise<Wall>) {
  const sources: { hear: Map<string, (event: Event) => void>; closed: boolean }[] = [];
  const waits: { run: () => void; after: number }[] = [];
  const states: LineState[] = [];
  const seen: Wall[] = [];
  const ended: string[] = [];
  const make = () => {
    const own = { hear: new Map<string, (event: Event) => void>(), closed: false };
    sources.push(own);
    return {
      readyState: 1 as const,
      addEventListener: (name: string, hear: (event: Event) => void) => void own.hear.set(name, hear),
      close: () => void (own.closed = true),
    } as unknown as EventSource;
  };
  const api = { feed: () => "/feed", look } as unknown as ControlApi;
  const hears = {
    wall: (each: Wall) => seen.push(each),
    state: (each: LineState) => states.push(each),
    ended: (code: string) => ended.push(code),
  };
  const stop = watch(api, hears, make, (run, after) => waits.push({ run, after }));
  const say = (at: number, name: string, data: unknown) =>
    sources[at]?.hear.get(name)?.(new MessageEvent(name, { data: JSON.stringify(data) }));
  const fail = async (at: number) => {
    sources[at]?.hear.get("error")?.(new Event("error"));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { sources, waits, states, seen, ended, stop, say, fail };
}

it("comes back by itself, later each time, and begins anew", async () => {
  const it = line(() => Promise.resolve(wall()));
  it.say(0, "whole", wall(team("tm_1")));
  it.say(0, "changes", { now: 2_000, teams: [{ team: "tm_1", edits: 1 }] });
  expect(it.seen.at(-1)?.teams[0]?.edits).toBe(1);
  await it.fail(0);
  it.waits[0]?.run();
  // What belongs to the old line, or comes before the new one has said everything, is not taken.
  it.say(0, "changes", { now: 3_000, teams: [] });
  it.say(1, "changes", { now: 3_000, teams: [] });
  expect(it.seen).toHaveLength(2);
  await it.fail(1);
  it.waits[1]?.run();
  it.say(2, "whole", wall(team("tm_1"), team("tm_2")));
  expect(it.waits.map(({ after }) => after)).toEqual([1_000, 2_000]);
  expect([it.seen.at(-1)?.teams.length, it.states.at(-1)]).toEqual([2, "open"]);
  await it.fail(2);
  expect(it.waits.at(-1)?.after).toBe(1_000);
  expect(it.sources.map(({ closed }) => closed)).toEqual([true, true, true]);
});

it("ends when there is no right any more, and not for a server that is away", async () => {
  const gone = line(() => Promise.reject(new ApiProblem("notFound", 404)));
  await gone.fail(0);
  expect([gone.ended, gone.waits]).toEqual([["notFound"], []]);
  for (const problem of [
    new ApiProblem("offline", 0),
    new ApiProblem("unavailable", 503),
    new ApiProblem("tooMany", 429),
  ]) {
    const away = line(() => Promise.reject(problem));
    await away.fail(0);
    expect([away.ended, away.waits.length, away.states.at(-1)]).toEqual([[], 1, "broken"]);
  }
});

it("stops when it is told to", async () => {
  const it = line(() => Promise.resolve(wall()));
  it.stop();
  await it.fail(0);
  expect([it.waits, it.ended, it.sources[0]?.closed]).toEqual([[], [], true]);
});
