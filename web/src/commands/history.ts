// Undo and redo of one's own edits. Knows not how they are kept.

import { command, no, OK } from "./support.ts";

export const historyCommands = [
  command("history.undo", {
    group: "history",
    keys: [{ key: "z", mod: true }],
    can: ({ board }) => (board.canUndo ? OK : no("nothingToUndo")),
    run({ board, view }) {
      if (board.undo()) view.announce("said.undone", {});
    },
  }),
  command("history.redo", {
    group: "history",
    keys: [
      { key: "y", mod: true },
      { key: "z", mod: true, shift: true },
    ],
    can: ({ board }) => (board.canRedo ? OK : no("nothingToRedo")),
    run({ board, view }) {
      if (board.redo()) view.announce("said.redone", {});
    },
  }),
];
