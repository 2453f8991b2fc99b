// Whatever is done is said, once, in a sentence of every language that names the thing. Knows no views.

import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { scriptCommands } from "../../src/commands/script.ts";
import { COMMAND_IDS, type CommandId } from "../../src/commands/words.ts";
import { language, LANGUAGES } from "../../src/i18n/language.svelte.ts";
import { said } from "../../src/session/said.ts";
import { bench } from "./bench.ts";

beforeAll(() => {
  globalThis.document ??= { documentElement: { lang: "" } } as Document;
});

/** A board with one of everything that commands work on. */
function everything() {
  const b = bench();
  const lane = b.add("lane", [0, 0], { size: [1200, 200] }, "Kela");
  const step = b.add("step", [20, 20], { parent: lane, order: "B" }, "Hakemus");
  const second = b.add("step", [300, 20], { parent: lane, order: "C" }, "Ratkaisu");
  const third = b.add("step", [600, 20], { parent: lane, order: "D" }, "Tieto");
  const note = b.add("note", [0, 500], {}, "Lappu");
  const beside = b.add("note", [10, 510], { layer: 1 }, "Toinen");
  const obstacle = b.add("obstacle", [0, 800], {}, "Este");
  const hanging = b.add("obstacle", [0, 900], {}, "Kiinni");
  const nextStep = b.add("nextStep", [400, 800], {}, "Askel");
  const group = b.add("group", [0, 1200], {}, "Ryhmä");
  b.add("note", [10, 10], { parent: group }, "Ryhmässä");
  const goal = b.add("goal", [800, 800], {}, "Tavoite");
  let arrow = "";
  b.model.write((w) => {
    arrow = w.addLink("sequence", step, second);
    w.addLink("pin", hanging, third);
  });
  return { b, lane, step, second, third, note, beside, obstacle, hanging, nextStep, group, goal, arrow };
}
type Everything = ReturnType<typeof everything>;

const created = (kind: string) => [`${kind}.create`, () => ({ text: "Uusi", quiet: true })] as const;
/** What each command is told here, and what must be there first. */
const TOLD: Readonly<Partial<Record<CommandId, (all: Everything) => object | Promise<object>>>> = {
  ...Object.fromEntries(
    ["note", "lane", "step", "obstacle", "cooperation", "nextStep", "frame", "group", "bottleneck", "painPoint"].map(
      created,
    ),
  ),
  ...Object.fromEntries(["question", "idea", "insight", "evidence", "term", "goal", "commitment"].map(created)),
  "item.edit": ({ note }) => ({ id: note }),
  "item.delete": ({ note }) => ({ ids: [note] }),
  "item.color": ({ note }) => ({ ids: [note], color: "blue" }),
  "item.fields": ({ step }) => ({ id: step, fields: { system: "Omatila" } }),
  "item.duplicate": ({ note }) => ({ ids: [note] }),
  "goal.renew": ({ goal }) => ({ id: goal, quiet: true }),
  "item.move": ({ note }) => ({ ids: [note], by: [10, 10] }),
  "item.resize": ({ note }) => ({ id: note, size: [300, 200] }),
  "item.parent": ({ note, lane }) => ({ ids: [note], parent: lane }),
  "item.reorder": ({ step }) => ({ id: step, by: 1 }),
  "item.group": ({ note, beside }) => ({ ids: [note, beside], quiet: true }),
  "item.ungroup": ({ group }) => ({ ids: [group] }),
  "item.forward": ({ note }) => ({ ids: [note] }),
  "item.backward": ({ beside }) => ({ ids: [beside] }),
  "item.toFront": ({ note }) => ({ ids: [note] }),
  "item.toBack": ({ beside }) => ({ ids: [beside] }),
  "edit.copy": ({ note }) => ({ ids: [note] }),
  "edit.cut": ({ note }) => ({ ids: [note] }),
  "edit.paste": () => ({ data: { text: "Liitetty" } }),
  "connect.arrow": ({ second, third }) => ({ from: second, to: third }),
  "connect.pin": ({ obstacle, step }) => ({ id: obstacle, to: step }),
  "connect.relate": ({ obstacle, nextStep }) => ({ from: obstacle, to: nextStep }),
  "connect.remove": ({ hanging }) => ({ ids: [hanging] }),
  "link.label": ({ arrow }) => ({ id: arrow, text: "Kyllä" }),
  "link.kind": ({ arrow }) => ({ id: arrow, kind: "information" }),
  "link.sides": ({ arrow }) => ({ id: arrow, fromSide: "top" }),
  "view.zoomIn": () => ({}),
  "view.zoomOut": () => ({}),
  "view.zoomToFit": () => ({}),
  "view.zoomToSelection": ({ note }) => ({ ids: [note] }),
  "view.pan": () => ({ by: [10, 0] }),
  "select.all": () => ({}),
  "select.none": () => ({}),
  "select.next": () => ({}),
  "select.previous": () => ({}),
  "select.nearest": ({ b, step }) => {
    b.state.selection = [step];
    return { direction: "right" };
  },
  "share.view": () => ({}),
  "share.object": ({ note }) => ({ id: note }),
  "history.undo": () => ({}),
  "history.redo": ({ b }) => {
    b.model.undo();
    return {};
  },
  "note.enter": () => ({ text: "Uusi", quiet: true }),
  "object.lock": ({ note }) => ({ ids: [note] }),
  "object.unlock": ({ b, note }) => {
    b.locked.add(note);
    return { ids: [note] };
  },
  "board.pause": () => ({}),
  "board.resume": () => ({}),
  "board.title": () => ({ title: "Toimeentulotuki" }),
  "hand.toggle": () => ({}),
  "help.ask": () => ({ text: "Ääni ei kuulu" }),
  "help.end": () => ({}),
  "done.toggle": () => ({}),
  "laser.toggle": () => ({}),
  "gather.here": () => ({}),
  "gather.end": () => ({}),
  "lead.offer": () => ({}),
  "lead.control": () => ({}),
  "lead.end": () => ({}),
  "drafts.show": () => ({}),
  "drafts.discard": () => ({ part: "pt_1" }),
  "drafts.count": () => ({}),
};
/** A round that is open, and one that was revealed. */
const SILENCES = [
  { part: "pt_1", open: true, discarded: false, counted: false },
  { part: "pt_2", open: false, discarded: false, counted: false, area: [0, 480, 200, 200] as const },
];
/** These open something to read or write in, or are answered by the page's ballot; that is what one then hears. */
const OPENING: ReadonlySet<CommandId> = new Set([
  "find.open",
  "palette.open",
  "me.details",
  "vote.panel",
  "vote.give",
  "vote.take",
] as const);
/** What these do everybody hears alike, when the server's state comes: tests/script. */
const BY_STATE: ReadonlySet<CommandId> = new Set([
  ...scriptCommands.map(({ id }) => id),
  "drafts.reveal",
  "drafts.revealLate",
] as const);

