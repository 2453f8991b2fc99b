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
  expect(lostBy(change, [note])).toEqual({ text: "Kela ei näe laskua", at: [40, 60] });
  expect(lostBy({ ...change, local: true }, [note])).toBeUndefined();
  expect(lostBy(change, [])).toBeUndefined();
  expect(lostBy(change, [note, "n_other"])).toBeUndefined();
});

it("nothing is offered where nothing was written", () => {
  const { note, remove } = removal("  ");
  expect(lostBy(remove(), [note])).toBeUndefined();
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
