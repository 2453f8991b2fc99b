// The board as plain values: what every view reads. Knows no Y types, no DOM, no words for people.

export type ObjectId = string;
export type PersonId = string;
export type Point = readonly [x: number, y: number];
export type Size = readonly [width: number, height: number];
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type ItemKind =
  | "note"
  | "lane"
  | "step"
  | "obstacle"
  | "cooperation"
  | "nextStep"
  | "frame"
  | "group"
  | "bottleneck"
  | "painPoint"
  | "question"
  | "idea"
  | "insight"
  | "evidence"
  | "term"
  | "goal"
  | "commitment";
/** The kinds of item that others can stand in. */
export type ContainerKind = "frame" | "lane" | "group";
/** The kinds of link that are drawn as arrows. */
export type FlowKind = "sequence" | "information" | "customerMove";
export type LinkKind = FlowKind | "pin" | "relation";
export type Color = "yellow" | "green" | "blue" | "pink" | "violet" | "orange" | "grey" | "white";
export type StepKind = "task" | "start" | "end" | "decision" | "wait" | "subprocess";
export type Side = "auto" | "top" | "right" | "bottom" | "left";

/**
 * An object of the root `items`, complete: what the document lacks or has wrong is filled with the kind's default.
 * Frozen; a changed object is a new value, so `===` tells whether anything changed.
 */
export interface Item {
  readonly id: ObjectId;
  readonly kind: ItemKind;
  readonly text: string;
  /** Top left corner, measured from the parent's (from the origin without a live parent). */
  readonly at: Point;
  readonly size: Size;
  /** A live container (frame, lane, group), or null. A parent that is gone or cyclic reads as null, with `unplaced` set. */
  readonly parent: ObjectId | null;
  /** Its container was deleted: it is kept in *Unplaced*, and drawn where it was. */
  readonly unplaced: boolean;
  /** Fractional index: the reading order among its siblings. */
  readonly order: string;
  /** Above (more) or below others of its sort in the picture. */
  readonly layer: number;
  readonly color: Color;
  readonly author: PersonId | null;
  readonly made: number;
  /** Its author wrote it down for somebody in the room or on the phone. */
  readonly entered: boolean;
  /** The fields of the kind (schema.ts), checked; sets are sorted arrays. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export type FieldValue = string | number | boolean | null | readonly string[];

export interface Link {
  readonly id: ObjectId;
  readonly kind: LinkKind;
  readonly text: string;
  /** Both ends are live items: a link with an end gone is not in the snapshot. Of a pin, `to` may be an arrow. */
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly fromSide: Side;
  readonly toSide: Side;
  /** Of a pin: where `from` is drawn, measured from the top left corner of `to`. */
  readonly offset: Point;
  readonly author: PersonId | null;
  /** The further fields of an arrow (condition, data), checked. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** The whole board at one moment, immutable. */
export interface Snapshot {
  /** Grows by one with every change. */
  readonly version: number;
  readonly title: string;
  readonly items: ReadonlyMap<ObjectId, Item>;
  readonly links: ReadonlyMap<ObjectId, Link>;
  /** Where an item is drawn, in board coordinates: parents and pins taken into account. */
  rect(id: ObjectId): Rect | undefined;
  /** Items whose parent is `id` (null: none), in reading order. */
  children(id: ObjectId | null): readonly Item[];
  /** The pin that carries this item, if it is pinned to an item. */
  pinOf(id: ObjectId): Link | undefined;
  /** The pin by which this item hangs on an arrow: it stands where it stands, and is drawn tied to the arrow. */
  tetherOf(id: ObjectId): Link | undefined;
  /** What is pinned to this item or arrow. */
  pinsOn(id: ObjectId): readonly Item[];
  /** Relations of an item, either way. */
  relationsOf(id: ObjectId): readonly Link[];
  /** Arrows (not pins, not relations) into and out of an item. */
  arrowsOf(id: ObjectId): { readonly into: readonly Link[]; readonly out: readonly Link[] };
}

/** What one change touched. An item that moves because its lane or carrier moved is in `moved`. */
export interface ChangeSet {
  readonly snapshot: Snapshot;
  readonly previous: Snapshot;
  readonly changed: ReadonlySet<ObjectId>;
  readonly added: ReadonlySet<ObjectId>;
  readonly removed: ReadonlySet<ObjectId>;
  readonly moved: ReadonlySet<ObjectId>;
  /** Made by this browser (typing, commands, undo), not received. */
  readonly local: boolean;
  /** What was one's own alone was shown to all, under other names: nobody has deleted anything. */
  readonly revealed?: true;
}
