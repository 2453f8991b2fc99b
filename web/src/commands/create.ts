// Commands that make a new thing: note, lane, step, obstacle, cooperation spot, next step. Know no pointer, no keys.

import type { Fields } from "../model/board.ts";
import { corner, plus } from "../model/rects.ts";
import { defaultSize, ITEM_KINDS } from "../model/schema.ts";
import type { Item, ItemKind, ObjectId, Point, Size } from "../model/types.ts";
import type { CreateArgs, PinnedArgs, StepArgs } from "./arguments.ts";
import { orderAfter, orderAtEnd } from "./ordering.ts";
import {
  all,
  command,
  freeOffset,
  freePlace,
  GAP,
  LANE_HEAD,
  laneAt,
  lanes,
  measuredFrom,
  nameOf,
  no,
  OK,
  snapIntoLane,
} from "./support.ts";
import type { Context, Permission } from "./types.ts";

interface Place {
  readonly parent: ObjectId | null;
  readonly at: Point;
  readonly order: string;
}

const fieldsOf = (place: Place, args: CreateArgs, more: Fields = {}): Fields => ({
  ...place,
  ...(args.color === undefined ? {} : { color: args.color }),
  ...args.fields,
  ...more,
});

function finish({ view }: Context, id: ObjectId, args: CreateArgs): void {
  view.select([id]);
  if (args.quiet !== true) view.edit(id);
}

function mayCreate(context: Context, args: CreateArgs = {}): Permission {
  const { parent } = args;
  const there = parent === undefined || parent === null || context.snapshot.items.get(parent)?.kind === "lane";
  return all(context.permissions.may("create"), there ? OK : no("notHere"));
}

/** The lane that the command was told, else the one under the place. */
function laneFor({ snapshot, focus }: Context, args: CreateArgs): Item | undefined {
  if (args.parent === null) return undefined;
  return args.parent === undefined ? laneAt(snapshot, args.at ?? focus.place) : snapshot.items.get(args.parent);
}

function placeFor(context: Context, args: CreateArgs): Place {
  const { snapshot, focus } = context;
  const parent = laneFor(context, args)?.id ?? null;
  const lane = parent === null ? undefined : snapshot.rect(parent);
  const inLane = lane !== undefined && args.at === undefined && args.parent !== undefined;
  const wanted = inLane ? plus(corner(lane), [LANE_HEAD, GAP]) : (args.at ?? focus.place);
  return { parent, at: freePlace(snapshot, wanted, parent), order: orderAtEnd(snapshot, parent) };
}

function simple(kind: ItemKind) {
  return (context: Context, args: CreateArgs = {}) => {
    let id = "";
    context.board.write((writer) => {
      id = writer.addItem(kind, fieldsOf(placeFor(context, args), args), args.text);
    });
    finish(context, id, args);
    const name = nameOf({ text: args.text ?? "" });
    if (kind === "note" || kind === "nextStep") context.view.announce(`said.created.${kind}`, { name });
    else context.view.announce("said.created.kind", { kind, name });
  };
}

function pinned(kind: ItemKind) {
  return (context: Context, args: PinnedArgs = {}) => {
    const { snapshot, board, view } = context;
    const carrier = carrierFor(context, args);
    const rect = carrier === undefined ? undefined : snapshot.rect(carrier.id);
    let id = "";
    board.write((writer) => {
      if (carrier === undefined || rect === undefined) {
        id = writer.addItem(kind, fieldsOf(placeFor(context, args), args), args.text);
        return;
      }
      const offset = freeOffset(snapshot, carrier, defaultSize(kind));
      const place = { parent: null, at: plus(corner(rect), offset), order: orderAtEnd(snapshot, null) };
      id = writer.addItem(kind, fieldsOf(place, args), args.text);
      writer.addLink("pin", id, carrier.id, { offset });
    });
    finish(context, id, args);
    const name = nameOf({ text: args.text ?? "" });
    if (carrier === undefined) view.announce("said.created.kind", { kind, name });
    else view.announce("said.created.kindOn", { kind, name, on: nameOf(carrier) });
  };
}

