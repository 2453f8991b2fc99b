// What is heard of hands, help and leading; whose view one follows; what a place is called; when there is a lobby.

import { describe, expect, it } from "vitest";
import { CALM, readAttention, type Attention } from "../../src/net/attention.ts";
import type { Presence, SessionState } from "../../src/net/types.ts";
import { dayIn, meetingToday, type Meeting } from "../../src/pages/lobby/meeting.ts";
import { Follow } from "../../src/session/attention/follow.svelte.ts";
import { newsOf } from "../../src/session/attention/news.ts";
import { containerAt, meant } from "../../src/session/attention/place.ts";
import { bench } from "../commands/bench.ts";

const names: Readonly<Record<string, string>> = { p_1: "Aino", p_2: "Bengt", p_8: "Fanni", p_9: "Maija" };
const me = (person: string, facilitates = false, followed?: string) => ({
  person,
  facilitates,
  followed,
  nameOf: (id: string) => names[id] ?? "",
});
const told = (before: Attention, after: Attention, who = me("p_1")) =>
  newsOf(before, after, who).map(({ key, values }) => [key, values.name]);
const help = (person: string, coming: string | null = null) => ({ person, at: 0, coming });

describe("the session's attention", () => {
  it("is read with the server's clock taken to this device's, and nothing breaks on nonsense", () => {
    const said = {
      attention: {
        now: 5_000,
        help: [{ person: "p_1", at: 3_000, coming: null, text: "Ääni" }],
        hands: [{ person: "p_2" }],
      },
      script: { workshop: "wk_1", ended: null, part: { part: "pt_1", since: 0 } },
    };
    const read = readAttention(said, 105_000);
    expect(read.help).toEqual([{ person: "p_1", at: 103_000, coming: null, text: "Ääni" }]);
    expect([read.hands, read.part, read.workshop]).toEqual([["p_2"], "pt_1", "wk_1"]);
    expect(readAttention({ ...said, script: { ...said.script, ended: 7 } }, 0).part).toBeNull();
    for (const odd of [undefined, null, 7, {}, { attention: { help: 7, hands: [null], lead: "x" } }]) {
      expect(readAttention(odd, 0).lead).toBeNull();
    }
  });
});

describe("news", () => {
  it("facilitators hear of hands and requests, once each; others of neither", () => {
    const after = { ...CALM, hands: ["p_1", "p_2"], help: [help("p_2")] };
    const before = { ...CALM, hands: ["p_1"] };
    expect(told(before, after, me("p_8", true))).toEqual([
      ["news.hand", "Bengt"],
      ["news.help", "Bengt"],
    ]);
    expect(told(after, after, me("p_8", true))).toEqual([]);
    expect(told(before, after)).toEqual([]);
  });
  it("who asked hears who comes, that they cannot, and that it is closed", () => {
    const [asked, comes] = [
      { ...CALM, help: [help("p_1")] },
      { ...CALM, help: [help("p_1", "p_8")] },
    ];
    expect(told(asked, comes)).toEqual([["attention.coming", "Fanni"]]);
    expect(told(comes, asked)).toEqual([["news.released", "Fanni"]]);
    expect(told(comes, CALM)).toEqual([["news.closed", "Fanni"]]);
    // Taken back by themselves: they have just heard that.
    expect(told(asked, CALM)).toEqual([]);
    expect(told(asked, comes, me("p_2"))).toEqual([]);
  });
  it("everybody but who leads hears of an offer and of control, and who followed that it is over", () => {
    const [offer, control] = [false, true].map((held) => ({ ...CALM, lead: { by: "p_8", at: 1, control: held } }));
    if (offer === undefined || control === undefined) throw new Error("two leads");
    expect(told(CALM, offer)).toEqual([["attention.offer", "Fanni"]]);
    expect(told(offer, control)).toEqual([["attention.led", "Fanni"]]);
    expect(told(CALM, control, me("p_8", true))).toEqual([]);
    expect(told(control, CALM, me("p_1", false, "p_8"))).toEqual([["news.free", "Fanni"]]);
    expect(told(offer, CALM)).toEqual([]);
  });
});

