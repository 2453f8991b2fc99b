// What tools see and do: pointer input in, gestures and commands out. Knows no DOM elements.

import type { Camera } from "../canvas/camera.ts";
import type { Corner, Dot } from "../canvas/overlay.ts";
import type { SurfaceState } from "../canvas/state.ts";
import type { ToolName } from "../canvas/types.ts";
import type { Permission } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import { linkAt } from "../canvas/hit.ts";
import { isWhole } from "../canvas/relations.ts";
import type { Link, ObjectId, Point } from "../model/types.ts";

export interface PointerInput {
  readonly id: number;
  /** From the surface's top left corner, in screen pixels. */
  readonly screen: Point;
  readonly board: Point;
  readonly button: "main" | "middle" | "other";
  readonly touch: boolean;
  readonly shift: boolean;
  readonly mod: boolean;
  readonly alt: boolean;
  /** The handle under the pointer, on pressing. */
  readonly handle?: { readonly corner: Corner } | { readonly dot: Dot };
}

export interface Env {
  readonly state: SurfaceState;
  readonly camera: Camera;
  run(id: CommandId, args?: object): void;
  may(action: "move" | "connect" | "create" | "edit", id?: ObjectId): Permission;
  select(ids: readonly ObjectId[]): void;
  edit(id: ObjectId, typed?: string): void;
  setTool(tool: ToolName): void;
  /** The gesture's picture changed: draw, and tell the others. */
  shown(): void;
  say(key: string, values?: Readonly<Record<string, string | number>>): void;
  /** The cursor over the surface; undefined: the tool's own. */
  cursor(cursor: string | undefined): void;
}

/** One state of a tool. Each handler answers with the next state, or nothing to stay. */
export interface State {
  down?(input: PointerInput): State | undefined;
  move?(input: PointerInput): State | undefined;
  up?(input: PointerInput): State | undefined;
  double?(input: PointerInput): State | undefined;
  /** Esc, a lost pointer, another tool: leave nothing behind. */
  cancel?(): State | undefined;
  /** Whether Esc has something to cancel here. */
  readonly busy: boolean;
}

/** How far a pressed pointer moves before it drags. */
export function threshold(input: PointerInput): number {
  return input.touch ? 6 : 4;
}

export function movedEnough(from: PointerInput, to: PointerInput): boolean {
  return Math.hypot(to.screen[0] - from.screen[0], to.screen[1] - from.screen[1]) >= threshold(to);
}

/** How near counts as on an arrow's line, in board units. */
export function lineMargin(input: PointerInput, zoom: number): number {
  return (input.touch ? 16 : 8) / zoom;
}

/** The line under the pointer, of those that can be seen. */
export function lineAt({ state, camera }: Env, input: PointerInput): Link | undefined {
  const seen = [...state.routes.visible(camera.view)].filter(([link, way]) => isWhole(link, way, state.selection));
  return linkAt(seen, input.board, lineMargin(input, camera.zoom));
}

/** How near counts as on it, in board units. */
export function hitMargin(input: PointerInput, zoom: number): number {
  return (input.touch ? 8 : 2) / zoom;
}
