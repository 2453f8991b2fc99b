// New steps: after the one before, in its lane, connected when told. Knows no pointer.

import { defaultSize } from "../../model/schema.ts";
import type { Item, Point, Size } from "../../model/types.ts";
import type { StepArgs } from "../arguments.ts";
import { orderAfter, orderAtEnd } from "../ordering.ts";
import { all, freePlace, GAP, LANE_HEAD, measuredFrom, nameOf, no, OK, snapIntoLane } from "../support.ts";
import type { Context, Permission } from "../types.ts";
import { clearPlace, containerOf, fieldsOf, finish, growFor, mayCreate, tellMade, type Place } from "./common.ts";

export function createStep(context: Context, args: StepArgs = {}): void {
  const { board, view } = context;
  const after = predecessor(context, args);
  const container = stepContainer(context, args, after);
  const size = defaultSize("step", args.stepKind);
  const place =
    container?.kind === "lane"
      ? lanePlace(context, args, container, after, size)
      : freeStepPlace(context, args, container, after, size);
  const kind = args.stepKind === undefined ? {} : { stepKind: args.stepKind };
  let id = "";
  board.write((writer) => {
    id = writer.addItem("step", fieldsOf(place, args, kind), args.text);
    growFor(context, writer, place, size);
    if (args.connectFrom !== undefined) writer.addLink("sequence", args.connectFrom, id);
  });
  finish(context, id, args);
  const name = nameOf({ text: args.text ?? "" });
  if (container?.kind !== "lane") {
    tellMade(context, id, "step", args);
    return;
  }
  const steps = board.snapshot.children(container.id).filter((item) => item.kind === "step");
  const number = steps.findIndex((item) => item.id === id) + 1;
  view.announce("said.created.stepInLane", { name, lane: nameOf(container), place: number, count: steps.length });
}

/** The step that the new one comes after: as told, else the selected one. */
function predecessor({ snapshot, focus }: Context, args: StepArgs): Item | undefined {
  const ids = args.connectFrom === undefined ? focus.selection : [args.connectFrom];
  const steps = ids.flatMap((id) => snapshot.items.get(id) ?? []).filter((item) => item.kind === "step");
  return steps.length === 1 ? steps[0] : undefined;
}

function stepContainer(context: Context, args: StepArgs, after: Item | undefined): Item | undefined {
  const { snapshot, focus } = context;
  if (args.parent !== undefined || args.at !== undefined) return containerOf(context, "step", args);
  if (after !== undefined) return after.parent === null ? undefined : snapshot.items.get(after.parent);
  const selected = focus.selection.flatMap((id) => snapshot.items.get(id) ?? []).find((item) => item.kind === "lane");
  return selected ?? containerOf(context, "step", args);
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

function freeStepPlace(
  { snapshot, focus }: Context,
  args: StepArgs,
  container: Item | undefined,
  after: Item | undefined,
  size: Size,
): Place {
  const rect = after === undefined ? undefined : snapshot.rect(after.id);
  const beside: Point | undefined =
    rect === undefined ? undefined : [rect.x + rect.w + GAP, rect.y + Math.round((rect.h - size[1]) / 2)];
  const parent = container?.id ?? null;
  const at = freePlace(snapshot, args.at ?? beside ?? clearPlace(snapshot, focus.place, size, 2 * GAP), parent);
  return { parent, at, order: orderAtEnd(snapshot, parent) };
}

export function mayCreateStep(context: Context, args: StepArgs = {}): Permission {
  const from = args.connectFrom;
  if (from === undefined) return mayCreate("step")(context, args);
  const there = context.snapshot.items.has(from) ? OK : no("notHere");
  return all(mayCreate("step", 2)(context, args), there, context.permissions.may("connect", from));
}