describe("following", () => {
  const presence = (id: string, more: Partial<Presence> = {}): Presence => ({
    client: 1,
    user: { id, name: names[id] ?? "", role: "facilitator", color: "#000" },
    ...more,
  });
  const around = (attention: Partial<Attention>, others: readonly Presence[] = []) => ({
    person: "p_1",
    session: { attention: { ...CALM, ...attention } } as SessionState,
    others,
  });
  it("an offer moves nobody; control moves everybody until they say no, and that holds for this lead only", () => {
    const now = around({ lead: { by: "p_8", at: 1, control: false } });
    const follow = new Follow(now);
    expect(follow.who).toBeUndefined();
    now.session = { attention: { ...CALM, lead: { by: "p_8", at: 2, control: true } } } as SessionState;
    expect([follow.who, follow.isLed]).toEqual(["p_8", true]);
    follow.stop();
    expect([follow.who, follow.isLed, follow.isRefused]).toEqual([undefined, false, true]);
    follow.start("p_8");
    expect(follow.who).toBe("p_8");
    follow.stop();
    now.session = { attention: { ...CALM, lead: { by: "p_9", at: 3, control: true } } } as SessionState;
    expect(follow.who).toBe("p_9");
  });
  it("one's own lead moves oneself nowhere", () => {
    expect(new Follow(around({ lead: { by: "p_1", at: 1, control: true } })).who).toBeUndefined();
  });
  it("whoever followed an offer follows nobody when it is over", () => {
    const follow = new Follow(around({ lead: { by: "p_8", at: 1, control: false } }));
    follow.start("p_8");
    follow.ended({ by: "p_8", at: 1, control: false });
    expect(follow.who).toBeUndefined();
    follow.start("p_2");
    follow.ended({ by: "p_8", at: 1, control: false });
    expect(follow.who).toBe("p_2");
  });
  it("takes what is seen from the tab that looks at a canvas, and counts each follower once", () => {
    const others = [
      presence("p_8"),
      presence("p_8", { client: 2, looking: [0, 0, 10, 10] }),
      presence("p_2", { client: 3, following: "p_1" }),
      presence("p_2", { client: 4, following: "p_1" }),
      presence("p_9", { client: 5, following: "p_8" }),
    ];
    const follow = new Follow(around({}, others));
    follow.start("p_8");
    expect([follow.seen, follow.followers]).toEqual([[0, 0, 10, 10], 1]);
  });
});

describe("places", () => {
  it("a part of the board is called after the container that fills most of it", () => {
    const b = bench();
    const frame = b.add("frame", [0, 0], { size: [1_000, 800] }, "Ratkaisut");
    const lane = b.add("lane", [2_000, 0], { size: [1_000, 200] }, "Kela");
    b.add("note", [5_000, 0], {}, "Yksin");
    const { snapshot } = b.model;
    expect(containerAt(snapshot, { x: 600, y: 100, w: 1_500, h: 400 })?.id).toBe(frame);
    expect(containerAt(snapshot, { x: 1_900, y: 0, w: 800, h: 400 })?.id).toBe(lane);
    expect(containerAt(snapshot, { x: 5_000, y: 0, w: 100, h: 100 })).toBeUndefined();
    expect(meant(snapshot, { frame })).toBe(frame);
    expect(meant(snapshot, { frame: "r_gone" })).toBeUndefined();
    expect(meant(snapshot, { rect: [0, 0, 900, 700] })).toBe(frame);
  });
});

describe("the lobby", () => {
  const meeting = (id: string, date: string | null, zone = "Europe/Helsinki"): Meeting => ({
    id,
    title: { fi: id, sv: "", en: "" },
    date,
    begins: "09:00",
    zone,
  });
  const morning = new Date("2026-11-24T06:45:00Z");
  it("is there on the day of a workshop, until that has begun on the board", () => {
    const all = [meeting("wk_1", "2026-09-23"), meeting("wk_2", "2026-11-24"), meeting("wk_3", null)];
    expect(meetingToday(all, null, morning)?.id).toBe("wk_2");
    expect(meetingToday(all, "wk_1", morning)?.id).toBe("wk_2");
    expect(meetingToday(all, "wk_2", morning)).toBeUndefined();
    expect(meetingToday(all, null, new Date("2026-11-23T12:00:00Z"))).toBeUndefined();
    expect(meetingToday([], null, morning)).toBeUndefined();
  });
  it("has its day in its own zone, and in the browser's where there is no such zone", () => {
    const late = new Date("2026-11-23T22:30:00Z");
    expect([dayIn("Europe/Helsinki", late), dayIn("UTC", late)]).toEqual(["2026-11-24", "2026-11-23"]);
    expect(dayIn("No/Where", late)).toMatch(/^2026-11-2[34]$/);
  });
});
