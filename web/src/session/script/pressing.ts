// Asking the server for a command of the step script: of two who press at once one wins, and the other hears who was first.
// Knows the desk and the server, no views.

import { ApiProblem } from "../../net/http.ts";
import type { Facilitated } from "../../net/script.ts";
import type { Desk } from "../desk.svelte.ts";
import { api } from "../server.ts";

type Body = { readonly type: string; readonly [key: string]: unknown };
/** What a command is about, as far as it has been seen. */
type Seen = Pick<Facilitated, "script" | "timer" | "message"> & { readonly paused?: boolean };

/** A board, or all boards of a workshop. */
export interface Side {
  /** The newest state that has been seen, and its number. */
  seen(): Seen & { readonly seq: number };
  send(body: Body & { readonly expected: number }): Promise<unknown>;
  /** Resolves when the state of this number, or a later one, is seen. */
  until(seq: number): Promise<void>;
}

/** Other things happen on a board all the time; so often a command that they do not touch is sent again. */
const TRIES = 4;
/** So long the news of somebody else's command may take. */
const PATIENCE = 5_000;

/** Sends it as long as what it is about is as it was when the button was pressed. Rejects with who was first. */
export async function press(side: Side, body: Body): Promise<void> {
  const about = aboutOf(body.type, side.seen());
  for (let turn = 1; ; turn += 1) {
    try {
      await side.send({ ...body, expected: side.seen().seq });
      return;
    } catch (error) {
      const first = error instanceof ApiProblem ? error.first : undefined;
      if (first === undefined || turn === TRIES) throw error;
      await side.until(first.seq);
      if (aboutOf(body.type, side.seen()) !== about) throw error;
    }
  }
}

/** What of the state a command is about, so that it can be told apart from another. */
export function aboutOf(type: string, { script, timer, message, paused }: Seen): string {
  const part = script?.part ?? null;
  const workshop = [script?.workshop, script?.ended, part?.part, part?.since];
  switch (type) {
    case "say":
      return JSON.stringify([message?.at]);
    case "pause":
    case "resume":
      return JSON.stringify([paused]);
    case "startTimer":
    case "pauseTimer":
    case "resumeTimer":
    case "addMinutes":
    case "stopTimer":
      return JSON.stringify([workshop, timer?.runs, timer?.mark]);
    case "changePart":
    case "setMinutes":
      return JSON.stringify([
        workshop,
        script?.parts.map(({ id, title, instruction, minutes, least, may }) => [
          id,
          title,
          instruction,
          minutes,
          least,
          may,
        ]),
      ]);
    default:
      return JSON.stringify([workshop, script?.parts.map(({ id, progress }) => [id, progress])]);
  }
}

export function pressHere(desk: Desk, body: Body): Promise<void> {
  const { session } = desk.connection;
  const nothing = { seq: 0, script: null, timer: null, message: null };
  return press(
    {
      seen: () => session.value ?? nothing,
      send: (asked) => api.command(desk.board, asked),
      until: (seq) =>
        new Promise((resolve) => {
          let stop: () => void = () => undefined;
          const done = (): void => {
            clearTimeout(timer);
            stop();
            resolve();
          };
          const timer = setTimeout(done, PATIENCE);
          stop = session.subscribe((state) => {
            // Not within the call that makes the subscription.
            if ((state?.seq ?? 0) >= seq) queueMicrotask(done);
          });
        }),
    },
    body,
  );
}

export async function pressAll(desk: Desk, body: Body): Promise<void> {
  if (desk.script.series === undefined) await learn(desk);
  const { series } = desk.script;
  const named = body["workshop"];
  const workshop = typeof named === "string" ? named : desk.session?.script?.workshop;
  if (series === undefined || workshop === undefined) throw new ApiProblem("notFound", 404);
  const door = api.series.workshops(series);
  let seen: Facilitated = body.type === "startWorkshop" ? await door.session(workshop) : await wholeOf(desk, workshop);
  await press(
    {
      seen: () => seen,
      send: (asked) => door.call(workshop, asked),
      async until() {
        seen = await door.session(workshop);
      },
    },
    body,
  );
  if (desk.session?.script?.workshop === workshop) desk.script.overall = await door.session(workshop);

  /** What the panel shows; what it has not shown cannot be expected. */
  async function wholeOf(of: Desk, id: string): Promise<Facilitated> {
    return of.script.overall ?? (await door.session(id));
  }
}

/** Whether I run a series that the board belongs to, and where its running workshop stands. */
export async function learn(desk: Desk): Promise<void> {
  const series = desk.around?.series?.id;
  if (series === undefined) return;
  const found = (await api.series.list()).find(({ id }) => id === series);
  if (found?.role !== "owner" && found?.role !== "facilitator") return;
  desk.script.series = series;
  const workshop = desk.session?.script?.workshop;
  if (workshop !== undefined) desk.script.overall = await api.series.workshops(series).session(workshop);
}
