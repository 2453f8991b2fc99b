// Finding: letters whatever their accents, the list of actions, the search, and links to a place. Knows no dialogs.

import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { t } from "../../src/i18n/language.svelte.ts";
import { LIVE_OBJECTS } from "../../src/model/schema.ts";
import { arrows, candidates, matching, matchingArrows } from "../../src/pages/board/ask.ts";
import { fits, plain } from "../../src/pages/board/fuzzy.ts";
import { learnt } from "../../src/pages/board/guide.ts";
import { linkedIn } from "../../src/pages/board/linked.ts";
import { filtered, paletteEntries } from "../../src/pages/board/palette.ts";
import { byArea, search } from "../../src/pages/board/search.ts";
import { bench } from "../commands/bench.ts";

describe("letters", () => {
  it("å, ä and ö are found by a and o, and by themselves in any form", () => {
    expect(plain("Työvaihe PÅ Ängö")).toBe("tyovaihe pa ango");
    for (const typed of ["tyovaihe", "TYÖVAIHE", "työvaihe", "lisaa tyo", "tyo lisaa"]) {
      expect([typed, fits("Lisää työvaihe", typed)]).toEqual([typed, expect.any(Number)]);
    }
    expect(fits("Lisää työvaihe", "este")).toBeUndefined();
  });

  it("the beginning fits better than a later word, a word better than scattered letters", () => {
    const scores = ["Ryhmittele", "Pura ryhmä", "Siirrä ryhmittäin", "Räyhää matkalla"].map(
      (text) => fits(text, "ryhm") ?? 0,
    );
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 0);
    expect(scores[1]).toBeGreaterThan(scores[3] ?? 0);
    expect(fits("Ryhmittele", "rytl")).toBeDefined();
    expect(fits("Ryhmittele", "z")).toBeUndefined();
    expect(fits("anything", "")).toBe(0);
  });
});

describe("the list of actions", () => {
  const entries = (b: ReturnType<typeof bench>) =>
    paletteEntries(
      commands,
      (id) => t(`command.${id}`),
      (id) => b.can(id),
    );

  it("lists what can run first, with keys, and the reason of what cannot", () => {
    const b = bench();
    const all = filtered(entries(b), "");
    const firstNot = all.findIndex((entry) => !entry.permission.ok);
    expect(firstNot).toBeGreaterThan(10);
    expect(all.slice(firstNot).every((entry) => !entry.permission.ok)).toBe(true);
    expect(all.find((entry) => entry.id === "note.create")).toMatchObject({ keys: "N", permission: { ok: true } });
    expect(all.find((entry) => entry.id === "item.group")).toMatchObject({
      permission: { ok: false, why: "nothingSelected" },
    });
    expect(all.map((entry) => entry.id)).not.toContain("item.move");
  });

  it("every listed command that says it can run does something when run by its name alone", async () => {
    for (const { id } of commands.all) {
      const b = bench();
      const [one, two] = [b.add("step", [0, 0]), b.add("step", [400, 0])];
      b.state.selection = [one, two];
      const listed = entries(b).find((entry) => entry.id === id);
      if (listed?.permission.ok !== true) continue;
      const before = b.model.snapshot;
      const answer = await b.run(id);
      expect([id, answer]).toEqual([id, { ok: true }]);
      expect([id, b.told.length > 0 || b.asked.length > 0 || b.model.snapshot !== before]).toEqual([id, true]);
    }
  });

  it("finds by a few letters", () => {
    const b = bench();
    expect(filtered(entries(b), "tyovai")[0]?.id).toBe("step.create");
    expect(filtered(entries(b), "kumoa").map((entry) => entry.id)).toContain("history.undo");
    expect(filtered(entries(b), "qqqq")).toEqual([]);
  });
});

describe("the search", () => {
  function board() {
    const b = bench();
    const frame = b.add("frame", [0, 0], {}, "Nykytila");
    const lane = b.add("lane", [0, 100], { parent: frame, org: "Kansaneläkelaitos" }, "Kela");
    b.add("step", [200, 10], { parent: lane, system: "Oiwa" }, "Käsittele hakemus");
    b.add("note", [0, 2000], {}, "hakemus puuttuu");
    b.add("note", [0, 2200], {}, "muu");
    return b;
  }
  const texts = (found: ReturnType<typeof search>) => found.hits.map((item) => item.text);

  it("finds words in texts and fields, in reading order, and counts the kinds", () => {
    const { snapshot } = board().model;
    const found = search(snapshot, "HAKEMUS", new Set());
    expect(texts(found)).toEqual(["Käsittele hakemus", "hakemus puuttuu"]);
    expect([...found.counts]).toEqual([
      ["note", 1],
      ["lane", 0],
      ["step", 1],
      ["frame", 0],
    ]);
    expect(texts(search(snapshot, "oiwa", new Set()))).toEqual(["Käsittele hakemus"]);
    expect(texts(search(snapshot, "kansanelakelaitos", new Set()))).toEqual(["Kela"]);
    expect(texts(search(snapshot, "kasittele hak", new Set()))).toEqual(["Käsittele hakemus"]);
    expect(texts(search(snapshot, "hakemus muu", new Set()))).toEqual([]);
  });

  it("only these kinds; without words all of them, without both nothing", () => {
    const { snapshot } = board().model;
    expect(texts(search(snapshot, "hakemus", new Set(["note"])))).toEqual(["hakemus puuttuu"]);
    expect(texts(search(snapshot, "", new Set(["note", "lane"])))).toEqual(["Kela", "hakemus puuttuu", "muu"]);
    const none = search(snapshot, "  ", new Set());
    expect([none.hits.length, none.counts.get("note")]).toEqual([0, 2]);
  });

  it("groups what it found by the outermost area", () => {
    const { snapshot } = board().model;
    const areas = byArea(snapshot, search(snapshot, "hakemus", new Set()).hits);
    expect(areas.map(({ area, hits }) => [area?.text, hits.length])).toEqual([
      ["Nykytila", 1],
      [undefined, 1],
    ]);
  });

  it("goes over a full board", () => {
    const b = bench();
    b.model.write((writer) => {
      for (let i = 0; i < LIVE_OBJECTS; i++) writer.addItem("note", { at: [i, 0] }, `asia ${i}`);
    });
    expect(search(b.model.snapshot, "asia 1999", new Set()).hits.length).toBe(12);
    expect(search(b.model.snapshot, "asia", new Set()).hits.length).toBe(LIVE_OBJECTS);
  }, 60_000);
});

