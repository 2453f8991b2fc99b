// New frames and lanes: a frame beside the others, a lane below the others. Knows no pointer.

import { rectOf, whole } from "../../model/rects.ts";
import { defaultSize, REACH } from "../../model/schema.ts";
import { ancestorsOf, laneSlot, mayHold } from "../../model/standing.ts";
import type { Item, Point, Rect, Size, Snapshot } from "../../model/types.ts";
import type { CreateArgs } from "../arguments.ts";
import { containerFor } from "../containers.ts";
import { orderAtEnd } from "../ordering.ts";
import { measuredFrom, nameOf } from "../support.ts";
import type { Context } from "../types.ts";
import { fieldsOf, finish, growFor, tellMade } from "./common.ts";

/** Between frames that stand beside each other. */
const ASIDE = 80;

export function createFrame(context: Context, args: CreateArgs = {}): void {
  const { snapshot, focus, board } = context;
  const size = defaultSize("frame");
  const rects = [...snapshot.items.values()].flatMap((item) =>
    item.kind === "frame" ? (snapshot.rect(item.id) ?? []) : [],
  );
  const last = rects.toSorted((a, b) => b.x + b.w - (a.x + a.w))[0];
  const centred: Point = [focus.place[0] - size[0] / 2, focus.place[1] - size[1] / 2];
  const beside: Point = last === undefined ? centred : [last.x + last.w + ASIDE, last.y];
  const at = whole(args.at ?? beside, REACH);
  const taken = takenIn(context, at, args);
  let id = "";
  board.write((writer) => {
    id = writer.addItem("frame", fieldsOf({ parent: null, at, order: orderAtEnd(snapshot, null) }, args), args.text);
    for (const [item, rect] of taken) {
      writer.set(item.id, { parent: id, at: whole([rect.x - at[0], rect.y - at[1]], REACH) });
    }
  });
  finish(context, id, args);
  if (taken.length === 0) return tellMade(context, id, "frame", args);
  const name = nameOf({ text: args.text ?? "" });
  context.view.announce("said.created.frameWith", { name, count: taken.length });
}

/** What a frame that is pulled takes in: all that stands wholly inside, in no other container. */
function takenIn({ snapshot, permissions }: Context, at: Point, args: CreateArgs): (readonly [Item, Rect])[] {
  const size = args.at === undefined ? undefined : args.fields?.["size"];
  if (!isSize(size)) return [];
  return snapshot.children(null).flatMap((item) => {
    const rect = snapshot.rect(item.id);
    const may = mayHold("frame", item.kind) && snapshot.pinOf(item.id) === undefined;
    if (rect === undefined || !may || !isInside(rect, rectOf(at, size))) return [];
    return permissions.may("move", item.id).ok ? [[item, rect] as const] : [];
  });
}

const isSize = (value: unknown): value is Size =>
  Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number");

const isInside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y + inner.h <= outer.y + outer.h;

interface Slot {
  readonly parent: string | null;
  readonly at: Point;
  readonly size: Size;
}

export function createLane(context: Context, args: CreateArgs & { laneKind?: string } = {}): void {
  const { snapshot, board } = context;
  const { parent, at, size } = slotFor(context, args);
  const kind = args.laneKind === undefined ? {} : { laneKind: args.laneKind };
  let id = "";
  board.write((writer) => {
    const place = { parent, at, order: orderAtEnd(snapshot, parent) };
    id = writer.addItem("lane", { size, ...fieldsOf(place, args, kind) }, args.text);
    growFor(context, writer, place, size);
  });
  finish(context, id, args);
  tellMade(context, id, "lane", args);
}

/** In the frame that is told or selected, else below the lowest lane. */
function slotFor(context: Context, args: CreateArgs): Slot {
  const { snapshot, focus } = context;
  const size = defaultSize("lane");
  if (args.at !== undefined) {
    const frame = args.parent === null ? undefined : (told(snapshot, args) ?? containerFor(snapshot, args.at, "lane"));
    return { parent: frame?.id ?? null, at: measuredFrom(snapshot, frame?.id ?? null, args.at), size };
  }
  const rects = snapshot.children(null).flatMap((item) => (item.kind === "lane" ? (snapshot.rect(item.id) ?? []) : []));
  const lowest = rects.toSorted((a, b) => b.y + b.h - (a.y + a.h))[0];
  const under = lowest === undefined ? containerFor(snapshot, focus.place, "lane") : undefined;
  const frame = args.parent === null ? undefined : (told(snapshot, args) ?? selectedFrame(context) ?? under);
  if (frame !== undefined) return { parent: frame.id, ...laneSlot(snapshot, frame, size[1]) };
  if (lowest === undefined) return { parent: null, at: whole(focus.place, REACH), size };
  return { parent: null, at: whole([lowest.x, lowest.y + lowest.h], REACH), size: [lowest.w, size[1]] };
}

const told = (snapshot: Snapshot, { parent }: CreateArgs): Item | undefined => snapshot.items.get(parent ?? "");

/** The frame that is selected, or that what is selected stands in. */
function selectedFrame({ snapshot, focus }: Context): Item | undefined {
  const [first] = focus.selection.flatMap((id) => snapshot.items.get(id) ?? []);
  if (first === undefined) return undefined;
  return [first, ...ancestorsOf(snapshot, first)].find((item) => item.kind === "frame");
}
