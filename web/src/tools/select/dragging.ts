// Select, dragging items: shown here and to the others, written once when let go. Knows no drawing.

import { center, containsPoint, grow, intersects, shift } from "../../canvas/geometry.ts";
import { kindAt, laneAt } from "../../canvas/hit.ts";
import type { Preview } from "../../canvas/state.ts";
import type { ItemKind, ObjectId, Point, Rect } from "../../model/types.ts";
import type { Env, PointerInput, State } from "../types.ts";
import { align } from "./align.ts";
import { idle } from "./idle.ts";

/** How far from its carrier a pinned item may be pulled and stay pinned. */
const TORN = 40;
const PINNED: ReadonlySet<ItemKind> = new Set(["obstacle", "cooperation"]);

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
    const snapped =
      rect && !input.mod ? align(state.scene, shift(rect, straight), state.carried, camera.zoom) : undefined;
    by = [Math.round(straight[0] + (snapped?.by[0] ?? 0)), Math.round(straight[1] + (snapped?.by[1] ?? 0))];
    // With Alt a copy is put down, and what is pulled stays.
    env.cursor(input.alt ? "copy" : "grabbing");
    const preview: Preview = { drag: { ids, by }, ...(snapped ? { guides: snapped.guides } : {}) };
    state.preview = preview;
    carrier = carrierOf(env, ids, input.board);
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
        env.run("connect.pin", { id: only, to, ...offsetOf(env, only, to, by) });
      } else if (by[0] !== 0 || by[1] !== 0) {
        env.run("item.move", { ids, by, ...tornOff(env, ids, by) });
      }
      return next;
    },
    cancel: leave,
  };
}

/** The step that a single obstacle or cooperation spot is held over. */
function carrierOf(env: Env, ids: readonly ObjectId[], point: Point): ObjectId | undefined {
  const { state } = env;
  const [only] = ids;
  const kind = only !== undefined && ids.length === 1 ? state.snapshot.items.get(only)?.kind : undefined;
  if (kind === undefined || !PINNED.has(kind)) return undefined;
  return kindAt(state.scene, point, ["step"], state.carried)?.id;
}

/** Where it was let go, unless that hides what it is pinned to: then the command finds a place. */
function offsetOf(env: Env, id: ObjectId, to: ObjectId, by: Point): { offset?: Point } {
  const item = env.state.snapshot.rect(id);
  const base = env.state.snapshot.rect(to);
  if (!item || !base) return {};
  const dropped = shift(item, by);
  if (containsPoint(dropped, center(base))) return {};
  return { offset: [dropped.x - base.x, dropped.y - base.y] };
}

/** A pinned item pulled well away from its carrier is unpinned: it goes into the lane there, or into none. */
function tornOff(env: Env, ids: readonly ObjectId[], by: Point): { into?: ObjectId | null } {
  const { state } = env;
  const [only] = ids;
  const pin = only !== undefined && ids.length === 1 ? state.snapshot.pinOf(only) : undefined;
  const rect = pin && state.snapshot.rect(pin.from);
  const carrier = pin && state.snapshot.rect(pin.to);
  if (!rect || !carrier || intersects(shift(rect, by), grow(carrier, TORN))) return {};
  return { into: landing(env, ids, shift(rect, by)) ?? null };
}

/** The lane that the leading item would come into. */
function landing(env: Env, ids: readonly ObjectId[], rect: Rect): ObjectId | undefined {
  const { state } = env;
  const lead = state.snapshot.items.get(ids[0] ?? "");
  if (!lead || lead.kind === "lane") return undefined;
  return laneAt(state.scene, [rect.x + rect.w / 2, rect.y + rect.h / 2], state.carried)?.id;
}
