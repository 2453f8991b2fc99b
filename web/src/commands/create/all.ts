// The commands that make a new thing, one for each kind, with their keys. Know no pointer.

import type { ItemKind } from "../../model/types.ts";
import { defaultSize } from "../../model/schema.ts";
import type { CreateArgs } from "../arguments.ts";
import { all, command } from "../support.ts";
import type { Context } from "../types.ts";
import { fieldsOf, finish, growFor, mayCreate, placeFor, tellMade } from "./common.ts";
import { createFrame, createLane } from "./containers.ts";
import { mayPin, pinned } from "./pinned.ts";
import { createStep, mayCreateStep } from "./step.ts";

function simple(kind: ItemKind) {
  return (context: Context, args: CreateArgs = {}) => {
    let id = "";
    const place = placeFor(context, kind, args);
    context.board.write((writer) => {
      id = writer.addItem(kind, fieldsOf(place, args), args.text);
      if (args.at === undefined && typeof args.parent === "string") growFor(context, writer, place, defaultSize(kind));
    });
    finish(context, id, args);
    tellMade(context, id, kind, args);
  };
}

/** What somebody in the room or on the phone says, in a note that says so. */
const enter = (context: Context, args: CreateArgs = {}) =>
  simple("note")(context, { ...args, fields: { ...args.fields, entered: true } });
const mayEnter = (context: Context, args: CreateArgs = {}) =>
  all(context.permissions.may("enter"), mayCreate("note")(context, args));

const key = (letter: string) => [{ key: letter, onBoard: true }];

export const createCommands = [
  command("note.create", { group: "create", keys: key("n"), can: mayCreate("note"), run: simple("note") }),
  command("note.enter", {
    group: "facilitate",
    keys: [{ key: "n", shift: true, onBoard: true }],
    can: mayEnter,
    run: enter,
  }),
  command("lane.create", { group: "create", keys: key("l"), can: mayCreate("lane"), run: createLane }),
  command("step.create", { group: "create", keys: key("s"), can: mayCreateStep, run: createStep }),
  command("obstacle.create", { group: "create", keys: key("e"), can: mayPin("obstacle"), run: pinned("obstacle") }),
  command("cooperation.create", {
    group: "create",
    keys: key("y"),
    can: mayPin("cooperation"),
    run: pinned("cooperation"),
  }),
  command("nextStep.create", { group: "create", keys: key("a"), can: mayCreate("nextStep"), run: simple("nextStep") }),
  command("frame.create", { group: "create", can: mayCreate("frame"), run: createFrame }),
  command("group.create", { group: "create", can: mayCreate("group"), run: simple("group") }),
  command("bottleneck.create", { group: "create", can: mayPin("bottleneck"), run: pinned("bottleneck") }),
  command("painPoint.create", { group: "create", can: mayPin("painPoint"), run: pinned("painPoint") }),
  command("question.create", { group: "create", can: mayPin("question"), run: pinned("question") }),
  command("idea.create", { group: "create", can: mayCreate("idea"), run: simple("idea") }),
  command("insight.create", { group: "create", can: mayCreate("insight"), run: simple("insight") }),
  command("evidence.create", { group: "create", can: mayPin("evidence"), run: pinned("evidence") }),
  command("term.create", { group: "create", can: mayCreate("term"), run: simple("term") }),
  command("goal.create", { group: "create", can: mayCreate("goal"), run: simple("goal") }),
  command("commitment.create", { group: "create", can: mayCreate("commitment"), run: simple("commitment") }),
];
