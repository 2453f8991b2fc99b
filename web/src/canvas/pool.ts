// The mounted items: elements are taken from a pool, filled, placed, and given back. Knows no camera.

import type { Permissions } from "../commands/types.ts";
import type { Item, ItemKind, ObjectId, Rect } from "../model/types.ts";
import { DRAW } from "./draw/kinds.ts";
import type { Ink, Skin } from "./draw/types.ts";
import { nameOf } from "./name.ts";
import { restack } from "./stack.ts";
import { tintOf } from "./tint.ts";

export interface Mounted {
  readonly element: HTMLElement;
  readonly skin: Skin;
  item: Item;
  version: number;
  z: number;
  x: number;
  y: number;
  w: number;
  h: number;
}

const SPARE = 200;

export class Pool {
  #mounted = new Map<ObjectId, Mounted>();
  #spare = new Map<ItemKind, Mounted[]>();
  readonly #layerOf: (kind: ItemKind) => HTMLElement;

  constructor(layerOf: (kind: ItemKind) => HTMLElement) {
    this.#layerOf = layerOf;
  }

  get size(): number {
    return this.#mounted.size;
  }

  get(id: ObjectId): Mounted | undefined {
    return this.#mounted.get(id);
  }

  all(): IterableIterator<Mounted> {
    return this.#mounted.values();
  }

  /** Mounts exactly these items; who stays keeps its element. */
  show(
    items: ReadonlyMap<ObjectId, Item>,
    rectOf: (id: ObjectId) => Rect | undefined,
    ink: Ink,
    permissions: Permissions,
  ): void {
    for (const [id, mounted] of this.#mounted) {
      const item = items.get(id);
      if (!item || item.kind !== mounted.item.kind) this.#give(id, mounted);
    }
    let restacks = false;
    for (const item of items.values()) {
      const rect = rectOf(item.id);
      if (!rect) continue;
      let mounted = this.#mounted.get(item.id);
      const fresh = mounted === undefined;
      mounted ??= this.#take(item);
      if (fresh || mounted.item !== item) {
        restacks ||= fresh || mounted.item.layer !== item.layer || mounted.item.made !== item.made;
        mounted.item = item;
        tint(mounted);
        mounted.skin.fill(item, ink);
      }
      if (mounted.version !== ink.snapshot.version) {
        mounted.version = ink.snapshot.version;
        label(mounted, ink, permissions);
      }
      place(mounted, rect);
    }
    if (!restacks) return;
    for (const mounted of restack(this.#mounted.values())) mounted.element.style.zIndex = String(mounted.z);
  }

  /** Writes every word again: the language changed. */
  rewrite(ink: Ink, permissions: Permissions): void {
    for (const mounted of this.#mounted.values()) {
      mounted.skin.fill(mounted.item, ink);
      label(mounted, ink, permissions);
    }
  }

  refill(id: ObjectId, ink: Ink): void {
    const mounted = this.#mounted.get(id);
    mounted?.skin.fill(ink.snapshot.items.get(id) ?? mounted.item, ink);
  }

  clear(): void {
    for (const [id, mounted] of this.#mounted) this.#give(id, mounted);
  }

  #take(item: Item): Mounted {
    const spare = this.#spare.get(item.kind)?.pop();
    const mounted = spare ?? build(item);
    mounted.item = item;
    mounted.version = -1;
    mounted.element.dataset["id"] = item.id;
    mounted.element.id = `jb-${item.id}`;
    this.#mounted.set(item.id, mounted);
    if (mounted.element.parentNode === null) this.#layerOf(item.kind).append(mounted.element);
    mounted.element.hidden = false;
    return mounted;
  }

  #give(id: ObjectId, mounted: Mounted): void {
    this.#mounted.delete(id);
    const { element } = mounted;
    element.removeAttribute("id");
    delete element.dataset["id"];
    element.tabIndex = -1;
    element.classList.remove("jb-selected", "jb-moving", "jb-target");
    const spare = this.#spare.get(mounted.item.kind) ?? [];
    this.#spare.set(mounted.item.kind, spare);
    if (spare.length < SPARE) {
      element.hidden = true;
      spare.push(mounted);
    } else {
      element.remove();
    }
  }
}

function build(item: Item): Mounted {
  const element = document.createElement("div");
  element.className = "jb-item";
  element.dataset["kind"] = item.kind;
  element.setAttribute("role", "group");
  element.tabIndex = -1;
  return { element, skin: DRAW[item.kind](element), item, version: -1, z: NaN, x: NaN, y: NaN, w: NaN, h: NaN };
}

function label(mounted: Mounted, ink: Ink, permissions: Permissions): void {
  const { element, item } = mounted;
  const name = nameOf(ink.snapshot, item, ink.words, permissions);
  if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
  const locked = permissions.isLocked(item.id);
  const mine = permissions.isOnlyMine?.(item.id) === true;
  if (element.classList.contains("jb-mine") !== mine) {
    element.classList.toggle("jb-mine", mine);
    if (mine) element.dataset["mine"] = ink.words("private.mine", {});
    else delete element.dataset["mine"];
  }
  if (element.classList.contains("jb-locked") !== locked) element.classList.toggle("jb-locked", locked);
  element.classList.toggle("jb-entered", item.entered);
}

function tint({ element, item }: Mounted): void {
  const color = tintOf(item);
  if (color === undefined) delete element.dataset["color"];
  else if (element.dataset["color"] !== color) element.dataset["color"] = color;
}

function place(mounted: Mounted, rect: Rect): void {
  const { style } = mounted.element;
  if (mounted.x !== rect.x || mounted.y !== rect.y) {
    mounted.x = rect.x;
    mounted.y = rect.y;
    style.left = `${rect.x}px`;
    style.top = `${rect.y}px`;
  }
  if (mounted.w !== rect.w || mounted.h !== rect.h) {
    mounted.w = rect.w;
    mounted.h = rect.h;
    style.width = `${rect.w}px`;
    style.height = `${rect.h}px`;
  }
}
