// What lies over the items, in screen coordinates: selection, handles, marquee, guides, others' cursors and selections.
// Knows no pointer events.

import { isContainer } from "../model/schema.ts";
import type { ObjectId, Point, Rect } from "../model/types.ts";
import type { Presence } from "../net/types.ts";
import type { Camera } from "./camera.ts";
import { around } from "./geometry.ts";
import type { SurfaceState } from "./state.ts";

export const CORNERS = ["nw", "ne", "se", "sw"] as const;
export type Corner = (typeof CORNERS)[number];
export const DOTS = ["top", "right", "bottom", "left"] as const;
export type Dot = (typeof DOTS)[number];

/** More selected items than this get one common frame. */
const FRAMES = 60;
const GAP = 4;
const DOT_AWAY = 20;
const SVG = "http://www.w3.org/2000/svg";

export class Overlay {
  readonly root = document.createElement("div");
  readonly #frames: HTMLElement[] = [];
  readonly #tags = new Map<string, HTMLElement>();
  readonly #cursors = new Map<number, HTMLElement>();
  readonly #handles = document.createElement("div");
  readonly #marquee = document.createElement("div");
  readonly #guideX = document.createElement("div");
  readonly #guideY = document.createElement("div");

  constructor() {
    this.root.className = "jb-overlay";
    this.root.setAttribute("aria-hidden", "true");
    this.#handles.className = "jb-handles";
    for (const corner of CORNERS) this.#handles.append(handle("corner", corner));
    for (const dot of DOTS) this.#handles.append(handle("dot", dot));
    this.#marquee.className = "jb-marquee";
    this.#guideX.className = "jb-guide jb-guide-x";
    this.#guideY.className = "jb-guide jb-guide-y";
    this.root.append(this.#guideX, this.#guideY, this.#handles, this.#marquee);
  }

  draw(state: SurfaceState, camera: Camera, others: readonly Presence[], editable: (id: ObjectId) => boolean): void {
    this.#selection(state, camera, editable);
    const { marquee, guides } = state.preview;
    put(this.#marquee, marquee && camera.rectToScreen(marquee));
    const { w, h } = camera.screen;
    const x = guides?.x;
    const y = guides?.y;
    put(this.#guideX, x === undefined ? undefined : { x: camera.toScreen([x, 0])[0], y: 0, w: 0, h });
    put(this.#guideY, y === undefined ? undefined : { x: 0, y: camera.toScreen([0, y])[1], w, h: 0 });
    this.#others(state, camera, others);
  }

  #selection(state: SurfaceState, camera: Camera, editable: (id: ObjectId) => boolean): void {
    const rects: Rect[] = [];
    let only: ObjectId | undefined;
    for (const id of state.selection) {
      const rect = state.rect(id);
      if (!rect) continue;
      rects.push(camera.rectToScreen(rect));
      only = id;
    }
    const whole = around(rects);
    const shown = rects.length > FRAMES && whole ? [whole] : rects;
    while (this.#frames.length < shown.length) {
      const frame = document.createElement("div");
      frame.className = "jb-frame";
      this.#frames.push(frame);
      this.root.insertBefore(frame, this.#guideX);
    }
    this.#frames.forEach((frame, index) => {
      const rect = shown[index];
      put(frame, rect && { x: rect.x - GAP, y: rect.y - GAP, w: rect.w + 2 * GAP, h: rect.h + 2 * GAP });
      frame.classList.toggle("jb-carried", state.carrying);
    });
    const alone =
      rects.length === 1 && only !== undefined && state.editing === undefined && state.preview.drag === undefined;
    const rect = alone && only !== undefined && editable(only) ? rects[0] : undefined;
    this.#handles.hidden = rect === undefined;
    // No arrow begins at what holds others.
    if (rect) this.#handlesAt(rect, !isContainer(state.snapshot.items.get(only ?? "")?.kind ?? "lane"));
  }

  #handlesAt(rect: Rect, dots: boolean): void {
    const left = rect.x - GAP;
    const top = rect.y - GAP;
    const right = rect.x + rect.w + GAP;
    const bottom = rect.y + rect.h + GAP;
    const cx = (left + right) / 2;
    const cy = (top + bottom) / 2;
    const at: Record<Corner | Dot, Point> = {
      nw: [left, top],
      ne: [right, top],
      se: [right, bottom],
      sw: [left, bottom],
      top: [cx, top - DOT_AWAY],
      right: [right + DOT_AWAY, cy],
      bottom: [cx, bottom + DOT_AWAY],
      left: [left - DOT_AWAY, cy],
    };
    for (const child of this.#handles.children) {
      if (!(child instanceof HTMLElement)) continue;
      const name = child.dataset["corner"] ?? child.dataset["dot"] ?? "";
      const point = at[name as Corner | Dot];
      child.style.transform = `translate(${point[0]}px, ${point[1]}px)`;
      if (child.dataset["dot"] !== undefined) child.hidden = !dots;
    }
  }

  #others(state: SurfaceState, camera: Camera, others: readonly Presence[]): void {
    const cursors = new Set<number>();
    const tags = new Set<string>();
    for (const other of others) {
      if (other.cursor) {
        cursors.add(other.client);
        this.#cursor(other, camera.toScreen(other.cursor));
      }
      const chosen = new Set([...(other.selection ?? []).slice(0, FRAMES), ...(other.editing ? [other.editing] : [])]);
      for (const id of chosen) {
        const rect = state.rect(id);
        if (!rect) continue;
        const key = `${other.client} ${id}`;
        tags.add(key);
        this.#tag(key, other, camera.rectToScreen(rect), other.editing === id);
      }
    }
    drop(this.#cursors, cursors);
    drop(this.#tags, tags);
  }

  #cursor(other: Presence, point: Point): void {
    let element = this.#cursors.get(other.client);
    if (!element) {
      element = document.createElement("div");
      element.className = "jb-cursor";
      const arrow = document.createElementNS(SVG, "svg");
      arrow.setAttribute("viewBox", "0 0 16 20");
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", "M1.5 1.5v15l4-3.7 2.6 5.7 2.7-1.2-2.6-5.6 5.6-.4z");
      arrow.append(path);
      element.append(arrow, document.createElement("span"));
      this.#cursors.set(other.client, element);
      this.root.append(element);
    }
    element.style.transform = `translate(${point[0]}px, ${point[1]}px)`;
    who(element, other);
  }

  #tag(key: string, other: Presence, rect: Rect, editing: boolean): void {
    let element = this.#tags.get(key);
    if (!element) {
      element = document.createElement("div");
      element.className = "jb-other";
      element.append(document.createElement("span"));
      this.#tags.set(key, element);
      this.root.insertBefore(element, this.root.firstChild);
    }
    put(element, { x: rect.x - GAP, y: rect.y - GAP, w: rect.w + 2 * GAP, h: rect.h + 2 * GAP });
    element.classList.toggle("jb-writing", editing);
    who(element, other);
  }
}

function who(element: HTMLElement, other: Presence): void {
  const name = element.lastElementChild;
  element.classList.toggle("jb-star", other.user.role === "facilitator" || other.user.role === "owner");
  if (name && name.textContent !== other.user.name) name.textContent = other.user.name;
  if (element.dataset["color"] !== other.user.color) {
    element.dataset["color"] = other.user.color;
    element.style.setProperty("--who", other.user.color);
  }
}

function drop<Key>(elements: Map<Key, HTMLElement>, keep: ReadonlySet<Key>): void {
  for (const [key, element] of elements) {
    if (keep.has(key)) continue;
    element.remove();
    elements.delete(key);
  }
}

function handle(kind: "corner" | "dot", name: string): HTMLElement {
  const element = document.createElement("div");
  element.className = `jb-handle jb-${kind}`;
  element.dataset[kind] = name;
  return element;
}

function put(element: HTMLElement, rect: Rect | undefined): void {
  element.hidden = rect === undefined;
  if (!rect) return;
  element.style.transform = `translate(${rect.x}px, ${rect.y}px)`;
  element.style.width = `${rect.w}px`;
  element.style.height = `${rect.h}px`;
}
