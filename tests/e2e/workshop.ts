// A series with teams and a workshop of a few parts, made over HTTP, and people who come to it. Knows no pages but the join page.
import { type Person, expect, onBoard } from "./people.ts";
import type { Server } from "./server.ts";

type Names = { readonly fi: string; readonly sv: string; readonly en: string };

export interface Part {
  readonly id: string;
  readonly title: Names;
  readonly minutes: number;
}
export interface Held {
  readonly series: string;
  readonly workshop: string;
  /** In the order in which they were made. */
  readonly teams: readonly { readonly id: string; readonly name: string; readonly board: string }[];
  readonly parts: readonly Part[];
}
export interface Wish {
  /** How many teams; two without it. */
  readonly teams?: number;
  /** The parts of the agenda as in docs/protocol.md, 6.4; three short ones without it. */
  readonly parts?: readonly object[];
  readonly date?: string;
  /** `hh:mm` */
  readonly begins?: string;
}

/** The same words in each language, told apart. */
export const names = (text: string): Names => ({ fi: `${text} (fi)`, sv: `${text} (sv)`, en: text });

/** Check-in, where notes may be added; steps, where nothing else may; and a break without rules. */
export const PARTS: readonly object[] = [
  {
    title: names("Check-in"),
    instruction: names("Write your name on a note."),
    minutes: 8,
    may: { add: ["note"], editOwn: true, move: true, deleteOwn: true },
  },
  {
    title: names("Steps"),
    instruction: names("One step a card."),
    minutes: 15,
    least: 10,
    may: { add: ["step"], editOwn: true },
  },
  { title: names("Break"), minutes: 10 },
];

/** Makes the series, its teams with their boards, and the workshop; nothing has begun. */
export async function workshop(server: Server, wish: Wish = {}): Promise<Held> {
  const made = (await server.api("POST", "/api/series", { name: names("Autumn refinery"), languages: ["fi", "sv", "en"] })) as { id: string };
  const teams: { id: string; name: string; board: string }[] = [];
  for (let at = 1; at <= (wish.teams ?? 2); at += 1) {
    const team = { name: `Team ${at}`, challenge: { title: `Challenge ${at}` } };
    teams.push((await server.api("POST", `/api/series/${made.id}/teams`, team)) as { id: string; name: string; board: string });
  }
  const { date, begins } = wish;
  const held = (await server.api("POST", `/api/series/${made.id}/workshops`, {
    title: names("Workshop 2"),
    ...(date === undefined ? {} : { date }),
    ...(begins === undefined ? {} : { begins }),
  })) as { id: string };
  const agenda = `/api/series/${made.id}/workshops/${held.id}/agenda`;
  const kept = (await server.api("PUT", agenda, { version: 1, parts: wish.parts ?? PARTS })) as { agenda: readonly Part[] };
  return { series: made.id, workshop: held.id, teams, parts: kept.agenda };
}

/** The board of a team, from 0. */
export function boardOf(held: Held, team = 0): string {
  const found = held.teams[team];
  if (found === undefined) throw new Error(`no team ${team}`);
  return found.board;
}

/** A command of docs/protocol.md, 6.4, to all boards of the workshop. */
export async function callAll(server: Server, held: Held, command: object): Promise<void> {
  await server.api("POST", `/api/series/${held.series}/workshops/${held.workshop}/commands`, command);
}
/** The same to one board. */
export async function tellBoard(server: Server, board: string, command: object): Promise<void> {
  await server.api("POST", `/api/boards/${board}/commands`, command);
}
/** Begins the workshop on all boards. */
export const begin = (server: Server, held: Held): Promise<void> =>
  callAll(server, held, { type: "startWorkshop", workshop: held.workshop });

/** Comes in by a new link of the series, and goes to a team's board. */
export async function facilitate(person: Person, server: Server, held: Held, team = 0, role = "facilitator"): Promise<void> {
  const { url } = (await server.api("POST", `/api/series/${held.series}/invites`, { role })) as { url: string };
  await person.page.goto(url);
  await person.page.getByRole("main").getByRole("textbox").fill(person.name);
  await person.page.getByRole("main").locator("form button").click();
  await expect(person.page).toHaveURL(/\/series\//);
  await person.page.goto(`${server.url}/board/${boardOf(held, team)}`);
  await onBoard(person.page);
}
