// What pasting puts on the board: things that were copied, or a note for each line. Knows no DOM.

import type { Writer } from "../model/board.ts";
import { newId } from "../model/ids.ts";
import { orderBetween, spread } from "../model/order.ts";
import { around, contains, rectOf, whole } from "../model/rects.ts";
import { defaultColor, defaultSize, LIVE_OBJECTS, REACH } from "../model/schema.ts";
import type { ObjectId, Point, Rect, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { moved, read, type Clip, type ClipItem, type Copied } from "./clip.ts";
import { jsonIn, rowsIn } from "./clipText.ts";
import { containerFor } from "./containers.ts";
import { clearPlace } from "./create/common.ts";
import type { Context } from "./types.ts";

export async function paste(context: Context, args: ArgsOf<"edit.paste"> = {}): Promise<void> {
  const { view, page } = context;
  const data = args.data ?? (await page.paste());
  if (data === undefined) {
    view.announce("said.clipboardBlocked", {});
    return;
  }
  const own = clipIn(data);
  const pasted = own ?? notesOf(rowsIn(data.text ?? ""));
  if (pasted === undefined) {
    view.announce("said.nothingToPaste", {});
    return;
  }
  await putDown(context, pasted, own !== undefined, args.at);
}

function clipIn(data: Partial<Copied>): Clip | undefined {
  const json = data.json ?? (data.html === undefined ? undefined : jsonIn(data.html));
  return json === undefined || json === "" ? undefined : read(json);
}

const GAP = 20;

/** Notes beside and below each other, in about a square. */
function notesOf(rows: readonly string[]): Clip | undefined {
  if (rows.length === 0) return undefined;
  const size = defaultSize("note");
  const columns = Math.ceil(Math.sqrt((rows.length * size[1]) / size[0]));
  const items = rows.map((text, at): ClipItem => {
    const place: Point = [(at % columns) * (size[0] + GAP), Math.floor(at / columns) * (size[1] + GAP)];
    const look = { size, color: defaultColor("note"), layer: 0, parent: null, fields: {} };
    return { id: newId("n"), kind: "note", text, at: place, ...look };
  });
  return { items, links: [] };
}

/** So many are written at once; more go in parts, with the page alive between them. */
const AT_ONCE = 300;

async function putDown(context: Context, whole: Clip, own: boolean, at?: Point): Promise<void> {
  const { board, view, page } = context;
  const asked = whole.items.length + whole.links.length;
  const fitting = fit(whole, Math.max(0, LIVE_OBJECTS - board.live));
  const count = fitting.items.length;
  const left = asked - count - fitting.links.length;
  const copies = new Map<ObjectId, ObjectId>();
  const run = (writer: Writer) => writeClip(context, writer, fitting, own, copies, at);
  let done = true;
  if (asked - left <= AT_ONCE) board.write(run);
  else {
    view.announce("said.pasting", { count });
    done = await board.writeSlowly(run, () => page.pause());
  }
  const carried = new Set(fitting.links.flatMap((link) => (link.kind === "pin" ? [link.from] : [])));
  const chosen = fitting.items.filter((item) => item.parent === null && !carried.has(item.id));
  const roots = chosen.flatMap((item) => copies.get(item.id) ?? []);
  const there = roots.filter((id) => board.snapshot.items.has(id));
  view.select(there);
  if (!isSeen(context, around(there.flatMap((id) => board.snapshot.rect(id) ?? [])))) view.zoomTo(there);
  if (!done) view.announce("said.pasteStopped", {});
  else if (left > 0) view.announce("said.pastedPart", { count, left });
  else view.announce("said.pasted", { count });
}

function isSeen({ view }: Context, box: Rect | undefined): boolean {
  const seen = view.viewport?.();
  if (seen === undefined || box === undefined) return true;
  const [left, top] = [seen.at[0] - seen.size[0] / 2, seen.at[1] - seen.size[1] / 2];
  const across = box.x >= left && box.x + box.w <= left + seen.size[0];
  return across && box.y >= top && box.y + box.h <= top + seen.size[1];
}

/** As much of a clip as has room: things in their order, each link with the last of its ends. */
export function fit(whole: Clip, room: number): Clip {
  if (whole.items.length + whole.links.length <= room) return whole;
  const places = new Map(whole.items.map((item, at) => [item.id, at]));
  const withItem = new Map<number, number>();
  for (const link of whole.links) {
    const at = Math.max(places.get(link.from) ?? 0, places.get(link.to) ?? 0);
    places.set(link.id, at);
    withItem.set(at, (withItem.get(at) ?? 0) + 1);
  }
  let [count, used] = [0, 0];
  for (const at of whole.items.keys()) {
    used += 1 + (withItem.get(at) ?? 0);
    if (used > room) break;
    count = at + 1;
  }
  const there = (id: ObjectId) => (places.get(id) ?? count) < count;
  return { items: whole.items.slice(0, count), links: whole.links.filter((link) => there(link.id)) };
}

function writeClip(
  context: Context,
  writer: Writer,
  { items: all, links }: Clip,
  own: boolean,
  copies: Map<ObjectId, ObjectId>,
  at?: Point,
): void {
  const { snapshot } = context;
  const box = around(all.map((item) => rectOf(item.at, item.size)));
  if (box === undefined) return;
  const corner = whole(at ?? clear(snapshot, wanted(context, box), all, box), REACH);
  const by: Point = [corner[0] - box.x, corner[1] - box.y];
  const carried = new Set(links.flatMap((link) => (link.kind === "pin" ? [link.from] : [])));
  const block = { x: corner[0], y: corner[1], w: box.w, h: box.h };
  const kids = new Map<ObjectId | null, number>();
  for (const item of all) kids.set(item.parent, (kids.get(item.parent) ?? 0) + 1);
  const keys = new Map([...kids].map(([parent, count]) => [parent, spread(count)]));
  const starts = new Map<ObjectId | null, string>();
  const start = (parent: ObjectId | null) => {
    const known = starts.get(parent) ?? orderBetween(snapshot.children(parent).at(-1)?.order ?? null, null) ?? "z";
    starts.set(parent, known);
    return known;
  };
  const drawn = new Map<ObjectId, Point>();
  for (const item of all) {
    const corner = moved(item.at, by);
    drawn.set(item.id, corner);
    const key = keys.get(item.parent)?.shift() ?? "U";
    const inClip = item.parent === null ? undefined : copies.get(item.parent);
    const home = inClip === undefined && !carried.has(item.id) ? homeFor(snapshot, item, corner, block, own) : null;
    const parent = inClip ?? home;
    const from = item.parent !== null && inClip !== undefined ? drawn.get(item.parent) : placeOf(snapshot, home);
    const fields = {
      ...item.fields,
      at: from === undefined ? corner : whole([corner[0] - from[0], corner[1] - from[1]], REACH),
      size: item.size,
      parent,
      order: inClip === undefined ? start(home) + key : key,
      color: item.color,
      ...(item.layer === 0 ? {} : { layer: item.layer }),
    };
    copies.set(item.id, writer.addItem(item.kind, fields, item.text));
  }
  for (const link of links) {
    const [source, target] = [copies.get(link.from), copies.get(link.to)];
    if (source === undefined || target === undefined) continue;
    const id = writer.addLink(link.kind, source, target, link.fields);
    copies.set(link.id, id);
    if (link.text !== "") writer.setText(id, link.text);
  }
}

/** About the place where one looks; in a list, which has none, at what is selected. */
function wanted({ snapshot, focus, view }: Context, box: Rect): Point {
  const chosen =
    view.viewport?.() === undefined ? around(focus.selection.flatMap((id) => snapshot.rect(id) ?? [])) : undefined;
  return chosen === undefined ? [focus.place[0] - box.w / 2, focus.place[1] - box.h / 2] : [chosen.x, chosen.y];
}

function placeOf(snapshot: Snapshot, id: ObjectId | null): Point | undefined {
  const rect = id === null ? undefined : snapshot.rect(id);
  return rect === undefined ? undefined : [rect.x, rect.y];
}

/** The container under a thing; of many notes from lines only one that holds them all. */
function homeFor(snapshot: Snapshot, item: ClipItem, at: Point, block: Rect, own: boolean): ObjectId | null {
  const found = containerFor(snapshot, [at[0] + item.size[0] / 2, at[1] + item.size[1] / 2], item.kind);
  const rect = found === undefined ? undefined : snapshot.rect(found.id);
  if (found === undefined || rect === undefined) return null;
  const holds = contains(rect, [block.x, block.y]) && contains(rect, [block.x + block.w - 1, block.y + block.h - 1]);
  return own || holds ? found.id : null;
}

/** The place, or one near it: many things beside what is there, a single one at least not exactly on another. */
function clear(snapshot: Snapshot, at: Point, all: readonly ClipItem[], box: Rect): Point {
  const [first] = all;
  if (first === undefined) return at;
  if (all.length > 1) return clearPlace(snapshot, at, [box.w, box.h], 2 * GAP);
  const within: Point = [first.at[0] - box.x, first.at[1] - box.y];
  const taken = new Set<string>();
  for (const item of snapshot.items.values()) {
    const rect = item.kind === first.kind ? snapshot.rect(item.id) : undefined;
    if (rect !== undefined) taken.add(`${rect.x},${rect.y}`);
  }
  let [x, y] = whole(at, REACH);
  while (taken.has(`${x + within[0]},${y + within[1]}`)) [x, y] = [x + 24, y + 24];
  return [x, y];
}
