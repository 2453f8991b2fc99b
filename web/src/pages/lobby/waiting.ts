// Waits until it is known whether there is a lobby to wait in, for a moment and no longer. Knows no views.

import type { Desk } from "../../session/desk.svelte.ts";
import { hasPassed, meetingToday, type Meeting } from "./meeting.ts";

/** Nothing waits longer for what surrounds the board, and for its state. */
const PATIENCE = 1_500;

/** The meeting whose lobby comes before the board; mostly there is none, and no more is waited for than `learning`. */
export async function lobbyOf(desk: Desk, learning: Promise<void>): Promise<Meeting | undefined> {
  await soon(learning);
  const meetings = (desk.around?.workshops ?? []).filter((meeting) => !hasPassed(desk.board, meeting));
  if (meetingToday(meetings, null, new Date()) === undefined) return undefined;
  let stop = (): void => undefined;
  const known = new Promise<void>((resolve) => {
    stop = desk.connection.session.subscribe((session) => session !== null && resolve());
  });
  await soon(known);
  stop();
  const { session } = desk;
  return session === null ? undefined : meetingToday(meetings, session.attention.workshop, new Date());
}

function soon(what: Promise<void>): Promise<void> {
  return Promise.race([what, new Promise<void>((go) => void setTimeout(go, PATIENCE))]);
}
