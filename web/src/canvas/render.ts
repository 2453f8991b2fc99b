// Draws one frame: which items are mounted, what the canvas layer shows, where the overlay lies. Knows no events.

import type { Permissions } from "../commands/types.ts";
import { isContainer } from "../model/schema.ts";
import type { Item, Link, ObjectId, Rect } from "../model/types.ts";
import type { Presence } from "../net/types.ts";
import { type Batches, batchesOf, type Entry } from "./batches.ts";
import type { Camera } from "./camera.ts";
import type { Ink } from "./draw/types.ts";
import { containsRect, grow, intersects } from "./geometry.ts";
import { Overlay } from "./overlay.ts";
import { paintFar } from "./far.ts";
import type { Wrap } from "./fit.ts";
import { isFar } from "./level.ts";
import { paintNames, paintLostNames, TITLES } from "./names.ts";
import { paintArrow, paintArrows, prepare } from "./paint.ts";
import { Pool } from "./pool.ts";
import { route, routeToPoint, type Route } from "./route.ts";
import { linesOf, wayOf } from "./routes.ts";
import type { SurfaceState } from "./state.ts";
import { readTokens, type Tokens } from "./tokens.ts";

/** At most this many selected items stay mounted off the screen. */
const KEPT = 40;
/** How far beyond the screen items are mounted, so that a small pan mounts nothing. */
const BEYOND = 240;

export interface Scenery {
  readonly state: SurfaceState;
  readonly camera: Camera;
  readonly permissions: Permissions;
  readonly ink: Ink;
  readonly wrap: Wrap;
  readonly others: readonly Presence[];
}

export class Renderer {
  readonly pool: Pool;
  readonly #surface: HTMLElement;
  readonly #below = layer("jb-world jb-lanes");
  readonly #canvas = document.createElement("canvas");
  readonly #above = layer("jb-world jb-items");
  readonly #overlay = new Overlay();
  #tokens: Tokens | undefined;
  #area: Rect | undefined;
  #inArea = new Map<ObjectId, Item>();
  #containers: readonly Item[] = [];
  /** What is painted from afar, made ready for as much again as one sees on each side. */
  #batches: Batches | undefined;
  #batched: Rect | undefined;
  #version = -1;
  #far = false;

