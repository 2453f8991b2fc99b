// A write that is too big for one message is made in parts, and is one step of undo. Knows no sockets.

import { expect, it } from "vitest";
import { board, seen, sync, BORIS } from "./peers.ts";

/** The sizes of the updates that a document sends. */
function updates(model: ReturnType<typeof board>): number[] {
  const sizes: number[] = [];
  model.doc.on("update", (update: Uint8Array) => sizes.push(update.length));
  return sizes;
}

const pause = () => Promise.resolve();

it("small writes are one update, as ever", () => {
  const model = board();
  const sizes = updates(model);
  model.write((writer) => {
    for (let i = 0; i < 50; i++) writer.addItem("note", { at: [i, 0] }, "text");
  });
  expect(sizes.length).toBe(1);
});

it("a big write is several updates below a message's size, with links and texts in their order", () => {
  const model = board();
  const sizes = updates(model);
  model.write((writer) => {
    let last = "";
    for (let i = 0; i < 3_000; i++) {
      const id = writer.addItem("step", { at: [i, 0] }, `step ${i}`);
      if (last !== "") writer.setText(writer.addLink("sequence", last, id), `${i}`);
      writer.set(id, { color: "blue" });
      last = id;
    }
    writer.setTitle("All of it");
  });
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(300_000);
  expect(model.snapshot.items.size).toBe(3_000);
  expect(model.snapshot.links.size).toBe(2_999);
  expect([...model.snapshot.items.values()].every((item) => item.color === "blue")).toBe(true);
  expect(model.live).toBe(5_999);
  const other = board(BORIS);
  sync(model, other);
  expect(seen(other).items).toEqual(seen(model).items);
  sizes.length = 0;
  expect(model.undo()).toBe(true);
  expect(model.snapshot.items.size).toBe(0);
  expect(model.live).toBe(0);
  expect(model.canUndo).toBe(false);
  expect(model.redo()).toBe(true);
  expect(model.snapshot.links.size).toBe(2_999);
  expect(model.snapshot.title).toBe("All of it");
  expect(Math.max(...sizes)).toBeLessThan(600_000);
  expect(model.canRedo).toBe(false);
}, 60_000);

it("a slow write lets others in between, and is undone without what they did", async () => {
  const model = board();
  let pauses = 0;
  const done = await model.writeSlowly(
    (writer) => {
      for (let i = 0; i < 1_000; i++) writer.addItem("note", { at: [i, 0] });
    },
    async () => {
      if ((pauses += 1) === 2) model.write((writer) => writer.addItem("step", { at: [0, 0] }, "between"));
      await pause();
    },
  );
  expect(done).toBe(true);
  expect(pauses).toBeGreaterThan(3);
  expect(model.snapshot.items.size).toBe(1_001);
  model.undo();
  expect([...model.snapshot.items.values()].map((item) => item.text)).toEqual(["between"]);
  model.redo();
  expect(model.snapshot.items.size).toBe(1_001);
  model.undo();
  model.undo();
  expect(model.snapshot.items.size).toBe(0);
}, 60_000);

it("a slow write that is undone on the way, or whose board goes, ends", async () => {
  const model = board();
  const many = (writer: { addItem(kind: "note", fields: object): string }) => {
    for (let i = 0; i < 1_000; i++) writer.addItem("note", { at: [i, 0] });
  };
  let pauses = 0;
  const undone = await model.writeSlowly(many, async () => {
    if ((pauses += 1) === 2) model.undo();
  });
  expect([undone, pauses, model.snapshot.items.size]).toEqual([false, 2, 0]);
  const gone = await model.writeSlowly(many, async () => model.doc.destroy());
  expect(gone).toBe(false);
});

it("objects that are hidden count as live, deleted ones do not", () => {
  const model = board();
  let [a, b] = ["", ""];
  model.write((writer) => {
    a = writer.addItem("step", { at: [0, 0] });
    b = writer.addItem("step", { at: [9, 0] });
    writer.addLink("sequence", a, b);
  });
  expect(model.live).toBe(3);
  model.write((writer) => writer.remove(a));
  expect([model.live, model.snapshot.links.size]).toEqual([2, 0]);
  model.write((writer) => writer.set(a, { gone: false }));
  expect(model.live).toBe(3);
  expect(b).not.toBe("");
});