describe("what a question offers", () => {
  it("containers that take all of what is moved; steps and arrows to pin to; anything but areas to relate to", () => {
    const b = bench();
    const frame = b.add("frame", [0, 0], {}, "F");
    const lane = b.add("lane", [0, 0], { parent: frame }, "L");
    const group = b.add("group", [0, 0], { parent: frame }, "G");
    const step = b.add("step", [0, 0], { parent: lane }, "Äiti hakee");
    const other = b.add("step", [500, 0], {}, "Kela");
    const note = b.add("note", [0, 0], {}, "N");
    b.model.write((writer) => writer.setText(writer.addLink("sequence", step, other), "kyllä"));
    const { snapshot } = b.model;
    const offered = (id: Parameters<typeof candidates>[1], ids: string[]) =>
      candidates(snapshot, id, ids).map((item) => item.text);
    expect(offered("item.parent", [note])).toEqual(["F", "L", "G"]);
    expect(offered("item.parent", [note, group])).toEqual(["F", "L"]);
    expect(offered("item.parent", [lane])).toEqual(["F"]);
    expect(offered("connect.pin", [note])).toEqual(["Äiti hakee", "Kela"]);
    expect(offered("connect.relate", [note])).toEqual(["L", "Äiti hakee", "Kela"]);
    expect(offered("connect.arrow", [note])).toEqual(["Äiti hakee", "Kela"]);
    expect(arrows(snapshot, "connect.pin", [note]).length).toBe(1);
    expect(arrows(snapshot, "connect.pin", [step])).toEqual([]);
    expect(arrows(snapshot, "connect.arrow", [note])).toEqual([]);
    expect(matching(snapshot, candidates(snapshot, "connect.pin", [note]), "aiti").length).toBe(1);
    expect(matchingArrows(snapshot, arrows(snapshot, "connect.pin", [note]), "aiti kyll").length).toBe(1);
    expect(matchingArrows(snapshot, arrows(snapshot, "connect.pin", [note]), "ei")).toEqual([]);
  });
});

describe("links to here", () => {
  const id = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";

  it("of a view and of an object come back as they went", async () => {
    const b = bench();
    const note = b.add("note");
    await b.run("share.object", { id: note });
    expect(b.state.clipboard?.text).toBe(`https://example.test/board/b_1#object=${note}`);
    expect(linkedIn(new URL(b.state.clipboard?.text ?? "").hash)).toEqual({ object: note });
    expect(b.can("share.view")).toEqual({ ok: false, why: "notHere" });
    const context = b.context();
    const view = {
      ...context.view,
      viewport: () => ({ at: [-120.4, 8_000.6] as const, size: [10, 10] as const, zoom: 0.333 }),
    };
    await commands.run("share.view", { ...context, view });
    expect(linkedIn(new URL(b.state.clipboard?.text ?? "").hash)).toEqual({ at: [-120, 8_001], zoom: 0.33 });
    b.state.clipboardBlocked = true;
    await b.run("share.object", { id: note });
    expect(b.said().at(-1)).toBe("said.clipboardBlocked");
  });

  it("what somebody made up asks for nothing", () => {
    for (const bad of [
      "",
      "#",
      "#join=abcdefgh",
      "#object=",
      "#object=x",
      `#object=${id}x`,
      "#view=1,2",
      "#view=1,2,x",
      "#view=99999999,0,1",
    ]) {
      expect([bad, linkedIn(bad)]).toEqual([bad, undefined]);
    }
    expect(linkedIn("#view=1000000,-1000000,99")).toEqual({ at: [1_000_000, -1_000_000], zoom: 4 });
    expect(linkedIn("#view=1000001,0,1")).toBeUndefined();
    expect(linkedIn("#view=0,0,0")).toEqual({ at: [0, 0], zoom: 0.05 });
    expect(linkedIn(`#object=${id}`)).toEqual({ object: id });
  });
});

it("the guide knows how far one has come", async () => {
  const b = bench();
  expect([...learnt(b.model.snapshot)]).toEqual([]);
  const [note, step] = [b.add("note"), b.add("step")];
  expect([...learnt(b.model.snapshot)]).toEqual(["note", "step"]);
  await b.run("connect.relate", { from: note, to: step });
  expect(learnt(b.model.snapshot).has("arrow")).toBe(false);
  await b.run("connect.arrow", { from: note, to: step });
  expect(learnt(b.model.snapshot).has("arrow")).toBe(true);
});
