// What assistive technology hears of an item: kind, text, where it stands, what it says, pins, relations, next. Knows
// no DOM and no sentences.

import type { Permissions } from "../commands/types.ts";
import { relatedTo } from "../model/relations.ts";
import { ancestorsOf } from "../model/standing.ts";
import type { Item, Snapshot } from "../model/types.ts";
import { settled } from "./bidi.ts";
import { factsOf } from "./facts.ts";
import { arrowWords } from "./paint.ts";
import type { Words } from "./types.ts";

const SHORT = 60;
/** More than this of one sort is a list to be read elsewhere. */
const FEW = 5;

export function kindWord(item: Item): string {
  if (item.kind !== "step") return `canvas.kind.${item.kind}`;
  const kind = item.fields["stepKind"];
  return `canvas.kind.step.${typeof kind === "string" ? kind : "task"}`;
}

/** The beginning of a text, on one line, without signs that would turn what stands beside it. */
export function short(text: string): string {
  const line = settled(text).replace(/\s+/g, " ").trim();
  const signs = line.length <= SHORT ? undefined : [...line];
  if (signs === undefined || signs.length <= SHORT) return line;
  return `${signs
    .slice(0, SHORT - 1)
    .join("")
    .trimEnd()}…`;
}

export function nameOf(snapshot: Snapshot, item: Item, words: Words, permissions: Permissions): string {
  const parts = [words("canvas.name.item", { kind: words(kindWord(item)), text: said(item, words) })];
  parts.push(...where(snapshot, item, words), ...factsOf(item, words));
  if (item.unplaced) parts.push(words("canvas.name.unplaced"));
  parts.push(...pinnedTo(snapshot, item, words));
  const pins = snapshot.pinsOn(item.id);
  if (pins.length > 0) {
    const list = pins.slice(0, FEW).map((other) => pinned(other, words));
    parts.push(words("canvas.name.pins", { count: pins.length, list: list.join(", ") }));
  }
  for (const { word, other } of relatedTo(snapshot, item).slice(0, FEW)) {
    parts.push(words(`canvas.relation.${word}`, { name: said(other, words) }));
  }
  const next = snapshot
    .arrowsOf(item.id)
    .out.slice(0, FEW)
    .flatMap((link) => {
      const target = snapshot.items.get(link.to);
      if (!target) return [];
      const label = short(arrowWords(link));
      const text = said(target, words);
      return label === "" ? [text] : [words("canvas.name.branch", { text, label })];
    });
  if (next.length > 0) parts.push(words("canvas.name.next", { list: next.join(", ") }));
  if (permissions.isOnlyMine?.(item.id) === true) parts.push(words("private.name"));
  if (item.entered) parts.push(words("field.entered"));
  if (permissions.isLocked(item.id)) parts.push(words("canvas.name.locked"));
  return parts.join(", ");
}

/** The nearest container with the place in it, then the lane and the frame around that; and what it holds itself. */
function where(snapshot: Snapshot, item: Item, words: Words): string[] {
  const out: string[] = [];
  const around = ancestorsOf(snapshot, item);
  const [near, ...far] = around;
  if (near) {
    const { place, count } = placeAmong(snapshot.children(near.id), item);
    const name = said(near, words);
    if (near.kind === "lane") out.push(words("canvas.name.inLane", { lane: name, place, count }));
    else if (near.kind === "group") out.push(words("canvas.name.inGroup", { group: name, place, count }));
    else out.push(words("canvas.name.inFrame", { frame: name, place, count }));
  }
  const lane = far.find((each) => each.kind === "lane");
  const frame = far.find((each) => each.kind === "frame");
  if (lane) out.push(words("canvas.name.withinLane", { lane: said(lane, words) }));
  if (frame) out.push(words("canvas.name.withinFrame", { frame: said(frame, words) }));
  const count = snapshot.children(item.id).length;
  if (item.kind === "lane") out.push(words("canvas.name.holds", { count }));
  if (item.kind === "frame") out.push(words("canvas.name.holdsFrame", { count }));
  if (item.kind === "group") out.push(words("canvas.name.holdsGroup", { count }));
  return out;
}

interface Place {
  readonly place: number;
  readonly count: number;
}

/** Lists of siblings stay the same from change to change, and every item of a list asks for its place. */
const PLACES = new WeakMap<readonly Item[], ReadonlyMap<string, Place>>();

/** The place among siblings of the same kind. */
function placeAmong(siblings: readonly Item[], item: Item): Place {
  let places = PLACES.get(siblings);
  if (places === undefined) {
    const counts = new Map<string, number>();
    const numbers = siblings.map((other) => {
      const number = (counts.get(other.kind) ?? 0) + 1;
      counts.set(other.kind, number);
      return number;
    });
    places = new Map(
      siblings.map((other, at) => [other.id, { place: numbers[at] ?? 0, count: counts.get(other.kind) ?? 0 }]),
    );
    PLACES.set(siblings, places);
  }
  return places.get(item.id) ?? { place: 0, count: 0 };
}

function pinnedTo(snapshot: Snapshot, item: Item, words: Words): string[] {
  const carrier = snapshot.items.get(snapshot.pinOf(item.id)?.to ?? "");
  if (carrier) return [words("canvas.name.pinnedTo", { text: said(carrier, words) })];
  const arrow = snapshot.links.get(snapshot.tetherOf(item.id)?.to ?? "");
  const from = arrow && snapshot.items.get(arrow.from);
  const to = arrow && snapshot.items.get(arrow.to);
  return from && to ? [words("canvas.name.onArrow", { from: said(from, words), to: said(to, words) })] : [];
}

/** What hangs on an item, with how bad it is. */
function pinned(other: Item, words: Words): string {
  const severity = other.fields["severity"];
  const named = { kind: words(kindWord(other)), text: said(other, words) };
  if (typeof severity !== "number") return words("canvas.name.pin", named);
  return words("canvas.name.severe", { ...named, severity: words(`canvas.severity.${severity}`) });
}

function said(item: Item, words: Words): string {
  return short(item.text) || words("canvas.empty");
}
