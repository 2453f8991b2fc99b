// What was refused is done again whole: containers, pins to arrows, relations, and words of what is gone. Knows no sockets.

import * as Y from "yjs";
import { expect, it } from "vitest";
import { createBoardModel } from "../../src/model/model.ts";
import { differences } from "../../src/model/compare.ts";
import { reapply } from "../../src/net/refused.ts";
import { bench } from "../commands/bench.ts";
import { AINO, board } from "../model/peers.ts";

it("a whole frame with all kinds of links comes back as it was", async () => {
  const server = board();
  const mine = bench(createBoardModel(new Y.Doc(), AINO));
  const note = mine.add("note", [5, 40], {}, "inmost");
  const group = mine.add("group", [10, 10], {}, "group");
  const lane = mine.add("lane", [24, 64], {}, "lane");
  const frame = mine.add("frame", [500, 500], { purpose: "p" }, "frame");
  // Made inside out: the order of making is not that of standing.
  mine.model.write((writer) => {
    writer.set(note, { parent: group });
    writer.set(group, { parent: lane });
    writer.set(lane, { parent: frame });
  });
  const [from, to, obstacle] = [
    mine.add("step", [0, 0], {}, "a"),
    mine.add("step", [300, 0], {}, "b"),
    mine.add("obstacle", [9, 9], { layer: 4 }, "o"),
  ];
  await mine.run("connect.arrow", { from, to, label: "yes" });
  const arrow = mine.model.snapshot.arrowsOf(from).out[0]?.id ?? "";
  await mine.run("connect.pin", { id: obstacle, to: arrow });
  await mine.run("connect.relate", { from: obstacle, to: lane });
  const lost = differences(server.doc, Y.encodeStateAsUpdate(mine.model.doc));
  reapply(server, lost.toReversed());
  const { snapshot } = server;
  const named = (text: string) => [...snapshot.items.values()].find((item) => item.text === text);
  expect(snapshot.items.size).toBe(7);
  expect(named("inmost")?.parent).toBe(named("group")?.id);
  expect(named("lane")?.parent).toBe(named("frame")?.id);
  expect(snapshot.rect(named("inmost")?.id ?? "")).toEqual(mine.model.snapshot.rect(note));
  expect(named("frame")?.fields["purpose"]).toBe("p");
  const [again] = snapshot.arrowsOf(named("a")?.id ?? "").out;
  expect(again).toMatchObject({ text: "yes", to: named("b")?.id });
  expect(snapshot.tetherOf(named("o")?.id ?? "")?.to).toBe(again?.id);
  expect(snapshot.relationsOf(named("o")?.id ?? "").length).toBe(1);
  expect(named("o")?.layer).toBe(4);
  server.undo();
  expect(server.snapshot.items.size).toBe(0);
});

it("words that were written into something that is gone become a note", () => {
  const server = board();
  let [kept, gone] = ["", ""];
  server.write((writer) => {
    kept = writer.addItem("idea", { at: [0, 0] }, "old");
    gone = writer.addItem("idea", { at: [0, 0] }, "old");
    writer.remove(gone);
  });
  const changed = (id: string, fields: object) => ({
    id,
    kind: "idea",
    what: "changed" as const,
    text: "new words",
    fields: { ...fields },
  });
  reapply(server, [
    changed(gone, { text: "new words", at: [40, 50] }),
    changed(kept, { text: "new words" }),
    changed("e_01JAAAAAAAAAAAAAAAAAAAAAAA", { color: "blue" }),
  ]);
  const all = [...server.snapshot.items.values()];
  expect(all.map((item) => [item.kind, item.text])).toEqual(
    expect.arrayContaining([
      ["idea", "new words"],
      ["note", "new words"],
    ]),
  );
  expect(all.length).toBe(2);
  expect(all.find((item) => item.kind === "note")?.at).toEqual([40, 50]);
});
