// Select, dragging items: shown here and to the others, written once when let go. Knows no drawing.

import { center, containsPoint, grow, intersects, shift } from "../../canvas/geometry.ts";
import { landingAt } from "../../canvas/hit.ts";
import type { Preview } from "../../canvas/state.ts";
import { corner } from "../../model/rects.ts";
import { isPinnable } from "../../model/standing.ts";
import type { ObjectId, Point, Rect } from "../../model/types.ts";
import { carrierAt } from "../pinning.ts";
import type { Env, PointerInput, State } from "../types.ts";
import { align } from "./align.ts";
import { idle } from "./idle.ts";

/** How far from its carrier a pinned item may be pulled and stay pinned. */
const TORN = 40;
/** How far under an arrow stands what was let go on its middle. */
const UNDER = 32;
/** Between things that hang on the same arrow, and how many are looked at before they may cover each other. */
const BETWEEN = 8;
const TURNS = 8;

export function dragging(env: Env, ids: readonly ObjectId[], start: PointerInput, now: PointerInput): State {
  const { state, camera } = env;
  let by: Point = [0, 0];
  let carrier: ObjectId | undefined;

  const follow = (input: PointerInput): void => {
    const raw: Point = [input.board[0] - start.board[0], input.board[1] - start.board[1]];
    const straight: Point = !input.shift ? raw : Math.abs(raw[0]) > Math.abs(raw[1]) ? [raw[0], 0] : [0, raw[1]];
    const lead = ids[0];
    const rect = lead === undefined ? undefined : state.snapshot.rect(lead);
    // With Ctrl or ⌘ nothing snaps.
    const kind = state.snapshot.items.get(lead ?? "")?.kind;
    const snapped =
      rect && kind && !input.mod
        ? align(state.scene, kind, shift(rect, straight), state.carried, camera.zoom)
        : undefined;
    by = [Math.round(straight[0] + (snapped?.by[0] ?? 0)), Math.round(straight[1] + (snapped?.by[1] ?? 0))];
    // With Alt a copy is put down, and what is pulled stays.
    env.cursor(input.alt ? "copy" : "grabbing");
    const preview: Preview = { drag: { ids, by }, ...(snapped ? { guides: snapped.guides } : {}) };
    state.preview = preview;
    carrier = input.alt ? undefined : carrierOf(env, ids, input);
    const target = carrier ?? (rect && landing(env, ids, shift(rect, by)));
    if (target !== undefined) state.preview = { ...preview, target };
    env.shown();
  };
  const leave = (): State => {
    state.preview = {};
    env.cursor(undefined);
    env.shown();
    return idle(env);
  };

  follow(now);
  return {
    busy: true,
    move(input) {
      follow(input);
      return undefined;
    },
    up(input) {
      follow(input);
      const [only] = ids;
      const to = carrier;
      // The picture goes first: the command moves the items, and both together would move them twice.
      const next = leave();
      if (input.alt) {
        if (by[0] !== 0 || by[1] !== 0) env.run("item.duplicate", { ids, by });
      } else if (to !== undefined && only !== undefined) {
        env.run("connect.pin", { id: only, to, ...placeOn(env, only, to, by) });
      } else if (by[0] !== 0 || by[1] !== 0) {
        env.run("item.move", { ids, by, ...tornOff(env, ids, by) });
      }
      return next;
    },
    cancel: leave,
  };
}

/** The step or the arrow that a single thing is held over that can be pinned; not the arrow it hangs on already. */
function carrierOf(env: Env, ids: readonly ObjectId[], input: PointerInput): ObjectId | undefined {
  const { state } = env;
  const [only] = ids;
  const item = only !== undefined && ids.length === 1 ? state.snapshot.items.get(only) : undefined;
  if (item === undefined || !isPinnable(item.kind)) return undefined;
  const to = carrierAt(env, input, state.carried);
  return to !== undefined && state.snapshot.tetherOf(item.id)?.to === to ? undefined : to;
}

/**
 * Where it was let go, unless that hides what it is pinned to: on a step the command finds a place, on an arrow it
 * comes to stand under it.
 */
function placeOn(env: Env, id: ObjectId, to: ObjectId, by: Point): { offset?: Point; at?: Point } {
  const { state } = env;
  const item = state.snapshot.rect(id);
  if (!item) return {};
  const dropped = shift(item, by);
  const base = state.snapshot.rect(to);
  if (base) return containsPoint(dropped, center(base)) ? {} : { offset: [dropped.x - base.x, dropped.y - base.y] };
  const knot = state.routes.get(to)?.label;
  const covered = knot && containsPoint(grow(dropped, UNDER / 2), knot);
  return { at: covered ? clearOf(env, { ...dropped, y: Math.round(knot[1]) + UNDER }) : corner(dropped) };
}

/** That place, or one lower where other things hang already. */
function clearOf({ state }: Env, wanted: Rect): Point {
  let { y } = wanted;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const there = state.scene
      .visible({ ...wanted, y })
      .filter((item) => isPinnable(item.kind) && !state.carried.has(item.id));
    const rects = there.flatMap((item) => state.snapshot.rect(item.id) ?? []);
    if (rects.length === 0) return [wanted.x, y];
    y = Math.max(...rects.map((rect) => rect.y + rect.h)) + BETWEEN;
  }
  return corner(wanted);
}

/** A pinned item pulled well away from its carrier is unpinned: it goes into the container there, or into none. */
function tornOff(env: Env, ids: readonly ObjectId[], by: Point): { into?: ObjectId | null } {
  const { state } = env;
  const [only] = ids;
  const pin = only !== undefined && ids.length === 1 ? state.snapshot.pinOf(only) : undefined;
  const rect = pin && state.snapshot.rect(pin.from);
  const carrier = pin && state.snapshot.rect(pin.to);
  if (!rect || !carrier || intersects(shift(rect, by), grow(carrier, TORN))) return {};
  return { into: landing(env, ids, shift(rect, by)) ?? null };
}

/** The container that the leading item would come into. */
function landing(env: Env, ids: readonly ObjectId[], rect: Rect): ObjectId | undefined {
  const { state } = env;
  const lead = state.snapshot.items.get(ids[0] ?? "");
  return lead && landingAt(state.scene, center(rect), lead.kind, state.carried)?.id;
}
