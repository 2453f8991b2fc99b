// Every word that drawing and naming ask for is on the list, with the values it gets. Knows no language.
// @vitest-environment happy-dom

import { expect, test } from "vitest";
import { CANVAS_WORDS } from "../../src/canvas/keys.ts";
import { mountCanvas } from "../../src/canvas/mount.ts";
import { ITEM_KINDS, OBSTACLE_TYPES, STEP_KINDS } from "../../src/model/schema.ts";
import { add, emptyBoard, PERSON } from "./board.ts";

test("no word is asked for that is not on the list", () => {
  const board = emptyBoard();
  const lane = add(board, "lane", [0, 0], [1600, 200], "Kela");
  const ids = STEP_KINDS.map((kind, index) => {
    const id = add(board, "step", [100 + index * 200, 40], [160, 80], "", lane);
    board.write((writer) => writer.set(id, { stepKind: kind }));
    return id;
  });
  const obstacle = add(board, "obstacle", [0, 400], [200, 140]);
  const [first, second] = ids;
  if (first === undefined || second === undefined) throw new Error("there are steps");
  board.write((writer) => {
    writer.set(obstacle, { types: OBSTACLE_TYPES, severity: 4 });
    writer.addLink("pin", obstacle, first, { offset: [0, 70] });
    writer.setText(writer.addLink("sequence", first, second), "kyllä");
  });
  const fields: Readonly<Record<string, Record<string, unknown>>> = {
    lane: { laneKind: "network" },
    step: { channel: "phone", system: "Oiwa", duration: "2 h", customerContact: true },
    bottleneck: { waitTime: "3 vk", queue: "12" },
    question: { questionState: "answered", answer: "a", assumption: "b" },
    idea: { ideaState: "chosen", impact: 2, effort: 3 },
    evidence: { source: "Kysely" },
    term: { meaning: "m", agreed: true, synonyms: "s" },
    commitment: { org: "Kela", byRole: "osastopäällikkö" },
    goal: { version: 2, agreedBy: ["org_01JAAAAAAAAAAAAAAAAAAAAAAA"] },
    nextStep: { ownerOrg: "Kela", status: "done" },
  };
  const frame = add(board, "frame", [0, 700], [1600, 800], "Alue");
  const group = add(board, "group", [20, 100], [800, 400], "Ryhmä", frame);
  ITEM_KINDS.forEach((kind, index) => {
    const id = add(board, kind, [(index % 8) * 240, 1600 + Math.floor(index / 8) * 200], [220, 140], "");
    board.write((writer) => {
      writer.set(id, fields[kind] ?? {});
      for (const other of kind === "note" ? [...board.snapshot.items.keys()] : []) {
        if (other !== id) writer.addLink("relation", other, id);
      }
    });
  });
  const inGroup = add(board, "step", [10, 40], [160, 80], "", group);
  board.write((writer) => {
    const arrow = writer.addLink("sequence", inGroup, first, { condition: "jos" });
    const hung = writer.addItem("bottleneck", { at: [0, 0] });
    writer.addLink("pin", hung, arrow);
  });
  const asked = new Map<string, readonly string[]>();
  const host = document.createElement("div");
  document.body.append(host);
  const view = mountCanvas(host, {
    model: board,
    run: () => undefined,
    can: () => ({ ok: true }),
    permissions: { may: () => ({ ok: true }), facilitates: false, isLocked: () => true },
    presence: { others: () => [], subscribe: () => () => undefined, publish: () => undefined },
    words: (key, values) => {
      asked.set(key, Object.keys(values ?? {}));
      return key;
    },
    onFocus: () => undefined,
    onTool: () => undefined,
    person: PERSON,
  });
  view.select([...board.snapshot.items.keys()]);
  view.takeFocus();
  expect(asked.size).toBeGreaterThan(70);
  for (const [key, values] of asked) {
    expect(CANVAS_WORDS[key], key).toBeDefined();
    expect(values.toSorted(), key).toEqual([...(CANVAS_WORDS[key] ?? [])].toSorted());
  }
  view.destroy();
});
