// What the board surface needs and what it gives: the contract with the shell. Knows no framework and no sentences.

import type { Registry } from "../commands/registry.ts";
import type { Focus, Permission, Permissions, View } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import type { BoardModel } from "../model/board.ts";
import type { ItemKind, Point, Rect, Size } from "../model/types.ts";
import type { OwnPresence, Presence } from "../net/types.ts";
import type { Covered } from "./camera.ts";

/** Four tools, and one that makes an item for each kind. */
export type ToolName = "select" | "hand" | "arrow" | "laser" | ItemKind;

export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface CanvasDeps {
  readonly model: BoardModel;
  /** Runs a command from the registry with this view's context. */
  run(id: CommandId, args?: object): void;
  can(id: CommandId, args?: object): Permission;
  readonly permissions: Permissions;
  readonly presence: {
    others(): readonly Presence[];
    subscribe(fn: () => void): () => void;
    publish(own: OwnPresence): void;
  };
  readonly words: Words;
  /** The selection or the place changed. */
  onFocus(focus: Focus): void;
  /** The tool changed by itself, for example back to select after placing a note. */
  onTool(tool: ToolName): void;
  readonly person: string;
  /** The registry's key lookup; without it only the keys of the board itself work. */
  readonly find?: Registry["find"];
  /** False: single letters are no commands (the person switched them off). */
  letters?(): boolean;
  /** Says a sentence to assistive technology; without it the surface keeps a polite region of its own. */
  readonly say?: ((sentence: string) => void) | undefined;
  /** Tells what a command did, by its key; without it, it is said as a sentence. */
  readonly announce?: View["announce"] | undefined;
  /** What lies over the surface now; what is fitted into it keeps clear of that. */
  covered?(): Covered;
  /** Opens a chooser for what a command lacks. */
  readonly ask?: View["ask"] | undefined;
}

export interface CanvasView extends View {
  readonly focus: Focus;
  readonly tool: ToolName;
  setTool(tool: ToolName): void;
  laser(): boolean;
  /** What one sees on opening: all of the board where it can be read, else its beginning. */
  showStart(): void;
  viewport(): { readonly at: Point; readonly size: Size; readonly zoom: number };
  /** Shows this place in the middle, this large. */
  show(at: Point, zoom: number): void;
  /** Shows the whole rectangle as large as it fits; while a text is written or something is pulled, when that ends. */
  look(rect: Rect): void;
  /** 1 is 100 %. */
  readonly zoom: number;
  /** Calls back when the camera moved; returns the way to stop. */
  onCamera(listener: () => void): () => void;
  /** The language changed: names and words are written again. */
  wordsChanged(): void;
  setModel(model: BoardModel): void;
  /** Moves keyboard focus to the board: to the current item, or to the surface when there is none. */
  takeFocus(): void;
  destroy(): void;
}
