// Ballots in the browser: what may be given, what is voted on, what results say, and that nothing is called saved that is not.

import { describe, expect, it, vi } from "vitest";
import type { Ballot, Marks, OpenVote, Tally, VotesApi, Way } from "../../src/net/api/votes.ts";
import { ApiProblem } from "../../src/net/http.ts";
import { OwnBallot } from "../../src/session/votes/ballot.svelte.ts";
import { left, less, marked, more } from "../../src/session/votes/marks.ts";
import { linesOf } from "../../src/session/votes/results.ts";
import { itemsIn } from "../../src/session/votes/scope.ts";
import { board } from "../model/peers.ts";

const DOTS: Way = { method: "dots", votes: 3, most: 2 };

describe("giving", () => {
  const after = (way: Way, marks: Marks, ...ids: string[]): Marks => {
    let now = marks;
    for (const id of ids) {
      const next = more(way, now, id);
      if (typeof next !== "string") now = next;
    }
    return now;
  };
  it("stops at the most for one, and when no votes are left", () => {
    const two = after(DOTS, {}, "a", "a");
    expect([two, left(DOTS, two)]).toEqual([{ a: 2 }, 1]);
    expect(more(DOTS, two, "a")).toBe("most");
    const three = after(DOTS, two, "b");
    expect([three, left(DOTS, three)]).toEqual([{ a: 2, b: 1 }, 0]);
    expect(more(DOTS, three, "b")).toBe("noneLeft");
    expect(more(DOTS, three, "c")).toBe("noneLeft");
  });
  it("takes back one at a time, and what is at nothing is not marked", () => {
    expect(less(DOTS, { a: 2 }, "a")).toEqual({ a: 1 });
    expect(less(DOTS, { a: 1, b: 1 }, "a")).toEqual({ b: 1 });
    expect(less(DOTS, { b: 1 }, "a")).toBe("least");
  });
  it("rates from 1 to 5, and says yes and no", () => {
    expect(after({ method: "rating" }, {}, "a", "a", "a", "a", "a", "a")).toEqual({ a: 5 });
    expect(more({ method: "yesNo" }, { a: "no" }, "a")).toEqual({ a: "yes" });
    expect(less({ method: "yesNo" }, {}, "a")).toEqual({ a: "no" });
    expect(marked({ a: "no", b: 2 }, "a", undefined)).toEqual({ b: 2 });
  });
});

function wall() {
  const model = board();
  const ids: Record<string, string> = {};
  const id = (name: string) => ids[name] ?? "";
  model.write((w) => {
    ids["frame"] = w.addItem("frame", { order: "A" }, "Esteet");
    ids["group"] = w.addItem("group", { parent: id("frame"), order: "B" }, "Ryhmä");
    ids["deep"] = w.addItem("obstacle", { parent: id("group"), order: "B" }, "Syvällä");
    ids["first"] = w.addItem("obstacle", { parent: id("frame"), order: "A" }, "Ensin");
    ids["note"] = w.addItem("note", { parent: id("frame"), order: "C" }, "Lappu");
    ids["loose"] = w.addItem("obstacle", { order: "B" }, "Irrallaan");
  });
  const name = (of: string) => Object.entries(ids).find(([, each]) => each === of)?.[0];
  return { model, id, name };
}

it("is about the kinds and the frame that are named, at any depth, in reading order", () => {
  const { model, id, name } = wall();
  const found = (frame: string | null, kinds: readonly string[]) =>
    itemsIn(model.snapshot, { frame, kinds }).map((item) => name(item.id));
  expect(found(null, ["obstacle"])).toEqual(["first", "deep", "loose"]);
  expect(found(id("frame"), ["obstacle"])).toEqual(["first", "deep"]);
  expect(found(id("frame"), [])).toEqual(["first", "deep", "note"]);
  expect(found("r_gone", [])).toEqual([]);
});

