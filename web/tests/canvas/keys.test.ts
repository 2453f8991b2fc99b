// Every word that drawing and naming ask for is on the list, with the values it gets. Knows no language.
// @vitest-environment happy-dom

import { expect, test } from "vitest";
import { CANVAS_WORDS } from "../../src/canvas/keys.ts";
import { mountCanvas } from "../../src/canvas/mount.ts";
import { OBSTACLE_TYPES, STEP_KINDS } from "../../src/model/schema.ts";
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
  add(board, "cooperation", [300, 400], [200, 140]);
  add(board, "nextStep", [600, 400], [200, 140]);
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
  expect(asked.size).toBeGreaterThan(25);
  for (const [key, values] of asked) {
    expect(CANVAS_WORDS[key], key).toBeDefined();
    expect(values.toSorted(), key).toEqual([...(CANVAS_WORDS[key] ?? [])].toSorted());
  }
  view.destroy();
});
