// Which workshop a board's people wait for: today's, which has not begun on the board. Knows no views.

import type { Names } from "../../net/api/series.ts";

/** When people meet, as the context of a board tells it. */
export interface Meeting {
  readonly id: string;
  readonly title: Names;
  /** `yyyy-mm-dd` */
  readonly date: string | null;
  /** `hh:mm` */
  readonly begins: string | null;
  /** A name as `Europe/Helsinki`. */
  readonly zone: string;
}

/** The day that it is in a zone at this moment, `yyyy-mm-dd`; where the browser has no such zone, in its own. */
export function dayIn(zone: string, now: Date): string {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...parts, timeZone: zone }).format(now);
  } catch {
    return new Intl.DateTimeFormat("en-CA", parts).format(now);
  }
}

/** The first workshop of today behind the one that runs on the board or was the last to. */
export function meetingToday(meetings: readonly Meeting[], begun: string | null, now: Date): Meeting | undefined {
  const from = meetings.findIndex(({ id }) => id === begun) + 1;
  return meetings.slice(from).find(({ date, zone }) => date !== null && date === dayIn(zone, now));
}

const keyOf = (board: string, { id }: Meeting): string => `jalostamo.lobby ${board} ${id}`;

/** Whether the person has gone on to the board from this lobby, in this tab. */
export function hasPassed(board: string, meeting: Meeting): boolean {
  try {
    return sessionStorage.getItem(keyOf(board, meeting)) !== null;
  } catch {
    return false;
  }
}
export function pass(board: string, meeting: Meeting): void {
  try {
    sessionStorage.setItem(keyOf(board, meeting), "passed");
  } catch {
    // After a reload the lobby is passed once more.
  }
}
