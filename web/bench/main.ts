// The board surface alone, with a board of the size in the address: what `run.mjs` measures. Knows no server.

import "../src/ui/tokens.css";
import "../src/ui/base.css";
import "./bench.css";
import { mountCanvas } from "../src/canvas/mount.ts";
import { commands } from "../src/commands/all.ts";
import type { Permissions } from "../src/commands/types.ts";
import type { CanvasView } from "../src/canvas/types.ts";
import type { BoardModel } from "../src/model/board.ts";
import type { Presence } from "../src/net/types.ts";
import { largeBoard, workshopBoard } from "./board.ts";
import { kindsBoard } from "./kinds.ts";
import { words } from "./words.ts";

declare global {
  var bench: { view: CanvasView; model: BoardModel; ready: number };
}

const query = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = query.get("theme") ?? "light";
const count = Number(query.get("count") ?? "0");
const model = query.get("board") === "kinds" ? kindsBoard() : count > 0 ? largeBoard(count) : workshopBoard();
const host = document.querySelector<HTMLElement>("#board");
if (!host) throw new Error("no place for the board");
const others: Presence[] =
  count > 0
    ? []
    : [
        {
          client: 1,
          user: { id: "p_1", name: "Liisa", role: "participant", color: "#8a3ffc" },
          cursor: [700, 300],
          selection: [...model.snapshot.items.keys()].slice(5, 6),
        },
      ];

const begun = performance.now();
const permissions: Permissions = { may: () => ({ ok: true }), facilitates: true, isLocked: () => false };
const view: CanvasView = mountCanvas(host, {
  model,
  run: (id, args) => {
    const context = {
      board: model,
      snapshot: model.snapshot,
      focus: view.focus,
      view,
      permissions,
      server: { command: () => Promise.resolve() },
      person: model.person,
    };
    void commands.runFound({ id, args: args ?? {} }, context);
  },
  find: commands.find,
  can: () => ({ ok: true }),
  permissions,
  presence: { others: () => others, subscribe: () => () => undefined, publish: () => undefined },
  words,
  onFocus: () => undefined,
  onTool: () => undefined,
  person: model.person,
});
requestAnimationFrame(() =>
  requestAnimationFrame(() => (globalThis.bench = { view, model, ready: performance.now() - begun })),
);
