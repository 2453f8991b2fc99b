// What only this person has shows among what is on the board, and is written to, undone and taken over apart from it. Knows no server.

import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { permissionsOf } from "../../src/net/session.ts";
import { FakeServer, ME } from "../net/fake.ts";
import { AINO, board } from "./peers.ts";

const texts = (model: ReturnType<typeof board>) =>
  [...model.snapshot.items.values()].map((item) => item.text).toSorted();

function withDraft() {
  const model = board(AINO);
  let open = "";
  model.write((writer) => void (open = writer.addItem("note", { at: [0, 0] }, "avoin")));
  const draft = new Y.Doc();
  model.beside.add(draft);
  model.beside.writeInto(draft);
  let mine = "";
  model.write((writer) => void (mine = writer.addItem("note", { at: [5, 5] }, "oma")));
  return { model, draft, open, mine };
}

describe("beside the board", () => {
  it("what is written in private is in its own document and shows among the rest", () => {
    const { model, draft, open, mine } = withDraft();
    expect(texts(model)).toEqual(["avoin", "oma"]);
    expect([model.doc.getMap("items").has(mine), draft.getMap("items").has(mine)]).toEqual([false, true]);
    expect([model.beside.has(mine), model.beside.has(open)]).toEqual([true, false]);
    model.write((writer) => {
      writer.set(mine, { color: "pink" });
      writer.set(open, { color: "blue" });
    });
    expect(model.snapshot.items.get(mine)?.color).toBe("pink");
    expect(model.snapshot.items.get(open)?.color).toBe("blue");
    model.beside.writeInto(null);
    model.write((writer) => void writer.addItem("note", { at: [9, 9] }, "taas avoin"));
    expect(draft.getMap("items").size).toBe(1);
    model.beside.remove(draft);
    expect(texts(model)).toEqual(["avoin", "taas avoin"]);
  });

  it("undo takes back what was done last, wherever it was", () => {
    const { model, mine } = withDraft();
    model.text(mine)?.replace(3, 3, " lisä");
    model.endUndoStep();
    model.beside.writeInto(null);
    model.write((writer) => void writer.addItem("note", { at: [1, 1] }, "toinen"));
    model.undo();
    expect(texts(model)).toEqual(["avoin", "oma lisä"]);
    model.undo();
    model.undo();
    expect(texts(model)).toEqual(["avoin"]);
    model.redo();
    model.redo();
    expect(texts(model)).toEqual(["avoin", "oma lisä"]);
  });

  it("whoever types goes on in the same text when the board has the note", () => {
    const { model, draft, mine } = withDraft();
    const text = model.text(mine);
    let caret = 3;
    text?.observe((map) => (caret = map(caret)));
    Y.applyUpdate(model.doc, Y.encodeStateAsUpdate(draft));
    model.beside.remove(draft);
    expect([text?.toString(), caret]).toEqual(["oma", 3]);
    text?.replace(3, 3, " jatkuu");
    const there = model.doc.getMap("items").get(mine) as Y.Map<unknown>;
    expect(String(there.get("text"))).toBe("oma jatkuu");
    expect(texts(model)).toEqual(["avoin", "oma jatkuu"]);
  });

  it("on what is only mine everything may be done but what leads to it from the board", () => {
    const round = {
      round: "rd_1",
      part: "pt_1",
      number: 1,
      naming: "named" as const,
      adds: ["note"],
      now: true,
      open: true,
      discarded: false,
      counted: false,
    };
    const { model, open, mine } = withDraft();
    const allowed = { ...new FakeServer().session.allowed, create: [], edit: ["own" as const] };
    const session = {
      ...new FakeServer().session,
      me: { person: ME, role: "participant" as const },
      allowed,
      rounds: [round],
    };
    const permissions = permissionsOf(
      session,
      () => model.snapshot,
      (id) => model.beside.has(id),
    );
    for (const action of ["edit", "move", "delete"] as const) expect(permissions.may(action, mine).ok).toBe(true);
    expect(permissions.may("connect", mine)).toEqual({ ok: false, why: "silent" });
    expect(permissions.may("create").ok).toBe(true);
    expect(permissions.may("create", undefined, "note").ok).toBe(true);
    expect(permissions.may("create", undefined, "step")).toEqual({ ok: false, why: "part" });
    expect(permissions.may("edit", open).ok).toBe(AINO === ME);
    const over = permissionsOf(
      { ...session, rounds: [{ ...round, now: false, open: false, number: 2 }] },
      () => model.snapshot,
    );
    expect(over.may("create")).toEqual({ ok: false, why: "role" });
  });
});
