// Waits until it is known whether there is a lobby to wait in, for a moment and no longer. Knows no views.

import type { Desk } from "../../session/desk.svelte.ts";
import { hasPassed, meetingToday, type Meeting } from "./meeting.ts";

/** Nothing waits longer for the board's state. */
const PATIENCE = 1_500;

/** The meeting whose lobby comes before the board; on most days there is none, and nothing is waited for. */
export async function lobbyOf(desk: Desk): Promise<Meeting | undefined> {
  const meetings = (desk.around?.workshops ?? []).filter((meeting) => !hasPassed(desk.board, meeting));
  if (meetingToday(meetings, null, new Date()) === undefined) return undefined;
  let stop = (): void => undefined;
  const known = new Promise<void>((resolve) => {
    stop = desk.connection.session.subscribe((session) => session !== null && resolve());
  });
  await Promise.race([known, new Promise<void>((go) => void setTimeout(go, PATIENCE))]);
  stop();
  const { session } = desk;
  return session === null ? undefined : meetingToday(meetings, session.attention.workshop, new Date());
}
