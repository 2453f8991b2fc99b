// What gestures of the surface ask of commands: hanging something on an arrow where it was let go, pulling a
// container's corner, arrow keys among containers. Knows no pointer.

import { expect, it } from "vitest";
import { bench } from "./bench.ts";

it("what is let go on an arrow hangs on it and stands there, in the container that is there", async () => {
  const b = bench();
  const frame = b.add("frame", [1000, 0]);
  const [from, to, slow] = [b.add("step", [0, 300]), b.add("step", [2400, 300]), b.add("bottleneck", [0, 900])];
  await b.run("connect.arrow", { from, to });
  const arrow = [...b.model.snapshot.links.keys()][0] ?? "";
  await b.run("connect.pin", { id: slow, to: arrow, at: [1200, 400] });
  expect(b.model.snapshot.tetherOf(slow)?.to).toBe(arrow);
  expect(b.model.snapshot.items.get(slow)).toMatchObject({ parent: frame, at: [200, 400] });
  expect(b.model.snapshot.rect(slow)).toMatchObject({ x: 1200, y: 400 });
  await b.run("history.undo");
  expect(b.model.snapshot.tetherOf(slow)).toBeUndefined();
  expect(b.model.snapshot.items.get(slow)).toMatchObject({ parent: null, at: [0, 900] });
});

it("a container pulled at its upper left corner leaves what stands in it where it is", async () => {
  const b = bench();
  const frame = b.add("frame", [100, 100]);
  const lane = b.add("lane", [24, 64], { parent: frame });
  const step = b.add("step", [80, 40], { parent: lane });
  const before = [b.model.snapshot.rect(lane), b.model.snapshot.rect(step)];
  await b.run("item.resize", { id: frame, at: [40, 60], size: [1260, 840] });
  expect(b.model.snapshot.rect(frame)).toEqual({ x: 40, y: 60, w: 1260, h: 840 });
  expect([b.model.snapshot.rect(lane), b.model.snapshot.rect(step)]).toEqual(before);
});

it("arrow keys lead from a container to one of its kind, and from the rest to the rest", async () => {
  const b = bench();
  const frames = [b.add("frame", [0, 0]), b.add("frame", [1400, 0])];
  const inside = b.add("note", [1500, 300], { parent: null });
  const group = b.add("group", [1450, 250]);
  const note = b.add("note", [300, 300]);
  const right = async (id: string) => {
    b.state.selection = [id];
    await b.run("select.nearest", { direction: "right" });
    return b.state.selection[0];
  };
  expect(await right(frames[0] ?? "")).toBe(frames[1]);
  expect(await right(note)).toBe(inside);
  expect(await right(group)).toBe(group);
});
