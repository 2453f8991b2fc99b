// What the board surface needs and what it gives: the contract with the shell. Knows no framework and no sentences.

import type { Focus, Key, Permission, Permissions, View } from "../commands/types.ts";
import type { BoardModel } from "../model/board.ts";
import type { OwnPresence, Presence } from "../net/types.ts";

export type ToolName =
  | "select"
  | "hand"
  | "note"
  | "lane"
  | "step"
  | "obstacle"
  | "cooperation"
  | "nextStep"
  | "arrow";

export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface CanvasDeps {
  readonly model: BoardModel;
  /** Runs a command from the registry with this view's context. */
  run(id: string, args?: unknown): void;
  can(id: string, args?: unknown): Permission;
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
  /** Which command a key means; without it the registry's own list is asked. */
  commandFor?(key: Key): string | undefined;
  /** Where words go that assistive technology should say; without it the surface keeps a polite region of its own. */
  announce?(key: string, values?: Readonly<Record<string, string | number>>): void;
  /** Opens a chooser for what a command lacks. */
  ask?(command: string, ids: readonly string[]): void;
}

export interface CanvasView extends View {
  readonly focus: Focus;
  readonly tool: ToolName;
  setTool(tool: ToolName): void;
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
