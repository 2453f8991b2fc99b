// An agenda being edited: when each part begins, how it is made to fit, what another did to it. Knows no form.

import type { PartWish, TimedPart, Workshop } from "../../net/api/workshops.ts";

/** A part in the editor: `key` tells rows apart, also new ones that have no id yet. */
export interface Row {
  readonly key: string;
  readonly part: PartWish;
}

/** What a new part begins with. */
export const EMPTY: PartWish = {
  title: { fi: "", sv: "", en: "" },
  instruction: { fi: "", sv: "", en: "" },
  minutes: 10,
  least: null,
  frame: null,
  may: null,
  writing: "open",
  naming: "named",
  vote: null,
};

export function rowsOf(agenda: readonly TimedPart[]): Row[] {
  return agenda.map(({ starts: _starts, ...part }) => ({ key: part.id, part }));
}

interface Length {
  readonly minutes: number;
  readonly early?: boolean;
}

/** How many of the first parts run before the beginning, as an open door does. */
export function earlyOf(parts: readonly Length[]): number {
  const first = parts.findIndex(({ early }) => early !== true);
  return first === -1 ? parts.length : first;
}

/** Minutes after the beginning at which each part begins, below zero before it; and all that follow it together at the end. */
export function timesOf(parts: readonly Length[]): number[] {
  const opens = parts.slice(0, earlyOf(parts)).reduce((sum, { minutes }) => sum + minutes, 0);
  const times = [0 - opens];
  for (const { minutes } of parts) times.push((times.at(-1) ?? 0) + minutes);
  return times;
}

/** `hh:mm` and so many minutes, as minutes of the day; undefined without a beginning. */
export function minuteOfDay(begins: string | null, after: number): number | undefined {
  const [hours, minutes] = (begins ?? "").split(":").map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return undefined;
  const day = 24 * 60;
  return (((hours * 60 + minutes + after) % day) + day) % day;
}

/** To how many minutes it may shrink. */
const leastOf = (part: PartWish): number => part.least ?? part.minutes;

/** To how many minutes from the beginning they may shrink together. */
export const shortest = (parts: readonly PartWish[]): number =>
  parts.slice(earlyOf(parts)).reduce((sum, part) => sum + leastOf(part), 0);

/**
 * The parts shortened so that they take so many minutes together from the beginning, each by its share of what can be saved
 * and never below its least; as short as can be when that is not enough. Unchanged when they fit already.
 */
export function fitted(parts: readonly PartWish[], wanted: number): PartWish[] {
  const total = timesOf(parts).at(-1) ?? 0;
  const early = earlyOf(parts);
  const slack = parts.map((part, at) => (at < early ? 0 : part.minutes - leastOf(part)));
  const spare = slack.reduce((sum, each) => sum + each, 0);
  const cut = Math.min(spare, Math.max(0, total - wanted));
  if (cut === 0) return [...parts];
  const shares = slack.map((each) => (each * cut) / spare);
  const cuts = shares.map(Math.floor);
  let left = cut - cuts.reduce((sum, each) => sum + each, 0);
  // Whole minutes: what is left goes to those that lost most by rounding, the first of them first.
  const byLoss = shares
    .map((share, at) => ({ at, loss: share - Math.floor(share) }))
    .toSorted((a, b) => b.loss - a.loss);
  for (const { at, loss } of byLoss) {
    if (left === 0) break;
    if (loss === 0) continue;
    cuts[at] = (cuts[at] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part, at) => ({ ...part, minutes: part.minutes - (cuts[at] ?? 0) }));
}

/** With other minutes: what it may shrink to is never more. */
export function lasting(part: PartWish, minutes: number): PartWish {
  return { ...part, minutes, least: part.least === null ? null : Math.min(part.least, minutes) };
}

export interface Theirs {
  readonly added: readonly TimedPart[];
  readonly removed: readonly TimedPart[];
  readonly changed: readonly TimedPart[];
  readonly order: boolean;
}

/** What somebody else made of the agenda. */
export function theirsOf(before: Workshop, after: Workshop): Theirs {
  const [old, now] = [
    new Map(before.agenda.map((part) => [part.id, part])),
    new Map(after.agenda.map((part) => [part.id, part])),
  ];
  // When it begins follows from the others.
  const said = ({ starts: _starts, ...part }: TimedPart) => JSON.stringify(part);
  const common = (parts: readonly TimedPart[]) => parts.map(({ id }) => id).filter((id) => old.has(id) && now.has(id));
  return {
    added: after.agenda.filter(({ id }) => !old.has(id)),
    removed: before.agenda.filter(({ id }) => !now.has(id)),
    changed: after.agenda.filter((part) => {
      const other = old.get(part.id);
      return other !== undefined && said(other) !== said(part);
    }),
    order: common(before.agenda).join() !== common(after.agenda).join(),
  };
}
