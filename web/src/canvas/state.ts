// The surface's own state: what is selected, current, edited and on the move. Knows no DOM.

import type { ChangeSet, ObjectId, Point, Rect, Side, Size, Snapshot } from "../model/types.ts";
import type { BoardModel } from "../model/board.ts";
import type { Presence } from "../net/types.ts";
import { shift } from "./geometry.ts";
import { Routes } from "./routes.ts";
import { carriedBy, Scene } from "./scene.ts";

/** What a gesture shows before it is written. */
export interface Preview {
  readonly drag?: { readonly ids: readonly ObjectId[]; readonly by: Point };
  readonly resize?: { readonly id: ObjectId; readonly at: Point; readonly size: Size };
  readonly marquee?: Rect;
  readonly arrow?: { readonly from: ObjectId; readonly side: Side; readonly to: Point; readonly over?: ObjectId };
  /** Where what is dragged would land: a container, a carrier or an arrow. */
  readonly target?: ObjectId;
  readonly guides?: { readonly x?: number; readonly y?: number };
}

export class SurfaceState {
  model: BoardModel;
  scene: Scene;
  routes: Routes;
  /** Items and links. */
  selection: ReadonlySet<ObjectId> = new Set();
  /** The item that Tab comes to. */
  current: ObjectId | undefined;
  editing: ObjectId | undefined;
  /** Picked up with the keyboard. */
  carrying = false;
  pointer: Point | undefined;
  /** The pointer is a laser. */
  laser = false;
  /** The person came to the current item by keys: then single letters are commands, else they are its text. */
  byKeys = false;
  #preview: Preview = {};
  #own: ReadonlySet<ObjectId> = new Set();
  #remote = new Map<ObjectId, Point>();
  #remoteSize = new Map<ObjectId, Rect>();

  constructor(model: BoardModel) {
    this.model = model;
    this.scene = new Scene(model.snapshot);
    this.routes = new Routes(model.snapshot);
  }

  get snapshot(): Snapshot {
    return this.scene.snapshot;
  }

  get preview(): Preview {
    return this.#preview;
  }

  set preview(preview: Preview) {
    if (preview.drag?.ids !== this.#preview.drag?.ids) {
      this.#own = preview.drag ? carriedBy(this.snapshot, preview.drag.ids) : new Set();
    }
    this.#preview = preview;
  }

  /** Everything that moves with the gesture. */
  get carried(): ReadonlySet<ObjectId> {
    return this.#own;
  }

  setModel(model: BoardModel): void {
    this.model = model;
    this.scene = new Scene(model.snapshot);
    this.routes = new Routes(model.snapshot);
    this.preview = {};
  }

  apply(change: ChangeSet): void {
    this.scene.apply(change);
    this.routes.apply(change);
  }

  others(presences: readonly Presence[]): void {
    this.#remote = new Map();
    this.#remoteSize = new Map();
    for (const { drag, resize } of presences) {
      if (drag) for (const id of carriedBy(this.snapshot, drag.ids)) this.#remote.set(id, drag.by);
      if (resize) {
        this.#remoteSize.set(resize.id, { x: resize.at[0], y: resize.at[1], w: resize.size[0], h: resize.size[1] });
      }
    }
  }

  /** Where an item is drawn at this moment, with gestures here and elsewhere. */
  rect(id: ObjectId): Rect | undefined {
    const rect = this.snapshot.rect(id);
    if (!rect) return undefined;
    const { drag, resize } = this.#preview;
    if (resize?.id === id) return { x: resize.at[0], y: resize.at[1], w: resize.size[0], h: resize.size[1] };
    if (drag && this.#own.has(id)) return shift(rect, drag.by);
    const by = this.#remote.get(id);
    return this.#remoteSize.get(id) ?? (by ? shift(rect, by) : rect);
  }

  /** Items whose place differs from the document's at this moment. */
  *unsettled(): Iterable<ObjectId> {
    yield* this.#own;
    yield* this.#remote.keys();
    yield* this.#remoteSize.keys();
    if (this.#preview.resize) yield this.#preview.resize.id;
  }
}
