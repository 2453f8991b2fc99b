// A part of an agenda as a form has it, and back. Knows no form.

import type { Names } from "../../net/api/series.ts";
import type { PartWish } from "../../net/api/workshops.ts";
import type { May, Part } from "../../net/script.ts";

export const DEEDS = ["editAll", "editOwn", "move", "connect", "deleteOwn", "comment", "vote"] as const;
export type Deed = (typeof DEEDS)[number];

export interface Fields {
  title: Names;
  instruction: Names;
  minutes: string;
  least: string;
  /** It runs before the beginning. */
  early: boolean;
  /** Empty: none. */
  frame: string;
  /** Empty: none is named. */
  area: string;
  /** Participants may do only what is chosen. */
  ruled: boolean;
  add: readonly string[];
  deeds: readonly Deed[];
  writing: Part["writing"];
  naming: Part["naming"];
  method: "none" | "dots" | "rating" | "yesNo";
  dots: string;
  most: string;
  voteOn: readonly string[];
}

/** What a part allows; of one without rules what a working part mostly allows. */
export function deedsOf(may: May | null): readonly Deed[] {
  if (may === null) return ["editAll", "move", "connect", "deleteOwn"];
  return DEEDS.filter((deed) => may[deed]);
}

export function fieldsOf(part: Part | PartWish): Fields {
  const { title, instruction, minutes, least, frame, may, writing, naming, vote } = part;
  const dots = vote?.method === "dots" ? vote : { votes: 5, most: 2 };
  return {
    title,
    instruction,
    minutes: String(minutes),
    least: least === null ? "" : String(least),
    early: part.early === true,
    frame: frame ?? "",
    area: part.area ?? "",
    ruled: may !== null,
    add: may?.add ?? [],
    deeds: may === null ? [] : deedsOf(may),
    writing,
    naming,
    method: vote?.method ?? "none",
    dots: String(dots.votes),
    most: String(dots.most),
    voteOn: part.voteOn ?? [],
  };
}

/** The part that the form says, of fields that are right; what the form does not show stays. */
export function asPart<P extends Part | PartWish>(before: P, fields: Fields): P & Part {
  const has = (deed: Deed) => fields.deeds.includes(deed);
  const may: May = {
    add: fields.add,
    editOwn: has("editOwn") || has("editAll"),
    editAll: has("editAll"),
    move: has("move"),
    connect: has("connect"),
    deleteOwn: has("deleteOwn"),
    comment: has("comment"),
    vote: has("vote"),
  };
  const { voteOn: _voteOn, early: _early, area: _area, ...rest } = bare(before);
  return {
    ...rest,
    title: fields.title,
    instruction: fields.instruction,
    minutes: Number(fields.minutes),
    least: fields.least.trim() === "" ? null : Number(fields.least),
    frame: fields.frame === "" ? null : fields.frame,
    may: fields.ruled ? may : null,
    writing: fields.writing,
    naming: fields.writing === "silent" ? fields.naming : "named",
    vote:
      fields.method === "none"
        ? null
        : fields.method === "dots"
          ? { method: "dots", votes: Number(fields.dots), most: Number(fields.most) }
          : { method: fields.method },
    // A frame that is chosen on a board takes the place of one that is named for all.
    ...(fields.area.trim() === "" || fields.frame !== (before.frame ?? "") ? {} : { area: fields.area.trim() }),
    ...(fields.early ? { early: true } : {}),
    ...(fields.voteOn.length === 0 ? {} : { voteOn: fields.voteOn }),
  } as P & Part;
}

/** Without what a board or an agenda tells besides. */
function bare(part: object): Readonly<Record<string, unknown>> {
  const { place: _place, progress: _progress, starts: _starts, ...rest } = part as Record<string, unknown>;
  return rest;
}
