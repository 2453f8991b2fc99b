// What each command can be told. Knows no keys and no views: without arguments a command acts on the selection.

import type { Color, FlowKind, ItemKind, ObjectId, Point, Side, Size, StepKind } from "../model/types.ts";
import type { Fields } from "../model/board.ts";
import type { Copied } from "./clip.ts";
import type { Part } from "../net/script.ts";
import type { CommandId } from "./words.ts";

/** A part of the workshop's script; without one the newest that is meant. */
export interface OfPart {
  readonly part?: string;
}

/** Where and how a new item comes to be. */
export interface CreateArgs {
  /** Top left corner in board coordinates; else where the command finds room. */
  readonly at?: Point;
  readonly text?: string;
  readonly color?: Color;
  /** The container it stands in; null: none. Else the one under the place. */
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
  /** What it is pinned to, an item or an arrow; else the selected step or arrow. Null: to nothing. */
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
  /** Into which container; null: out of any. Else the one under each item's middle. */
  readonly into?: ObjectId | null;
}

type None = Record<never, never>;

/** To all teams of the workshop, not to this one only. */
interface ToAll {
  readonly all?: boolean;
}

export interface CommandArguments {
  "note.create": CreateArgs;
  "note.enter": CreateArgs;
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
  "commitment.create": CreateArgs;
  "item.edit": OnOne & { readonly text?: string };
  "item.delete": On;
  "item.color": On & { readonly color?: Color };
  "item.fields": OnOne & { readonly fields?: Fields };
  /** `by`: how far from what is copied; else a little beside it. */
  "item.duplicate": On & { readonly by?: Point };
  /** `quiet`: the caret stays where it is. */
  "goal.renew": OnOne & { readonly quiet?: boolean };
  "item.move": MoveArgs;
  "item.resize": OnOne & { readonly at?: Point; readonly size?: Size };
  "item.parent": On & { readonly parent?: ObjectId | null };
  "item.reorder": OnOne & { readonly before?: ObjectId | null; readonly by?: 1 | -1 };
  /** `text`: the group's title; without it the caret goes there, unless `quiet`. */
  "item.group": On & { readonly text?: string; readonly quiet?: boolean };
  "item.ungroup": On;
  "item.forward": On;
  "item.backward": On;
  "item.toFront": On;
  "item.toBack": On;
  /** `to`: the page's own copy event takes the data; else the clipboard of the page. */
  "edit.copy": On & { readonly to?: (data: Copied) => void };
  "edit.cut": On & { readonly to?: (data: Copied) => void };
  /** `data`: of the page's own paste event. `at`: the top left corner of what comes. */
  "edit.paste": { readonly data?: Partial<Copied>; readonly at?: Point };
  "connect.arrow": {
    readonly from?: ObjectId;
    readonly to?: ObjectId;
    readonly kind?: FlowKind;
    readonly label?: string;
    readonly fromSide?: Side;
    readonly toSide?: Side;
  };
  /** `to`: an item that carries it, or an arrow. */
  /** `offset`: from the corner of an item that carries; `at`: where it stands when it hangs on an arrow. */
  "connect.pin": OnOne & { readonly to?: ObjectId; readonly offset?: Point; readonly at?: Point };
  "connect.relate": { readonly from?: ObjectId; readonly to?: ObjectId };
  /** Links, or pinned items that are to be unpinned. */
  "connect.remove": On;
  "link.label": OnOne & { readonly text?: string };
  "link.kind": OnOne & { readonly kind?: FlowKind };
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
  "find.open": None;
  "palette.open": None;
  "me.details": None;
  "share.view": None;
  "share.object": OnOne;
  "history.undo": None;
  "history.redo": None;
  "object.lock": On;
  "object.unlock": On;
  "board.pause": ToAll;
  "board.resume": ToAll;
  "board.title": { readonly title?: string };
  "hand.toggle": None;
  /** Without a text it is asked for. */
  "help.ask": { readonly text?: string };
  "help.end": None;
  "done.toggle": None;
  "laser.toggle": None;
  "gather.here": None;
  "gather.end": None;
  "lead.offer": None;
  "lead.control": None;
  "lead.end": None;
  "script.panel": None;
  "script.instruction": None;
  "script.tell": None;
  /** What is left out is asked in the facilitators' panel; here and below. */
  "workshop.start": ToAll & { readonly workshop?: string };
  "workshop.end": ToAll;
  "part.next": ToAll;
  "part.nextForAll": None;
  "part.start": ToAll & { readonly part?: string };
  "part.end": ToAll;
  "part.repeat": ToAll & { readonly part?: string };
  "part.skip": ToAll & { readonly part?: string };
  /** All parts in their new order. */
  "part.reorder": ToAll & { readonly parts?: readonly string[] };
  "part.change": ToAll & { readonly part?: Part };
  "part.minutes": ToAll & { readonly part?: string; readonly minutes?: number };
  "timer.start": ToAll & { readonly minutes?: number };
  "timer.pause": ToAll;
  "timer.resume": ToAll;
  "timer.more": ToAll;
  "timer.more5": ToAll;
  "timer.less": ToAll;
  "timer.less5": ToAll;
  "timer.stop": ToAll;
  "message.say": ToAll & { readonly text?: string };
  "message.clear": ToAll;
  "vote.panel": None;
  "vote.give": None;
  "vote.take": None;
  "drafts.reveal": OfPart;
  "drafts.revealLate": OfPart;
  "drafts.discard": OfPart;
  "drafts.count": OfPart;
  "drafts.show": None;
}

export type ArgsOf<Id extends CommandId> = CommandArguments[Id];
