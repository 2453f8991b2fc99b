// A shared goal has versions: the next one is a card of its own, that nobody has agreed to yet.

import { expect, it } from "vitest";
import { bench } from "./bench.ts";

it("the next version says the same, and is agreed to by nobody yet; the earlier one stays as it was", async () => {
  const b = bench();
  const frame = b.add("frame", [0, 0], { size: [1200, 800] }, "Tavoite");
  const fields = { parent: frame, order: "B", version: 2, agreedBy: ["org_01JAAAAAAAAAAAAAAAAAAAAAAA"] };
  const goal = b.add("goal", [40, 60], fields, "Yksi yhteydenotto");
  const before = b.item(goal);
  expect(await b.run("goal.renew", { id: goal, quiet: true })).toEqual({ ok: true });
  const next = b.newest();
  expect(next).toMatchObject({ kind: "goal", parent: frame, text: "Yksi yhteydenotto", at: [40, 244] });
  expect(next?.fields).toMatchObject({ version: 3, agreedBy: [] });
  expect(b.item(goal)).toEqual(before);
  expect(b.state.selection).toEqual([next?.id]);
});

it("at the last version, and of another kind, there is none", () => {
  const b = bench();
  const goal = b.add("goal", [0, 0], { version: 99 }, "Viimeinen");
  const note = b.add("note", [0, 400], {}, "Lappu");
  expect(b.can("goal.renew", { id: goal })).toEqual({ ok: false, why: "notHere" });
  expect(b.can("goal.renew", { id: note })).toEqual({ ok: false, why: "notHere" });
  expect(b.can("goal.renew")).toEqual({ ok: false, why: "nothingSelected" });
});
