// Commands that change nothing on the board: zoom, pan, selection. Know no camera: they ask the view.

import { distance } from "../model/rects.ts";
import { isContainer } from "../model/schema.ts";
import type { Item, ObjectId, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { command, items, nameOf, no, OK } from "./support.ts";
import type { Context, Permission } from "./types.ts";

const always = (): Permission => OK;
const STEP = 1.25;

/** All items as one reads them: each lane followed by what stands in it, each thing by what is pinned to it. */
export function readingOrder(snapshot: Snapshot): Item[] {
  const out: Item[] = [];
  const seen = new Set<ObjectId>();
  const walk = (item: Item) => {
    if (seen.has(item.id)) return;
    seen.add(item.id);
    out.push(item);
    for (const pinned of snapshot.pinsOn(item.id)) walk(pinned);
    for (const child of snapshot.children(item.id)) walk(child);
  };
  const roots = snapshot.children(null);
  for (const item of roots) if (snapshot.pinOf(item.id) === undefined) walk(item);
  for (const item of snapshot.items.values()) walk(item);
  return out;
}

function step(by: 1 | -1) {
  return (context: Context) => {
    const all = readingOrder(context.snapshot);
    const last = context.focus.selection.at(by === 1 ? -1 : 0);
    const at = all.findIndex((item) => item.id === last);
    const next = at < 0 ? all.at(by === 1 ? 0 : -1) : all[at + by];
    choose(context, next);
  };
}

function choose({ view }: Context, item: Item | undefined): void {
  if (item === undefined) {
    view.announce("said.nothingThere", {});
    return;
  }
  view.select([item.id]);
  view.announce("said.selected", { name: nameOf(item) });
}

function nearest(context: Context, { direction }: ArgsOf<"select.nearest"> = {}): void {
  const { snapshot, focus } = context;
  if (direction === undefined) return;
  const current = snapshot.items.get(focus.selection.at(-1) ?? "");
  const from: Rect = (current && snapshot.rect(current.id)) ?? { x: focus.place[0], y: focus.place[1], w: 0, h: 0 };
  let best: { item: Item; far: number } | undefined;
  for (const item of snapshot.items.values()) {
    // A container is reached from another of its kind: among what stands in it, its middle means nothing.
    const alike = isContainer(item.kind) ? item.kind === current?.kind : !isContainer(current?.kind ?? "note");
    if (item.id === current?.id || !alike) continue;
    const rect = snapshot.rect(item.id);
    const far = rect === undefined ? undefined : distance(from, rect, direction);
    if (far !== undefined && (best === undefined || far < best.far)) best = { item, far };
  }
  choose(context, best?.item);
}

function selectAll(context: Context, args: ArgsOf<"select.all"> = {}): void {
  const all = readingOrder(context.snapshot).filter((item) => args.kind === undefined || item.kind === args.kind);
  context.view.select(all.map((item) => item.id));
  context.view.announce("said.selectedMany", { count: all.length });
}

function selectNone({ view }: Context): void {
  view.select([]);
  view.announce("said.selectedNone", {});
}

function zoom(factor: number, said: "said.zoomedIn" | "said.zoomedOut") {
  return ({ view }: Context) => {
    view.zoomBy(factor);
    view.announce(said, {});
  };
}

const board = { onBoard: true } as const;

export const viewCommands = [
  command("view.zoomIn", {
    group: "view",
    // Without Ctrl, which zooms the page: people who need that must keep it.
    keys: [
      { key: "+", ...board },
      { key: "=", ...board },
    ],
    can: always,
    run: zoom(STEP, "said.zoomedIn"),
  }),
  command("view.zoomOut", {
    group: "view",
    keys: [{ key: "-", ...board }],
    can: always,
    run: zoom(1 / STEP, "said.zoomedOut"),
  }),
  command("view.zoomToFit", {
    group: "view",
    keys: [{ key: "0", ...board }],
    can: always,
    run({ view }) {
      view.zoomToFit();
      view.announce("said.zoomedToFit", {});
    },
  }),
  command("view.zoomToSelection", {
    group: "view",
    keys: [{ key: "z", ...board }],
    can: (context, args) => (items(context, args?.ids).length === 0 ? no("nothingSelected") : OK),
    run(context, args) {
      const ids = items(context, args?.ids).map((item) => item.id);
      context.view.zoomTo(ids);
      context.view.announce("said.zoomedToSelection", { count: ids.length });
    },
  }),
  command("view.pan", {
    group: "view",
    can: (_, args) => (args?.by === undefined ? no("notHere") : OK),
    run({ view }, args) {
      if (args?.by === undefined) return;
      view.pan(args.by);
      view.announce("said.panned", {});
    },
  }),
  command("select.all", { group: "view", keys: [{ key: "a", mod: true, ...board }], can: always, run: selectAll }),
  command("select.none", { group: "view", keys: [{ key: "Escape", ...board }], can: always, run: selectNone }),
  command("select.next", { group: "view", keys: [{ key: ".", ...board }], can: always, run: step(1) }),
  command("select.previous", { group: "view", keys: [{ key: ",", ...board }], can: always, run: step(-1) }),
  command("select.nearest", {
    group: "view",
    keys: [
      { key: "ArrowLeft", ...board, args: { direction: "left" } },
      { key: "ArrowRight", ...board, args: { direction: "right" } },
      { key: "ArrowUp", ...board, args: { direction: "up" } },
      { key: "ArrowDown", ...board, args: { direction: "down" } },
    ],
    can: (_, args) => (args?.direction === undefined ? no("notHere") : OK),
    run: nearest,
  }),
];
