// What each command can be told. Knows no keys and no views: without arguments a command acts on the selection.

import type { Color, ItemKind, LinkKind, ObjectId, Point, Side, Size, StepKind } from "../model/types.ts";
import type { Fields } from "../model/board.ts";
import type { CommandId } from "./words.ts";

/** Where and how a new item comes to be. */
export interface CreateArgs {
  /** Top left corner in board coordinates; else where the command finds room. */
  readonly at?: Point;
  readonly text?: string;
  readonly color?: Color;
  /** The lane; null: none. Else the lane under the place. */
  readonly parent?: ObjectId | null;
  /** Do not put the caret into the new item (forms that already have the text). */
  readonly quiet?: boolean;
  /** Further fields of the kind. */
  readonly fields?: Fields;
}

export interface StepArgs extends CreateArgs {
  readonly stepKind?: StepKind;
  /** Draw a sequence arrow from this step to the new one. */
  readonly connectFrom?: ObjectId;
}

export interface PinnedArgs extends CreateArgs {
  /** What it is pinned to; else the selected step. Null: to nothing. */
  readonly on?: ObjectId | null;
}

interface On {
  /** Else the selection. */
  readonly ids?: readonly ObjectId[];
}
interface OnOne {
  /** Else the selected one. */
  readonly id?: ObjectId;
}

export type Direction = "left" | "right" | "up" | "down";

/** One of: by how much, or to where (a single item's top left corner, in board coordinates). */
export interface MoveArgs extends On {
  readonly by?: Point;
  readonly to?: Point;
  /** Into which lane; null: out of any. Else the lane under each item's middle. */
  readonly into?: ObjectId | null;
}

type None = Record<never, never>;

export interface CommandArguments {
  "note.create": CreateArgs;
  "lane.create": CreateArgs & { readonly laneKind?: string };
  "step.create": StepArgs;
  "obstacle.create": PinnedArgs;
  "cooperation.create": PinnedArgs;
  "nextStep.create": CreateArgs;
  "frame.create": CreateArgs;
  "group.create": CreateArgs;
  "bottleneck.create": PinnedArgs;
  "painPoint.create": PinnedArgs;
  "question.create": PinnedArgs;
  "idea.create": CreateArgs;
  "insight.create": CreateArgs;
  "evidence.create": PinnedArgs;
  "term.create": CreateArgs;
  "goal.create": CreateArgs;
  "item.edit": OnOne & { readonly text?: string };
  "item.delete": On;
  "item.color": On & { readonly color?: Color };
  "item.fields": OnOne & { readonly fields?: Fields };
  /** `by`: how far from what is copied; else a little beside it. */
  "item.duplicate": On & { readonly by?: Point };
  "item.move": MoveArgs;
  "item.resize": OnOne & { readonly at?: Point; readonly size?: Size };
  "item.parent": On & { readonly parent?: ObjectId | null };
  "item.reorder": OnOne & { readonly before?: ObjectId | null; readonly by?: 1 | -1 };
  "connect.arrow": {
    readonly from?: ObjectId;
    readonly to?: ObjectId;
    readonly kind?: Exclude<LinkKind, "pin">;
    readonly label?: string;
    readonly fromSide?: Side;
    readonly toSide?: Side;
  };
  "connect.pin": OnOne & { readonly to?: ObjectId; readonly offset?: Point };
  /** Links, or pinned items that are to be unpinned. */
  "connect.remove": On;
  "link.label": OnOne & { readonly text?: string };
  "link.kind": OnOne & { readonly kind?: Exclude<LinkKind, "pin"> };
  "link.sides": OnOne & { readonly fromSide?: Side; readonly toSide?: Side };
  "view.zoomIn": None;
  "view.zoomOut": None;
  "view.zoomToFit": None;
  "view.zoomToSelection": On;
  "view.pan": { readonly by?: Point };
  "select.all": { readonly kind?: ItemKind };
  "select.none": None;
  "select.next": None;
  "select.previous": None;
  "select.nearest": { readonly direction?: Direction };
  "history.undo": None;
  "history.redo": None;
  "object.lock": On;
  "object.unlock": On;
  "board.pause": None;
  "board.resume": None;
  "board.title": { readonly title?: string };
}

export type ArgsOf<Id extends CommandId> = CommandArguments[Id];