it("every command is held here", () => {
  expect(COMMAND_IDS.filter((id) => TOLD[id] === undefined && !OPENING.has(id) && !BY_STATE.has(id))).toEqual([]);
});

describe("what is done is said once", () => {
  it.each(COMMAND_IDS.filter((id) => !OPENING.has(id) && !BY_STATE.has(id)))("%s", async (id) => {
    const all = everything();
    const args = await TOLD[id]?.(all);
    all.b.told.length = 0;
    const context = all.b.context();
    const lead = id === "lead.end" ? ("control" as const) : ("none" as const);
    const attention = { hand: false, help: true, part: "pt_1", done: false, lead, gathers: true };
    const permissions = { ...context.permissions, paused: id === "board.resume", attention, silences: SILENCES };
    const viewport = () => ({ at: [0, 0] as const, size: [1000, 800] as const, zoom: 1 });
    const view = { ...context.view, viewport, laser: () => true };
    expect(await commands.run(id, { ...context, permissions, view }, args as never)).toEqual({ ok: true });
    const told = all.b.told.filter(([what]) => what === "announce");
    expect(told.map(([, key]) => key)).toHaveLength(1);
    const [, key, values] = told[0] as [string, string, Record<string, string | number>];
    const sentences = new Set<string>();
    for (const each of LANGUAGES) {
      language.choose(each);
      const sentence = said(key, values);
      expect(sentence).not.toMatch(/[{}]|undefined/);
      for (const name of ["name", "on", "from", "to", "lane"]) {
        if (typeof values[name] === "string") expect(sentence).toContain(values[name]);
      }
      sentences.add(sentence);
    }
    expect(sentences.size).toBeGreaterThan(1);
  });
  it("a thing made in a container says where", async () => {
    const { b, lane, group } = everything();
    b.told.length = 0;
    await b.run("note.create", { text: "Uusi", parent: group, quiet: true });
    await b.run("obstacle.create", { text: "Este", parent: lane, on: null, quiet: true });
    language.choose("en");
    const sentences = b.told
      .filter(([what]) => what === "announce")
      .map(([, key, values]) => said(key as string, values as Record<string, string>));
    expect(sentences).toEqual(["Added: Note. Uusi Place: group Ryhmä.", "Added: Obstacle. Este Place: lane Kela."]);
  });
});
