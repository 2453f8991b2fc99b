// What a command is: one user action, with its keys, its words and its conditions. Knows no DOM and no framework.
//
// Toolbar, menus, keyboard, canvas gestures and the outline all run these and nothing else, so that whatever can
// be done in one way can be done in all.

import type { BoardModel } from "../model/board.ts";
import type { ObjectId, Point, Rect, Size, Snapshot } from "../model/types.ts";
import type { Copied } from "./clip.ts";
import type { CommandId, Reason, SaidValues, SaidWord } from "./words.ts";

/** What the person has selected and where they are; owned by the view that has focus. */
export interface Focus {
  readonly selection: readonly ObjectId[];
  /** Where a new object goes when the command is not told: board coordinates. */
  readonly place: Point;
}

/** What a command may ask the view that runs it to do afterwards. */
export interface View {
  select(ids: readonly ObjectId[]): void;
  /** Put the caret into the object's text. */
  edit(id: ObjectId): void;
  zoomToFit(): void;
  zoomTo(ids: readonly ObjectId[]): void;
  zoomBy(factor: number): void;
  pan(by: Point): void;
  /** What is seen now: the middle and the size in board coordinates, and how large; a view without a camera has none. */
  viewport?(): { readonly at: Point; readonly size: Size; readonly zoom: number } | undefined;
  /** Shows all of this part of the board; a view without a camera does not. */
  look?(rect: Rect): void;
  /** Calls back when what is seen changed; returns the way to stop. */
  onCamera?(listener: () => void): () => void;
  /** Takes the laser pointer, or puts it away; a view without a pointer has none. Gives whether it is taken. */
  laser?(): boolean;
  /** Open a chooser for an argument the command lacks (connect to what, move where…). */
  ask(command: CommandId, ids: readonly ObjectId[]): void;
  /** Say what was done, in words: a key of `i18n` and its values. */
  announce<Word extends SaidWord>(key: Word, values: SaidValues[Word]): void;
}

/** May this person do that to this object now? The server decides; this is so that buttons do not lie. */
export interface Permissions {
  may(
    action: "create" | "edit" | "move" | "connect" | "delete" | "comment" | "meta" | "enter",
    object?: ObjectId,
    kind?: string,
  ): Permission;
  readonly facilitates: boolean;
  /** The board is paused: only facilitators edit. */
  readonly paused?: boolean;
  /** A vote is open, and this person may vote in it now. */
  readonly votes?: boolean;
  isLocked(id: ObjectId): boolean;
  /** Left out until the session is known. */
  readonly attention?: AttentionOfMine;
  /** It is written in private, and nobody else sees it. */
  isOnlyMine?(id: ObjectId): boolean;
  /** Rounds of silent writing, the oldest first. */
  readonly silences?: readonly Silence[];
}
/** How I ask for attention, or ask others for theirs. */
export interface AttentionOfMine {
  readonly hand: boolean;
  readonly help: boolean;
  /** The part that runs, if I can be done with it. */
  readonly part: string | null;
  readonly done: boolean;
  /** I lead: as an offer, or in control of everybody's view; or somebody else does. */
  readonly lead: "none" | "offer" | "control" | "others";
  readonly gathers: boolean;
}
/** A round of silent writing, as commands need it. */
export interface Silence {
  readonly part: string;
  readonly open: boolean;
  readonly discarded: boolean;
  readonly counted: boolean;
  /** Where what was written stands since it was revealed: x, y, width, height. */
  readonly area?: readonly [number, number, number, number];
}
export type Permission = { readonly ok: true } | { readonly ok: false; readonly why: Reason };

/** Commands to the server (lock, pause…). Rejects with a problem whose `code` is a key of `i18n`. */
export interface Server {
  command(body: { readonly type: string; readonly [key: string]: unknown }): Promise<void>;
}

/** The step script, as commands see and drive it. */
export interface ScriptDoor {
  /** Of this board, or of the workshop as a whole; undefined while that is not known. */
  now(all: boolean): ScriptNow | undefined;
  /** Asks the server for it, as long as what it is about is as on the screen; rejects with who was first. */
  press(body: { readonly type: string; readonly [key: string]: unknown }, all: boolean): Promise<void>;
  /** Opens the facilitators' panel, or closes it. */
  toggle(): void;
  /** Shows the instruction of the part, or hides it; aloud for whoever did not press what tells so by itself. */
  instruct(aloud?: boolean): void;
  /** Says the part and the time left. */
  tell(): void;
}
export interface ScriptNow {
  /** A workshop runs. */
  readonly runs: boolean;
  /** A part runs; one ran. */
  readonly part: boolean;
  readonly ran: boolean;
  readonly timer: "running" | "paused" | undefined;
  readonly message: boolean;
}

/** What only the page has. */
export interface Page {
  /** The address of this board with this fragment. */
  address(fragment: string): string;
  /** False where the browser does not let us. `given`: the browser has it already, the page only remembers it. */
  copy(data: Partial<Copied> & { readonly text: string }, given?: boolean): Promise<boolean>;
  /** Undefined where the browser does not let us; empty where nothing is on the clipboard. */
  paste(): Promise<Partial<Copied> | undefined>;
  /** Lets the page draw and answer before going on. */
  pause(): Promise<void>;
}

export interface Context {
  readonly board: BoardModel;
  readonly snapshot: Snapshot;
  readonly focus: Focus;
  readonly view: View;
  readonly permissions: Permissions;
  readonly server: Server;
  /** None where only a board is looked at. */
  readonly script?: ScriptDoor;
  readonly page: Page;
  readonly person: string;
}

/** A key as a person sees it: `KeyboardEvent.key`, lower case for letters, and modifiers. `mod` is Ctrl, or ⌘ on a Mac. */
export interface Key {
  readonly key: string;
  readonly mod?: boolean;
  readonly shift?: boolean;
  /** Acts only while a board item or the board has focus (single letters, WCAG 2.1.4). */
  readonly onBoard?: boolean;
  /** The browser makes an event of its own of it (copy, cut, paste), which runs the command: it is only listed here. */
  readonly byBrowser?: boolean;
}

/** A key that runs a command, and what it tells it. */
export interface Binding<Args extends object = Record<never, never>> extends Key {
  readonly args?: Args;
}

export interface Command<Args extends object = Record<never, never>> {
  /** `area.verb`, e.g. `note.create`; also the key of its label: `command.<id>` in `i18n`. */
  readonly id: CommandId;
  readonly keys?: readonly Binding<Args>[];
  readonly group: "create" | "edit" | "arrange" | "connect" | "view" | "share" | "attention" | "facilitate" | "history";
  /** Why it cannot be run now, or ok. */
  can(context: Context, args?: Args): Permission;
  run(context: Context, args?: Args): void | Promise<void>;
}
