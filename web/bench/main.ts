// The board surface alone, with a board of the size in the address: what `run.mjs` measures. Knows no server.

import "../src/ui/tokens.css";
import "../src/ui/base.css";
import "./bench.css";
import { mountCanvas } from "../src/canvas/mount.ts";
import type { CanvasView } from "../src/canvas/types.ts";
import type { Presence } from "../src/net/types.ts";
import { largeBoard, workshopBoard } from "./board.ts";
import { words } from "./words.ts";

declare global {
  var bench: { view: CanvasView; ready: number };
}

const query = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = query.get("theme") ?? "light";
const count = Number(query.get("count") ?? "0");
const model = count > 0 ? largeBoard(count) : workshopBoard();
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
const view = mountCanvas(host, {
  model,
  run: (id, args) => {
    const asked = args as { ids?: readonly string[]; by?: readonly [number, number] } | undefined;
    if (id !== "item.move" || !asked?.ids || !asked.by) return;
    const [dx, dy] = asked.by;
    model.write((writer) => {
      for (const moved of asked.ids ?? []) {
        const at = model.snapshot.items.get(moved)?.at ?? [0, 0];
        writer.set(moved, { at: [at[0] + dx, at[1] + dy] });
      }
    });
  },
  can: () => ({ ok: true }),
  permissions: { may: () => ({ ok: true }), facilitates: true, isLocked: () => false },
  presence: { others: () => others, subscribe: () => () => undefined, publish: () => undefined },
  words,
  onFocus: () => undefined,
  onTool: () => undefined,
  person: model.person,
});
requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.bench = { view, ready: performance.now() - begun })));
