// The document's schema: roots, kinds, fields, defaults and the types of their values. Knows no document.
//
// The server's twin is `server/board/schema.rs`; `tests/golden/schema.json` holds the two equal, and both test
// suites read it. A kind or field is added here, there, and in the golden file.

import {
  CHANNELS,
  COLORS,
  CONTAINERS,
  COOPERATION_KINDS,
  EVIDENCE_KINDS,
  FATES,
  FLOWS,
  HORIZONS,
  IDEA_STATES,
  LANE_KINDS,
  LAYERS,
  LAYOUTS,
  MANDATES,
  NEXT_STEP_TYPES,
  OBSTACLE_TYPES,
  QUESTION_STATES,
  RESOLUTIONS,
  SIDES,
  STATUSES,
  STEP_KINDS,
} from "./vocabulary.ts";
import type { Color, ContainerKind, FlowKind, ItemKind, LinkKind, ObjectId, Point, Size, StepKind } from "./types.ts";

export type Root = "items" | "links" | "comments" | "meta";
export type ActionWord = "create" | "edit" | "move" | "connect" | "delete" | "comment" | "meta" | "enter";

export type ValueType =
  | { readonly type: "text"; readonly units: number }
  | { readonly type: "set"; readonly words: readonly string[] }
  | { readonly type: "point" | "size" | "reference" | "person" | "flag" | "day" }
  | { readonly type: "order"; readonly length: number }
  | { readonly type: "word"; readonly words: readonly string[] }
  | { readonly type: "time"; readonly max: number }
  | { readonly type: "number"; readonly min: number; readonly max: number }
  | { readonly type: "line"; readonly units: number };

export interface FieldRule {
  readonly name: string;
  readonly value: ValueType;
  /** What changing it counts as. */
  readonly action: ActionWord;
  /** What an object without it has; undefined where the kind says (kind, size, color). */
  readonly default?: unknown;
}

export interface KindRule {
  readonly name: string;
  /** The letters before `_` in an id of this kind. */
  readonly prefix: string;
  readonly size?: Size;
  readonly color?: Color;
  /** Fields beyond the common ones of its root. */
  readonly fields: readonly FieldRule[];
}

export interface RootRule {
  readonly common: readonly FieldRule[];
  readonly kinds: readonly KindRule[];
}

export * from "./vocabulary.ts";

/** How far from the origin anything can be. */
export const REACH = 1_000_000;
/** Length of a text, in UTF-16 units. */
export const TEXT_UNITS = 4_000;
/** Objects on a board that are not deleted; the server refuses more. */
export const LIVE_OBJECTS = 20_000;
/** Length of a fractional index. */
export const ORDER_LENGTH = 128;
const LAST_TIME = 2 ** 53;

export const ITEM_KINDS: readonly ItemKind[] = [
  "note",
  "lane",
  "step",
  "obstacle",
  "cooperation",
  "nextStep",
  "frame",
  "group",
  "bottleneck",
  "painPoint",
  "question",
  "idea",
  "insight",
  "evidence",
  "term",
  "goal",
  "commitment",
];
const LINK_KINDS: readonly LinkKind[] = [...FLOWS, "pin", "relation"];

const word = (words: readonly string[]): ValueType => ({ type: "word", words });
const line = (units: number): ValueType => ({ type: "line", units });

function field(name: string, value: ValueType, action: ActionWord, otherwise?: unknown): FieldRule {
  return otherwise === undefined ? { name, value, action } : { name, value, action, default: otherwise };
}

const owned = (action: ActionWord): FieldRule[] => [
  field("author", { type: "person" }, action, null),
  field("made", { type: "time", max: LAST_TIME }, action, 0),
  field("gone", { type: "flag" }, "delete", false),
];
const text = (action: ActionWord) => field("text", { type: "text", units: TEXT_UNITS }, action, "");

const flow = (name: LinkKind): KindRule => ({
  name,
  prefix: "f",
  fields: [
    field("fromSide", word(SIDES), "connect", "auto"),
    field("toSide", word(SIDES), "connect", "auto"),
    field("condition", line(120), "edit", ""),
    field("data", line(120), "edit", ""),
  ],
});

