// A snapshot behind a live board's door: it is read like one and cannot be changed.

import * as Y from "yjs";
import { expect, it } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { openFrozen } from "../../src/net/frozen.ts";
import type { Page, View } from "../../src/commands/types.ts";
import { add, emptyBoard, PERSON } from "../canvas/board.ts";

function frozen() {
  const live = emptyBoard();
  const note = add(live, "note", [40, 60], [200, 120], "Kela ei näe laskua");
  const connection = openFrozen(Y.encodeStateAsUpdate(live.doc), PERSON);
  return { live, note, connection, model: connection.model.value };
}

it("holds what the document holds, and no more of what comes later", () => {
  const { live, note, model } = frozen();
  add(live, "note", [0, 0], [200, 120], "Myöhemmin");
  expect([...model.snapshot.items.keys()]).toEqual([note]);
  expect(model.snapshot.items.get(note)?.text).toBe("Kela ei näe laskua");
});

it("cannot be written, whoever asks", async () => {
  const { note, connection, model } = frozen();
  model.write((writer) => writer.remove(note));
  expect(model.snapshot.items.has(note)).toBe(true);
  model.text(note)?.replace(0, 4, "DVV");
  expect(model.text(note)?.toString()).toBe("Kela ei näe laskua");
  expect(
    await model.writeSlowly(
      (writer) => writer.remove(note),
      () => Promise.resolve(),
    ),
  ).toBe(false);
  expect(model.snapshot.items.has(note)).toBe(true);
  expect(connection.permissions.value.may("delete", note)).toEqual({ ok: false, why: "snapshot" });
  const view = { select: () => undefined, announce: () => undefined } as unknown as View;
  const context = {
    board: model,
    snapshot: model.snapshot,
    focus: { selection: [note], place: [0, 0] as const },
    view,
    permissions: connection.permissions.value,
    server: connection.server,
    person: PERSON,
    page: {} as Page,
  };
  expect(await commands.run("item.delete", context)).toEqual({ ok: false, why: "snapshot" });
  await expect(connection.server.command({ type: "pause" })).rejects.toThrow("snapshot");
});

it("says so of bytes that are no document", () => {
  expect(() => openFrozen(new Uint8Array([1, 2, 3]), PERSON)).toThrow(/./);
});