/** What it is pinned to: as told, else the selected step or the end of the selected arrow. */
function carrierFor({ snapshot, focus }: Context, { on, at, parent }: PinnedArgs): Item | undefined {
  if (on !== undefined) return on === null ? undefined : snapshot.items.get(on);
  if (at !== undefined || parent !== undefined) return undefined;
  const targets = focus.selection.map((id) => snapshot.links.get(id)?.to ?? id);
  return targets.flatMap((id) => snapshot.items.get(id) ?? []).find((item) => item.kind === "step");
}

function mayPin(context: Context, args: PinnedArgs = {}): Permission {
  const carrier = carrierFor(context, args);
  if (typeof args.on === "string" && (carrier === undefined || carrier.kind === "lane")) return no("notHere");
  return all(mayCreate(context, args), carrier === undefined ? OK : context.permissions.may("connect", carrier.id));
}

function createLane(context: Context, args: CreateArgs & { laneKind?: string } = {}): void {
  const { snapshot, focus, board } = context;
  const rects = lanes(snapshot).flatMap((lane) => snapshot.rect(lane.id) ?? []);
  const lowest = rects.toSorted((a, b) => b.y + b.h - (a.y + a.h))[0];
  const below: Point | undefined = lowest === undefined ? undefined : [lowest.x, lowest.y + lowest.h];
  const at = measuredFrom(snapshot, null, args.at ?? below ?? focus.place);
  const size: Size = lowest === undefined ? defaultSize("lane") : [lowest.w, defaultSize("lane")[1]];
  const kind = args.laneKind === undefined ? {} : { laneKind: args.laneKind };
  let id = "";
  board.write((writer) => {
    const place = { parent: null, at, order: orderAtEnd(snapshot, null) };
    id = writer.addItem("lane", { size, ...fieldsOf(place, args, kind) }, args.text);
  });
  finish(context, id, args);
  context.view.announce("said.created.lane", { name: nameOf({ text: args.text ?? "" }) });
}

function createStep(context: Context, args: StepArgs = {}): void {
  const { board, view } = context;
  const after = predecessor(context, args);
  const lane = stepLane(context, args, after);
  const size = defaultSize("step", args.stepKind);
  const place =
    lane === undefined ? freeStepPlace(context, args, after, size) : lanePlace(context, args, lane, after, size);
  const kind = args.stepKind === undefined ? {} : { stepKind: args.stepKind };
  let id = "";
  board.write((writer) => {
    id = writer.addItem("step", fieldsOf(place, args, kind), args.text);
    const needed = place.at[0] + size[0] + GAP;
    if (lane !== undefined && needed > lane.size[0] && context.permissions.may("move", lane.id).ok) {
      writer.set(lane.id, { size: [needed, lane.size[1]] });
    }
    if (args.connectFrom !== undefined) writer.addLink("sequence", args.connectFrom, id);
  });
  finish(context, id, args);
  const name = nameOf({ text: args.text ?? "" });
  if (lane === undefined) {
    view.announce("said.created.step", { name });
    return;
  }
  const steps = board.snapshot.children(lane.id).filter((item) => item.kind === "step");
  const number = steps.findIndex((item) => item.id === id) + 1;
  view.announce("said.created.stepInLane", { name, lane: nameOf(lane), place: number, count: steps.length });
}

/** The step that the new one comes after: as told, else the selected one. */
function predecessor({ snapshot, focus }: Context, args: StepArgs): Item | undefined {
  const ids = args.connectFrom === undefined ? focus.selection : [args.connectFrom];
  const steps = ids.flatMap((id) => snapshot.items.get(id) ?? []).filter((item) => item.kind === "step");
  return steps.length === 1 ? steps[0] : undefined;
}

function stepLane(context: Context, args: StepArgs, after: Item | undefined): Item | undefined {
  const { snapshot, focus } = context;
  if (args.parent !== undefined || args.at !== undefined) return laneFor(context, args);
  if (after !== undefined) return after.parent === null ? undefined : snapshot.items.get(after.parent);
  const selected = focus.selection.flatMap((id) => snapshot.items.get(id) ?? []).find((item) => item.kind === "lane");
  return selected ?? laneFor(context, args);
}