export const SCHEMA: Readonly<Record<Root, RootRule>> = {
  items: {
    common: [
      field("kind", word(ITEM_KINDS), "edit"),
      text("edit"),
      field("at", { type: "point" }, "move", [0, 0]),
      field("size", { type: "size" }, "move"),
      field("parent", { type: "reference" }, "move", null),
      field("order", { type: "order", length: ORDER_LENGTH }, "move", "U"),
      field("layer", { type: "number", min: -LAYERS, max: LAYERS }, "move", 0),
      field("color", word(COLORS), "edit"),
      ...owned("edit"),
      field("entered", { type: "flag" }, "enter", false),
    ],
    kinds: [
      { name: "note", prefix: "n", size: [200, 120], color: "yellow", fields: [] },
      {
        name: "lane",
        prefix: "l",
        size: [1600, 200],
        color: "grey",
        fields: [field("laneKind", word(LANE_KINDS), "edit", "organisation"), field("org", line(120), "edit", "")],
      },
      {
        name: "step",
        prefix: "s",
        size: [160, 80],
        color: "white",
        fields: [
          field("stepKind", word(STEP_KINDS), "edit", "task"),
          field("system", line(120), "edit", ""),
          field("channel", word(CHANNELS), "edit", "none"),
          field("duration", line(40), "edit", ""),
          field("volume", line(40), "edit", ""),
          field("customerContact", { type: "flag" }, "edit", false),
          field("proactive", { type: "flag" }, "edit", false),
          field("fate", word(FATES), "edit", "undecided"),
        ],
      },
      {
        name: "obstacle",
        prefix: "o",
        size: [160, 80],
        color: "pink",
        fields: [
          field("types", { type: "set", words: OBSTACLE_TYPES }, "edit", []),
          field("severity", { type: "number", min: 1, max: 4 }, "edit", 2),
          field("resolution", word(RESOLUTIONS), "edit", "open"),
        ],
      },
      {
        name: "cooperation",
        prefix: "y",
        size: [160, 80],
        color: "green",
        fields: [
          field("cooperationKind", word(COOPERATION_KINDS), "edit", "coDevelopment"),
          field("orgs", line(240), "edit", ""),
        ],
      },
      {
        name: "nextStep",
        prefix: "a",
        size: [200, 120],
        color: "blue",
        fields: [
          field("stepType", word(NEXT_STEP_TYPES), "edit", "other"),
          field("ownerOrg", line(120), "edit", ""),
          field("ownerName", line(80), "edit", ""),
          field("due", { type: "day" }, "edit", null),
          field("status", word(STATUSES), "edit", "proposed"),
          field("takesPart", line(240), "edit", ""),
          field("horizon", word(HORIZONS), "edit", "undecided"),
          field("firstAction", line(240), "edit", ""),
          field("decider", line(120), "edit", ""),
          field("mandate", word(MANDATES), "edit", "notAsked"),
          field("statute", line(120), "edit", ""),
          field("section", line(80), "edit", ""),
          field("ministry", line(120), "edit", ""),
        ],
      },
      {
        name: "frame",
        prefix: "r",
        size: [1200, 800],
        color: "white",
        fields: [
          field("purpose", line(240), "edit", ""),
          field("instruction", line(600), "edit", ""),
          field("layout", word(LAYOUTS), "edit", "free"),
        ],
      },
      { name: "group", prefix: "u", size: [480, 320], color: "grey", fields: [] },
      {
        name: "bottleneck",
        prefix: "k",
        size: [160, 80],
        color: "orange",
        fields: [
          field("waitTime", line(40), "edit", ""),
          field("queue", line(40), "edit", ""),
          field("cause", line(240), "edit", ""),
        ],
      },
      {
        name: "painPoint",
        prefix: "d",
        size: [160, 80],
        color: "pink",
        fields: [field("severity", { type: "number", min: 1, max: 4 }, "edit", 2)],
      },
      {
        name: "question",
        prefix: "q",
        size: [200, 120],
        color: "violet",
        fields: [
          field("assumption", line(400), "edit", ""),
          field("answer", line(400), "edit", ""),
          field("questionState", word(QUESTION_STATES), "edit", "open"),
        ],
      },
      {
        name: "idea",
        prefix: "e",
        size: [200, 120],
        color: "yellow",
        fields: [
          field("customerBenefit", line(400), "edit", ""),
          field("digitalElement", line(240), "edit", ""),
          field("beneficiaries", line(240), "edit", ""),
          field("impact", { type: "number", min: 0, max: 5 }, "edit", 0),
          field("effort", { type: "number", min: 0, max: 5 }, "edit", 0),
          field("ideaState", word(IDEA_STATES), "edit", "raw"),
        ],
      },
      { name: "insight", prefix: "h", size: [200, 120], color: "yellow", fields: [] },
      {
        name: "evidence",
        prefix: "j",
        size: [200, 120],
        color: "grey",
        fields: [
          field("evidenceKind", word(EVIDENCE_KINDS), "edit", "interview"),
          field("source", line(240), "edit", ""),
          field("date", { type: "day" }, "edit", null),
          field("confidence", { type: "number", min: 1, max: 3 }, "edit", 2),
        ],
      },
      {
        name: "term",
        prefix: "m",
        size: [240, 120],
        color: "white",
        fields: [
          field("meaning", line(400), "edit", ""),
          field("agreed", { type: "flag" }, "edit", false),
          field("synonyms", line(240), "edit", ""),
        ],
      },
      {
        name: "goal",
        prefix: "z",
        size: [480, 160],
        color: "green",
        fields: [
          field("version", { type: "number", min: 1, max: 99 }, "edit", 1),
          field("agreedBy", { type: "set", words: [] }, "edit", []),
        ],
      },
      {
        name: "commitment",
        prefix: "t",
        size: [240, 120],
        color: "green",
        fields: [field("org", line(120), "edit", ""), field("byRole", line(80), "edit", "")],
      },
    ],
  },
  links: {
    common: [
      field("kind", word(LINK_KINDS), "edit"),
      text("edit"),
      field("from", { type: "reference" }, "connect", null),
      field("to", { type: "reference" }, "connect", null),
      ...owned("edit"),
    ],
    kinds: [
      flow("sequence"),
      flow("information"),
      flow("customerMove"),
      { name: "pin", prefix: "i", fields: [field("offset", { type: "point" }, "move", [0, 0])] },
      { name: "relation", prefix: "x", fields: [] },
    ],
  },
  comments: {
    common: [
      field("kind", word(["comment"]), "comment"),
      text("comment"),
      field("target", { type: "reference" }, "comment", null),
      ...owned("comment"),
    ],
    kinds: [{ name: "comment", prefix: "c", fields: [] }],
  },
  meta: { common: [field("title", line(120), "meta", "")], kinds: [] },
};

