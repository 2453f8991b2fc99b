// How far a first-time guest has come: a note, a step and an arrow; whether the guide was closed on this device. Knows no views.

import { isFlow } from "../../model/schema.ts";
import type { ObjectId, PersonId, Snapshot } from "../../model/types.ts";

export type Lesson = "note" | "step" | "arrow";
export const LESSONS: readonly Lesson[] = ["note", "step", "arrow"];

/** Which of the three are on the board. */
export function learnt(snapshot: Snapshot): ReadonlySet<Lesson> {
  const done = new Set<Lesson>();
  for (const item of snapshot.items.values()) {
    if (item.kind === "note" || item.kind === "step") done.add(item.kind);
    if (done.size === 2) break;
  }
  for (const link of snapshot.links.values()) {
    if (!isFlow(link.kind)) continue;
    done.add("arrow");
    break;
  }
  return done;
}

/** What the arrow of the guide leads between, to be in sight before it is asked for: one's last note and last step. */
export function endsFor(snapshot: Snapshot, person: PersonId | undefined): readonly ObjectId[] {
  const mine = [...snapshot.items.values()].filter((item) => item.author === person);
  return (["note", "step"] as const).flatMap((kind) => mine.findLast((item) => item.kind === kind)?.id ?? []);
}

const REMEMBERED = "jalostamo.guide";

export function guideClosed(): boolean {
  try {
    return localStorage.getItem(REMEMBERED) === "closed";
  } catch {
    return false;
  }
}

export function closeGuide(): void {
  try {
    localStorage.setItem(REMEMBERED, "closed");
  } catch {
    // Closed until the page is.
  }
}
