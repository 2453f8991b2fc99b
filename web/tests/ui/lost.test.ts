// What somebody else deletes under one's hands is offered, with its text. Knows no server.

import { afterEach, expect, it } from "vitest";
import { lostBy, offerLost } from "../../src/pages/board/lost.ts";
import { notices } from "../../src/ui/notices.svelte.ts";
import type { ChangeSet } from "../../src/model/types.ts";
import { add, emptyBoard } from "../canvas/board.ts";

afterEach(() => {
  for (const toast of notices.toasts) notices.close(toast.id);
});

/** A board on which another person removes a note. */
function removal(text: string) {
  const board = emptyBoard();
  const note = add(board, "note", [40, 60], [200, 120], text);
  let change: ChangeSet | undefined;
  board.subscribe((each) => (change = each));
  const remove = () => {
    board.write((writer) => writer.remove(note));
    if (change === undefined) throw new Error("removing is a change");
    return { ...change, local: false };
  };
  return { board, note, remove };
}

it("is the text of the one chosen item that another deleted, and where it stood", () => {
  const { note, remove } = removal("Kela ei näe laskua");
  const change = remove();
  expect(lostBy(change, [note])).toEqual({ id: note, text: "Kela ei näe laskua", at: [40, 60] });
  expect(lostBy({ ...change, local: true }, [note])).toBeUndefined();
  expect(lostBy(change, [])).toBeUndefined();
  expect(lostBy(change, [note, "n_other"])).toBeUndefined();
});

it("who did it is told where nothing was written; nothing else is offered", () => {
  const { board, note, remove } = removal("  ");
  let tell: (change: ChangeSet) => void = () => undefined;
  const model = { ...board, subscribe: (listener: typeof tell) => ((tell = listener), () => undefined) };
  offerLost(model as unknown as typeof board, { chosen: () => [note], create: () => undefined, who: () => "Liisa" });
  tell(remove());
  expect(notices.toasts[0]?.text).toMatch(/^Liisa /);
  expect(notices.toasts[0]?.actions).toEqual([]);
});

it("of other kinds, what was written in their fields is kept too; of an arrow its name and condition", () => {
  const board = emptyBoard();
  const term = add(board, "term", [0, 0], [200, 120], "Asiakas");
  const step = add(board, "step", [0, 0], [200, 120], "Askel");
  let arrow = "";
  board.write((writer) => {
    writer.set(term, { meaning: "Ihminen, jota palvellaan" });
    arrow = writer.addLink("sequence", term, step, { condition: "kun hakemus on tullut" });
  });
  const changes: ChangeSet[] = [];
  board.subscribe((change) => changes.push({ ...change, local: false }));
  board.write((writer) => writer.remove(arrow));
  board.write((writer) => writer.remove(term));
  const [first, second] = changes;
  expect(first && lostBy(first, [arrow])?.text).toMatch(/kun hakemus on tullut$/);
  expect(second && lostBy(second, [term])?.text).toMatch(/^Asiakas\n.*: Ihminen, jota palvellaan$/);
});

it("the model knows who wrote a field last", () => {
  const { board, note, remove } = removal("Lappu");
  expect(board.writerOf(note, "gone")).toBeUndefined();
  remove();
  expect(board.writerOf(note, "gone")).toBe(board.doc.clientID);
  expect(board.writerOf("n_none", "gone")).toBeUndefined();
});

it("the toast stays, and makes a note with the whole text where it stood", () => {
  const { board, note, remove } = removal("Este ".repeat(60).trim());
  const made: object[] = [];
  let tell: (change: ChangeSet) => void = () => undefined;
  const model = { ...board, subscribe: (listener: typeof tell) => ((tell = listener), () => undefined) };
  offerLost(model as unknown as typeof board, { chosen: () => [note], create: (_, args) => made.push(args) });
  tell(remove());
  const [toast] = notices.toasts;
  expect(toast?.tone).toBe("bad");
  expect(toast?.text.length).toBeLessThan(220);
  toast?.actions[0]?.run();
  expect(made).toEqual([{ text: "Este ".repeat(60).trim(), quiet: true, at: [40, 60] }]);
});