/** In a lane: where it was pointed at, else after its predecessor, else after the last step. */
function lanePlace({ snapshot }: Context, args: StepArgs, lane: Item, after: Item | undefined, size: Size): Place {
  const steps = snapshot.children(lane.id).filter((item) => item.kind === "step");
  const here = after?.parent === lane.id ? after : undefined;
  const previous = here ?? steps.at(-1);
  const wanted: Point =
    args.at === undefined
      ? [previous === undefined ? LANE_HEAD : previous.at[0] + previous.size[0] + GAP, (lane.size[1] - size[1]) / 2]
      : measuredFrom(snapshot, lane.id, args.at);
  let at = snapIntoLane(lane.size, size, wanted);
  const covers = (step: Item) =>
    at[0] < step.at[0] + step.size[0] &&
    step.at[0] < at[0] + size[0] &&
    at[1] < step.at[1] + step.size[1] &&
    step.at[1] < at[1] + size[1];
  for (let step = steps.find(covers); step !== undefined && args.at === undefined; step = steps.find(covers)) {
    at = [step.at[0] + step.size[0] + GAP, at[1]];
  }
  const before = args.at === undefined ? previous : steps.findLast((step) => step.at[0] <= at[0]);
  return { parent: lane.id, at, order: orderAfter(snapshot, lane.id, before) };
}

function freeStepPlace(context: Context, args: StepArgs, after: Item | undefined, size: Size): Place {
  const { snapshot, focus } = context;
  const rect = after === undefined ? undefined : snapshot.rect(after.id);
  const beside: Point | undefined =
    rect === undefined ? undefined : [rect.x + rect.w + GAP, rect.y + Math.round((rect.h - size[1]) / 2)];
  const at = freePlace(snapshot, args.at ?? beside ?? focus.place, null);
  return { parent: null, at, order: orderAtEnd(snapshot, null) };
}

function mayCreateStep(context: Context, args: StepArgs = {}): Permission {
  const from = args.connectFrom;
  if (from === undefined) return mayCreate(context, args);
  const there = context.snapshot.items.has(from) ? OK : no("notHere");
  return all(mayCreate(context, args), there, context.permissions.may("connect", from));
}

const key = (letter: string) => [{ key: letter, onBoard: true }];
/** Kinds in the order of the toolbar. */
export const CREATED_KINDS: readonly ItemKind[] = ITEM_KINDS;

export const createCommands = [
  command("note.create", { group: "create", keys: key("n"), can: mayCreate, run: simple("note") }),
  command("lane.create", { group: "create", keys: key("l"), can: mayCreate, run: createLane }),
  command("step.create", { group: "create", keys: key("s"), can: mayCreateStep, run: createStep }),
  command("obstacle.create", { group: "create", keys: key("e"), can: mayPin, run: pinned("obstacle") }),
  command("cooperation.create", { group: "create", keys: key("y"), can: mayPin, run: pinned("cooperation") }),
  command("nextStep.create", { group: "create", keys: key("a"), can: mayCreate, run: simple("nextStep") }),
  command("frame.create", { group: "create", can: mayCreate, run: simple("frame") }),
  command("group.create", { group: "create", can: mayCreate, run: simple("group") }),
  command("bottleneck.create", { group: "create", can: mayPin, run: pinned("bottleneck") }),
  command("painPoint.create", { group: "create", can: mayPin, run: pinned("painPoint") }),
  command("question.create", { group: "create", can: mayPin, run: pinned("question") }),
  command("idea.create", { group: "create", can: mayCreate, run: simple("idea") }),
  command("insight.create", { group: "create", can: mayCreate, run: simple("insight") }),
  command("evidence.create", { group: "create", can: mayPin, run: pinned("evidence") }),
  command("term.create", { group: "create", can: mayCreate, run: simple("term") }),
  command("goal.create", { group: "create", can: mayCreate, run: simple("goal") }),
];
