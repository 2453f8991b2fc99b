// What others change, told now and then in one sentence: in the area where one works, and elsewhere if one wants it.
// Knows no views: it is told what is near and when somebody types.

import { t } from "../../i18n/language.svelte.ts";
import type { ChangeSet, ObjectId, Snapshot } from "../../model/types.ts";
import { called } from "../../outline/words.ts";
import type { Announcements } from "../../ui/announcements.svelte.ts";

/** How long changes are gathered: near and calm, near and all, far. While one types they wait a little more. */
export const CALM = 15_000;
export const NEAR = 5_000;
export const FAR = 30_000;
export const TYPING = 5_000;

export interface Ears {
  chosen(): Announcements;
  /** What the person is at: its area is near. */
  at(): ObjectId | undefined;
  isTyping(): boolean;
  say(sentence: string): void;
  /** Runs it later; returns the way to call it off. */
  later(run: () => void, after: number): () => void;
}

interface Counts {
  name: string;
  added: number;
  changed: number;
  removed: number;
}
type Gathered = Map<string, Counts>;

export class Others {
  readonly #ears: Ears;
  readonly #near: Gathered = new Map();
  readonly #far: Gathered = new Map();
  #stops = new Map<Gathered, () => void>();

  constructor(ears: Ears) {
    this.#ears = ears;
  }

  take(change: ChangeSet): void {
    const choice = this.#ears.chosen();
    if (change.local || choice === "own") return;
    const at = this.#ears.at();
    const near = at === undefined ? undefined : areaOf(change.snapshot, at);
    const count = (ids: ReadonlySet<ObjectId>, what: "added" | "changed" | "removed", snapshot: Snapshot): void => {
      for (const id of ids) {
        if (!snapshot.items.has(id)) continue;
        const area = areaOf(snapshot, id);
        if (area === near) this.#gather(this.#near, area, snapshot, what, choice === "all" ? NEAR : CALM);
        else if (choice === "all") this.#gather(this.#far, area, snapshot, what, FAR);
      }
    };
    count(change.added, "added", change.snapshot);
    count(change.changed, "changed", change.snapshot);
    count(change.removed, "removed", change.previous);
  }

  close(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  #gather(
    into: Gathered,
    area: string,
    snapshot: Snapshot,
    what: "added" | "changed" | "removed",
    after: number,
  ): void {
    const name = area === "" ? t("outline.outside") : called(snapshot.items.get(area), 40);
    const counts = into.get(area) ?? { name, added: 0, changed: 0, removed: 0 };
    into.set(area, { ...counts, name, [what]: counts[what] + 1 });
    if (!this.#stops.has(into)) this.#wait(into, after);
  }

  #wait(gathered: Gathered, after: number): void {
    this.#stops.set(
      gathered,
      this.#ears.later(() => {
        if (this.#ears.isTyping()) return this.#wait(gathered, TYPING);
        this.#stops.delete(gathered);
        const list = [...gathered.values()].map(wordsOf).join("; ");
        gathered.clear();
        this.#ears.say(t("others.summary", { list }));
      }, after),
    );
  }
}

function wordsOf({ name, ...counts }: Counts): string {
  const parts = (["added", "changed", "removed"] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => t(`others.${what}`, { n: counts[what] }));
  return t("outline.fact", { field: name, value: parts.join(", ") });
}

/** The outermost container around an item, or the item if it is one; empty outside all. */
function areaOf(snapshot: Snapshot, id: ObjectId): string {
  const seen = new Set<ObjectId>();
  let area = "";
  for (let at = snapshot.items.get(id); at !== undefined && !seen.has(at.id);) {
    seen.add(at.id);
    const parent = snapshot.items.get(at.parent ?? "");
    if (parent !== undefined) area = parent.id;
    else if (at.kind === "frame" || at.kind === "lane" || at.kind === "group") area = at.id;
    at = parent;
  }
  return area;
}
