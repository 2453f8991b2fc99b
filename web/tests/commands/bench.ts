// A context for commands: a board, a selection, and a view that remembers what it was told. Knows no tests.

import type { ArgsOf } from "../../src/commands/arguments.ts";
import type { Copied } from "../../src/commands/clip.ts";
import { commands } from "../../src/commands/all.ts";
import type { Context, Permission, View } from "../../src/commands/types.ts";
import type { CommandId } from "../../src/commands/words.ts";
import type { ItemKind, ObjectId, Point } from "../../src/model/types.ts";
import { AINO, board } from "../model/peers.ts";

export function bench(model = board()) {
  const told: [string, ...unknown[]][] = [];
  const asked: object[] = [];
  const state = {
    selection: [] as readonly ObjectId[],
    place: [0, 0] as Point,
    deny: null as null | string,
    facilitates: true,
    clipboard: undefined as Partial<Copied> | undefined,
    clipboardBlocked: false,
    pauses: 0,
    /** What somebody does while something long is under way: at its first pause. */
    meanwhile: undefined as (() => void) | undefined,
    /** What a canvas shows; undefined: the view is a list. */
    viewport: undefined as ReturnType<NonNullable<View["viewport"]>>,
  };
  const locked = new Set<ObjectId>();
  const context = (): Context => ({
    board: model,
    snapshot: model.snapshot,
    focus: { selection: state.selection, place: state.place },
    person: AINO,
    view: {
      select: (ids) => {
        state.selection = ids;
        told.push(["select", ids]);
      },
      edit: (id) => told.push(["edit", id]),
      zoomToFit: () => told.push(["zoomToFit"]),
      zoomTo: (ids) => told.push(["zoomTo", ids]),
      zoomBy: (factor) => told.push(["zoomBy", factor]),
      pan: (by) => told.push(["pan", by]),
      ask: (id, ids) => told.push(["ask", id, ids]),
      viewport: () => state.viewport,
      announce: (key, values) => told.push(["announce", key, values]),
    },
    permissions: {
      may: (action, id): Permission => {
        if (state.deny === action) return { ok: false, why: "role" };
        return id !== undefined && locked.has(id) ? { ok: false, why: "locked" } : { ok: true };
      },
      get facilitates() {
        return state.facilitates;
      },
      isLocked: (id) => locked.has(id),
    },
    page: {
      address: (fragment) => `https://example.test/board/b_1#${fragment}`,
      copy: async (data, given) => {
        state.clipboard = data;
        return given === true || !state.clipboardBlocked;
      },
      paste: async () => (state.clipboardBlocked ? undefined : (state.clipboard ?? {})),
      pause: async () => {
        state.pauses += 1;
        const { meanwhile } = state;
        state.meanwhile = undefined;
        meanwhile?.();
      },
    },
    server: {
      command: async (body) => void asked.push(body),
    },
  });
  return {
    model,
    told,
    asked,
    state,
    locked,
    context,
    add(kind: ItemKind, at: Point = [0, 0], fields: object = {}, text: string = kind): ObjectId {
      let id = "";
      model.write((writer) => {
        id = writer.addItem(kind, { at, ...fields }, text);
      });
      return id;
    },
    run: <Id extends CommandId>(id: Id, args?: ArgsOf<Id>) => commands.run(id, context(), args),
    can: <Id extends CommandId>(id: Id, args?: ArgsOf<Id>) => commands.can(id, context(), args),
    said: () => told.filter(([what]) => what === "announce").map(([, key]) => key),
    item: (id: ObjectId | undefined) => model.snapshot.items.get(id ?? ""),
    newest: () => [...model.snapshot.items.values()].at(-1),
  };
}
