// What others do is told in one sentence now and then: near always, far if wanted, never while one types.

import { beforeAll, describe, expect, it } from "vitest";
import { language } from "../../src/i18n/language.svelte.ts";
import type { ChangeSet } from "../../src/model/types.ts";
import { CALM, FAR, NEAR, Others, TYPING } from "../../src/pages/board/others.ts";
import type { Announcements } from "../../src/ui/announcements.svelte.ts";
import { board } from "../model/peers.ts";

beforeAll(() => {
  globalThis.document ??= { documentElement: { lang: "" } } as Document;
  language.choose("en");
});

function stage(chosen: Announcements) {
  const model = board();
  const ids = { kela: "", town: "", here: "", there: "" };
  model.write((w) => {
    ids.kela = w.addItem("lane", {}, "Kela");
    ids.town = w.addItem("lane", {}, "Kunta");
    ids.here = w.addItem("step", { parent: ids.kela }, "Täällä");
    ids.there = w.addItem("step", { parent: ids.town }, "Tuolla");
  });
  const heard: string[] = [];
  const waiting: { after: number; run: () => void }[] = [];
  const state = { typing: false };
  const others = new Others({
    chosen: () => chosen,
    at: () => ids.here,
    isTyping: () => state.typing,
    say: (sentence) => heard.push(sentence),
    later(run, after) {
      const entry = { after, run };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
  });
  const remote = (change: ChangeSet) => others.take({ ...change, local: false });
  model.subscribe(remote);
  const pass = () => {
    const now = waiting.splice(0);
    for (const each of now) each.run();
    return now.map((each) => each.after);
  };
  return { model, ids, heard, pass, state, others, waiting };
}

describe("others", () => {
  it("calm: the area where one works, gathered into one sentence; elsewhere nothing", () => {
    const { model, ids, heard, pass } = stage("calm");
    model.write((w) => w.addItem("note", { parent: ids.kela }, "Uusi"));
    model.write((w) => w.addItem("note", { parent: ids.kela }, "Uusi"));
    model.write((w) => w.set(ids.here, { system: "X" }));
    model.write((w) => w.set(ids.there, { system: "X" }));
    expect(pass()).toEqual([CALM]);
    expect(heard).toEqual(["Changes by others: Kela: 2 new, one changed."]);
    expect(pass()).toEqual([]);
  });
  it("all: near soon, far later", () => {
    const { model, ids, heard, pass } = stage("all");
    model.write((w) => w.set(ids.here, { system: "X" }));
    model.write((w) => w.remove(ids.there));
    expect(pass().toSorted()).toEqual([NEAR, FAR].toSorted());
    expect(heard).toEqual(["Changes by others: Kela: one changed.", "Changes by others: Kunta: one deleted."]);
  });
  it("only own: nothing", () => {
    const { model, ids, pass } = stage("own");
    model.write((w) => w.set(ids.here, { system: "X" }));
    expect(pass()).toEqual([]);
  });
  it("waits while one types, and ends with the page", () => {
    const { model, ids, heard, pass, state, others, waiting } = stage("calm");
    state.typing = true;
    model.write((w) => w.set(ids.here, { system: "X" }));
    expect(pass()).toEqual([CALM]);
    expect(heard).toEqual([]);
    state.typing = false;
    expect(pass()).toEqual([TYPING]);
    expect(heard).toHaveLength(1);
    model.write((w) => w.set(ids.here, { system: "Y" }));
    others.close();
    expect(waiting).toEqual([]);
  });
  it("one's own changes are not others'", () => {
    const { others, model, ids, waiting } = stage("all");
    const changes: ChangeSet[] = [];
    model.subscribe((change) => changes.push(change));
    model.write((w) => w.set(ids.here, { system: "X" }));
    waiting.length = 0;
    others.close();
    for (const change of changes) others.take({ ...change, local: true });
    expect(waiting).toEqual([]);
  });
});