/** Steps of these kinds have this default size instead of their kind's. */
export const STEP_SIZES: Readonly<Partial<Record<StepKind, Size>>> = {
  start: [60, 60],
  end: [60, 60],
  decision: [160, 100],
};

const KINDS = new Map<string, KindRule>(
  (["items", "links", "comments"] as const).flatMap((root) =>
    SCHEMA[root].kinds.map((kind) => [`${root}.${kind.name}`, kind]),
  ),
);

export function kindRule(root: Root, name: string): KindRule | undefined {
  return KINDS.get(`${root}.${name}`);
}

/** The rule of a field of this kind, its own or a common one. */
export function fieldRule(root: Root, kind: string, name: string): FieldRule | undefined {
  const own = kindRule(root, kind)?.fields.find((field) => field.name === name);
  return own ?? SCHEMA[root].common.find((field) => field.name === name);
}

/** The kind of an object whose field `kind` does not say: the first with its id's prefix. */
export function kindByPrefix(root: Root, id: ObjectId): KindRule | undefined {
  const prefix = id.slice(0, id.indexOf("_"));
  return SCHEMA[root].kinds.find((kind) => kind.prefix === prefix);
}

/** Whether other items can stand in items of this kind. */
export function isContainer(kind: ItemKind): kind is ContainerKind {
  return (CONTAINERS as readonly ItemKind[]).includes(kind);
}

/** Whether links of this kind are drawn as arrows. */
export function isFlow(kind: LinkKind): kind is FlowKind {
  return (FLOWS as readonly LinkKind[]).includes(kind);
}

/** The size of a new item of this kind. */
export function defaultSize(kind: ItemKind, stepKind?: string): Size {
  const bySteps = kind === "step" ? STEP_SIZES[stepKind as StepKind] : undefined;
  return bySteps ?? kindRule("items", kind)?.size ?? [160, 80];
}

export function defaultColor(kind: ItemKind): Color {
  return kindRule("items", kind)?.color ?? "white";
}

export const ORIGIN: Point = Object.freeze([0, 0]) as Point;
