// What a ballot may hold: dots left, one more, one less. The server holds the same. Knows no objects and no views.

import type { Mark, Marks, Way } from "../../net/api/votes.ts";

/** Why a mark cannot be changed so. */
export type Limit = "noneLeft" | "most" | "least";

/** Dots that a person still has; of other ways of voting there is no number. */
export function left(way: Way, marks: Marks): number {
  return way.method === "dots" ? way.votes - given(marks) : 0;
}

export function given(marks: Marks): number {
  return Object.values(marks).reduce<number>((sum, mark) => sum + (typeof mark === "number" ? mark : 0), 0);
}

/** The marks with another one for an object; without one it has none. */
export function marked(marks: Marks, id: string, mark: Mark | undefined): Marks {
  const { [id]: _, ...rest } = marks;
  return mark === undefined ? rest : { ...rest, [id]: mark };
}

/** Of the marks those for these objects. */
export function within(marks: Marks, ids: ReadonlySet<string>): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([id]) => ids.has(id)));
}

/** One dot or one step of the rating more; *yes*. */
export function more(way: Way, marks: Marks, id: string): Marks | Limit {
  if (way.method === "yesNo") return marked(marks, id, "yes");
  const now = numberOf(marks[id]);
  if (now >= (way.method === "dots" ? way.most : 5)) return "most";
  if (way.method === "dots" && left(way, marks) < 1) return "noneLeft";
  return marked(marks, id, now + 1);
}

/** One less; *no*. */
export function less(way: Way, marks: Marks, id: string): Marks | Limit {
  if (way.method === "yesNo") return marked(marks, id, "no");
  const now = numberOf(marks[id]);
  if (now < 1) return "least";
  return marked(marks, id, now === 1 ? undefined : now - 1);
}

export function numberOf(mark: Mark | undefined): number {
  return typeof mark === "number" ? mark : 0;
}