  constructor(surface: HTMLElement) {
    this.#surface = surface;
    this.#canvas.className = "jb-canvas";
    this.#canvas.setAttribute("aria-hidden", "true");
    surface.append(this.#below, this.#canvas, this.#above, this.#overlay.root);
    this.pool = new Pool((kind) => (isContainer(kind) ? this.#below : this.#above));
  }

  /** Colours are read again before the next frame. */
  newTokens(): void {
    this.#tokens = undefined;
    this.#batches = undefined;
  }

  /** Everything is looked up again before the next frame: another model. */
  forget(): void {
    this.#area = undefined;
    this.#version = -1;
    this.pool.clear();
  }

  draw(scenery: Scenery): void {
    const { state, camera, permissions, ink } = scenery;
    this.#tokens ??= readTokens(this.#surface);
    this.#look(state, camera);
    const far = isFar(camera.zoom, this.#inArea.size, this.#far);
    this.#far = far;
    const mounted = new Map<ObjectId, Item>(far ? [] : this.#inArea);
    for (const id of kept(state)) {
      const item = state.snapshot.items.get(id);
      if (item) mounted.set(id, item);
    }
    this.pool.show(mounted, (id) => state.rect(id), ink, permissions);
    this.#marks(state);
    this.#move(camera);
    this.#paint(scenery, far, this.#tokens);
    this.#overlay.draw(state, camera, scenery.others, (id) => permissions.may("move", id).ok);
    this.#surface.classList.toggle("jb-small", camera.zoom < TITLES);
  }

  /** Asks the scene only when the camera left what was asked for, or something changed. */
  #look(state: SurfaceState, camera: Camera): void {
    const { view } = camera;
    const beyond = BEYOND / camera.zoom;
    const stale = this.#version !== state.snapshot.version;
    const fits = this.#area && containsRect(this.#area, view) && this.#area.w <= view.w + 4 * beyond;
    if (!stale && fits) return;
    this.#version = state.snapshot.version;
    this.#area = grow(view, beyond);
    this.#inArea = new Map(state.scene.visible(this.#area).map((item) => [item.id, item]));
    this.#containers = [...this.#inArea.values()].filter((item) => isContainer(item.kind));
    if (stale) this.#batches = undefined;
  }

  #marks(state: SurfaceState): void {
    const { target } = state.preview;
    for (const { element, item } of this.pool.all()) {
      mark(element, "jb-selected", state.selection.has(item.id));
      mark(element, "jb-moving", state.carried.has(item.id));
      mark(element, "jb-target", item.id === target);
      const index = item.id === state.current ? 0 : -1;
      if (element.tabIndex !== index) element.tabIndex = index;
    }
    const surface = state.current === undefined ? 0 : -1;
    if (this.#surface.tabIndex !== surface) this.#surface.tabIndex = surface;
  }

  #move(camera: Camera): void {
    const { x, y, zoom } = camera.state;
    const transform = `scale(${zoom}) translate(${-x}px, ${-y}px)`;
    if (this.#above.style.transform === transform) return;
    this.#above.style.transform = transform;
    this.#below.style.transform = transform;
  }

  #madeReady(state: SurfaceState, camera: Camera, tokens: Tokens): Batches {
    const { view } = camera;
    const wide = Math.max(view.w, view.h);
    const fits = this.#batched && containsRect(this.#batched, view) && this.#batched.w <= 12 * wide;
    if (this.#batches && fits) return this.#batches;
    this.#batched = grow(view, wide);
    this.#batches = batchesOf(state.scene.visible(this.#batched), (id) => state.snapshot.rect(id), tokens);
    return this.#batches;
  }

  #paint({ state, camera, wrap }: Scenery, far: boolean, tokens: Tokens): void {
    const context = prepare(this.#canvas, camera, globalThis.devicePixelRatio || 1);
    if (!context) return;
    const unsettled = new Set(state.unsettled());
    const arrows = (): void => {
      const free = (rect: Rect): boolean => state.scene.visible(rect).every((item) => isContainer(item.kind));
      const { arrow, target } = state.preview;
      // What something would be pinned to is shown as if it were chosen.
      const marked = target === undefined ? state.selection : new Set([...state.selection, target]);
      paintArrows(context, ways(state, camera, unsettled), camera.zoom, tokens, marked, free);
      const from = arrow && state.rect(arrow.from);
      if (arrow && from) {
        const over = arrow.over === undefined ? undefined : state.rect(arrow.over);
        const way = over ? route(from, over, arrow.side) : routeToPoint(from, arrow.to, arrow.side);
        paintArrow(context, way, "sequence", camera.zoom, tokens.accent);
      }
    };
    const rectOf = (id: ObjectId): Rect | undefined => state.rect(id);
    const { zoom } = camera;
    if (far) {
      const batches = this.#madeReady(state, camera, tokens);
      const { view } = camera;
      const placed = ({ item, rect }: Entry): Rect | undefined => {
        if (!isContainer(item.kind) && this.pool.get(item.id) !== undefined) return undefined;
        if (unsettled.has(item.id)) return state.rect(item.id);
        return intersects(rect, view) ? rect : undefined;
      };
      paintFar(context, { batches, count: this.#inArea.size, placed, zoom, tokens, wrap }, arrows);
    }
    if (zoom < TITLES) paintNames(context, this.#containers, rectOf, zoom, tokens);
    paintLostNames(context, this.#containers, rectOf, camera, tokens);
    if (!far) arrows();
  }
}

/** Items that stay mounted wherever the camera is: losing them would lose the keyboard, a gesture or a text. */
function* kept(state: SurfaceState): Iterable<ObjectId> {
  if (state.current !== undefined) yield state.current;
  if (state.editing !== undefined) yield state.editing;
  let count = 0;
  for (const id of state.selection) {
    if (count >= KEPT) break;
    count += 1;
    yield id;
  }
  for (const id of state.unsettled()) {
    if (count >= 2 * KEPT) break;
    count += 1;
    yield id;
  }
}

function* ways(
  state: SurfaceState,
  camera: Camera,
  unsettled: ReadonlySet<ObjectId>,
): Iterable<readonly [Link, Route]> {
  if (unsettled.size === 0) {
    yield* state.routes.visible(camera.view);
    return;
  }
  const { snapshot } = state;
  const again = new Map<ObjectId, Link>();
  for (const id of unsettled) for (const link of linesOf(snapshot, id)) again.set(link.id, link);
  for (const pair of state.routes.visible(camera.view)) if (!again.has(pair[0].id)) yield pair;
  const rectOf = (id: ObjectId): Rect | undefined => state.rect(id);
  const arrowWay = (id: ObjectId): Route | undefined => {
    const link = again.get(id);
    return link ? wayOf(snapshot, link, rectOf, () => undefined) : state.routes.get(id);
  };
  for (const link of again.values()) {
    const way = wayOf(snapshot, link, rectOf, arrowWay);
    if (way) yield [link, way];
  }
}

function layer(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

function mark(element: HTMLElement, name: string, on: boolean): void {
  if (element.classList.contains(name) !== on) element.classList.toggle(name, on);
}
