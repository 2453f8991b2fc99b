// Of two who press at once one wins; a press that others' deeds do not touch is made again.

import { expect, it } from "vitest";
import { ApiProblem, type First } from "../../src/net/http.ts";
import { readFacilitated } from "../../src/net/script.ts";
import { press, type Side } from "../../src/session/script/pressing.ts";

const state = (seq: number, part: string, text = "", at = 0) => ({
  ...readFacilitated(
    seq,
    {
      script: { workshop: "wk_1", ended: null, part: { part, since: 1 }, parts: [{ id: part, progress: "current" }] },
      message: text === "" ? null : { text, at, by: "p_1" },
    },
    0,
  ),
  paused: false,
});
const late = (seq: number, what: string): ApiProblem => {
  const first: First = { seq, by: "p_2", byName: "Maija", what };
  return new ApiProblem("conflict", 409, "", first);
};

/** A board on which something happened that was not seen yet. */
function side(seen: ReturnType<typeof state>, then: readonly ReturnType<typeof state>[], whats: readonly string[]) {
  const sent: object[] = [];
  const news = [...then];
  let now = seen;
  const door: Side = {
    seen: () => now,
    send(body) {
      sent.push(body);
      const [next] = news;
      return next === undefined
        ? Promise.resolve()
        : Promise.reject(late(next.seq, whats[then.length - news.length] ?? ""));
    },
    until(seq) {
      now = news.shift() ?? now;
      expect(now.seq).toBe(seq);
      return Promise.resolve();
    },
  };
  return { door, sent };
}

it("is made when nothing came between", async () => {
  const { door, sent } = side(state(4, "pt_1"), [], []);
  await press(door, { type: "nextPart" });
  expect(sent).toEqual([{ type: "nextPart", expected: 4 }]);
});

it("is not made when somebody else did the like, and says who", async () => {
  const { door, sent } = side(state(4, "pt_1"), [state(5, "pt_2")], ["partStarted"]);
  await expect(press(door, { type: "nextPart" })).rejects.toMatchObject({
    first: { byName: "Maija", what: "partStarted" },
  });
  expect(sent).toHaveLength(1);
});

it("is made again when what came between does not touch it, and gives up in the end", async () => {
  const { door, sent } = side(
    state(4, "pt_1"),
    [state(5, "pt_1", "Hei", 1), state(6, "pt_1", "Hei taas", 2)],
    ["said", "said"],
  );
  await press(door, { type: "nextPart" });
  expect(sent).toEqual([4, 5, 6].map((expected) => ({ type: "nextPart", expected })));
  const said = side(state(4, "pt_1"), [state(5, "pt_1", "Hei", 1)], ["said"]);
  await expect(press(said.door, { type: "say", text: "Moi" })).rejects.toMatchObject({ first: { what: "said" } });
  const endless = side(
    state(4, "pt_1"),
    [5, 6, 7, 8, 9].map((seq) => state(seq, "pt_1", "Hei", seq)),
    [],
  );
  await expect(press(endless.door, { type: "nextPart" })).rejects.toBeInstanceOf(ApiProblem);
  expect(endless.sent).toHaveLength(4);
});

it("does not hide another problem", async () => {
  const door: Side = {
    seen: () => state(1, "pt_1"),
    send: () => Promise.reject(new ApiProblem("offline", 0)),
    until: () => Promise.resolve(),
  };
  await expect(press(door, { type: "nextPart" })).rejects.toMatchObject({ code: "offline" });
});