describe("a result", () => {
  const dots = (object: string, n: number): Tally => ({ object, count: { dots: n } });
  it("marks the first three, equals alike, and counts what is gone for itself", () => {
    const { model, id, name } = wall();
    const totals = [
      dots("o_gone", 9),
      dots(id("loose"), 1),
      dots(id("deep"), 4),
      dots(id("first"), 4),
      dots(id("note"), 0),
    ];
    const lines = linesOf(totals, model.snapshot).map((line) => [name(line.object), line.rank, line.top]);
    expect(lines).toEqual([
      ["deep", 1, true],
      ["first", 1, true],
      ["loose", 3, true],
      ["note", 4, false],
      [undefined, 0, false],
    ]);
  });
  it("orders ratings by their mean, and yes by what is left after no", () => {
    const { model, id, name } = wall();
    const ordered = (totals: Tally[]) => linesOf(totals, model.snapshot).map((line) => name(line.object));
    const ratings: Tally[] = [
      { object: id("note"), count: { ratings: [0, 0, 9, 0, 0] } },
      { object: id("deep"), count: { ratings: [0, 0, 0, 0, 1] } },
    ];
    expect(ordered(ratings)).toEqual(["deep", "note"]);
    const stances: Tally[] = [
      { object: id("note"), count: { yes: 5, no: 5, abstain: 0 } },
      { object: id("deep"), count: { yes: 1, no: 0, abstain: 9 } },
    ];
    expect(ordered(stances)).toEqual(["deep", "note"]);
  });
});

describe("one's own ballot", () => {
  const vote: OpenVote = {
    id: "vt_1",
    vote: DOTS,
    scope: { frame: null, kinds: [] },
    title: "",
    part: null,
    opened: 1,
  };
  /** A server that answers when it is told to. */
  function server(kept: Ballot = { marks: {}, done: false }) {
    const waiting: { readonly ballot: Ballot; readonly answer: (problem?: ApiProblem) => void }[] = [];
    const cast = (_: string, ballot: Ballot) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ ballot, answer: (problem) => (problem === undefined ? resolve() : reject(problem)) });
      });
    return { api: { ballot: async () => kept, cast } as unknown as VotesApi, waiting };
  }
  const all = () => new Set(["a", "b"]);
  async function opened(kept?: Ballot, inScope: () => ReadonlySet<string> = all) {
    const { api, waiting } = server(kept);
    const ballot = new OwnBallot(vote, api, inScope);
    await vi.waitFor(() => expect(ballot.saving).toBe("saved"));
    return { ballot, waiting };
  }

  it("is what the server has, and saved only when the server says so", async () => {
    const { ballot, waiting } = await opened({ marks: { a: 1 }, done: false });
    expect(ballot.marks).toEqual({ a: 1 });
    ballot.change({ marks: { a: 2 } });
    expect(ballot.saving).toBe("saving");
    ballot.change({ marks: { a: 2, b: 1 } });
    ballot.change({ done: true });
    expect(waiting).toHaveLength(1);
    waiting[0]?.answer();
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(waiting[1]?.ballot).toEqual({ marks: { a: 2, b: 1 }, done: true });
    expect(ballot.saving).toBe("saving");
    waiting[1]?.answer();
    await vi.waitFor(() => expect(ballot.saving).toBe("saved"));
  });
  it("goes back to what the server has when that is not taken", async () => {
    const { ballot, waiting } = await opened({ marks: { a: 1 }, done: false });
    ballot.change({ marks: { a: 2 } });
    waiting[0]?.answer(new ApiProblem("notNow", 409));
    await vi.waitFor(() => expect(ballot.problem).toBe("notNow"));
    expect([ballot.marks, ballot.saving]).toEqual([{ a: 1 }, "saved"]);
  });
  it("is tried again when the server was not reached, with what was changed meanwhile", async () => {
    vi.useFakeTimers();
    try {
      const { ballot, waiting } = await opened();
      ballot.change({ marks: { a: 1 } });
      waiting[0]?.answer(new ApiProblem("offline", 0));
      await vi.waitFor(() => expect(ballot.saving).toBe("waiting"));
      expect(ballot.marks).toEqual({ a: 1 });
      await vi.advanceTimersByTimeAsync(5_000);
      expect(waiting[1]?.ballot.marks).toEqual({ a: 1 });
      waiting[1]?.answer();
      await vi.waitFor(() => expect(ballot.saving).toBe("saved"));
    } finally {
      vi.useRealTimers();
    }
  });
  it("leaves out what was deleted meanwhile", async () => {
    const { ballot, waiting } = await opened({ marks: { a: 1, b: 2 }, done: false }, () => new Set(["b"]));
    ballot.change({ done: true });
    expect(waiting[0]?.ballot).toEqual({ marks: { b: 2 }, done: true });
  });
});
