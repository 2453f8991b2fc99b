// What the numbers of a team mean: its time, its people, its place among the others. Knows no words and no network.

import type { PersonNow, TeamNow, Timer } from "../../net/api/control.ts";

/** What facilitators do to a board, by the events' types: of two who do so at once, one is first. */
const FACILITATORS = new Set([
  "paused",
  "resumed",
  "workshopStarted",
  "workshopEnded",
  "partStarted",
  "partEnded",
  "partSkipped",
  "partChanged",
  "minutesSet",
  "reordered",
  "timerSet",
  "said",
  "voteOpened",
  "voteClosed",
  "helpClaimed",
  "revealed",
  "draftsDiscarded",
  "called",
]);

export const isFacilitators = (what: string): boolean => FACILITATORS.has(what);

/** Milliseconds left, never less than none. */
export function remaining(timer: Timer | null, now: number): number | undefined {
  if (timer === null) return undefined;
  return Math.max(0, timer.state === "paused" ? timer.remaining : timer.deadline - now);
}

/** `m:ss`, with hours when there are any; a second that has begun counts. */
export function clock(milliseconds: number): string {
  const all = Math.ceil(milliseconds / 1_000);
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  const two = (number: number): string => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Whole minutes, upwards: what is said of a time that goes on. */
export const minutesOf = (milliseconds: number): number => Math.ceil(milliseconds / 60_000);

/** A team's own people: whoever runs the workshop comes and goes. */
export function crew(team: TeamNow): { readonly here: readonly PersonNow[]; readonly away: readonly PersonNow[] } {
  const own = team.people.filter((person) => person.role === "participant");
  return { here: own.filter((person) => person.here), away: own.filter((person) => !person.here) };
}

/** Facilitators and owners who are on the team's board now. */
export function leaders(team: TeamNow): readonly PersonNow[] {
  return team.people.filter((person) => person.here && (person.role === "owner" || person.role === "facilitator"));
}

export interface Asking {
  readonly team: TeamNow;
  readonly help: TeamNow["help"][number];
}

/** Who asks for help in all teams, the longest wait first; those to whom somebody comes after the others. */
export function queue(teams: readonly TeamNow[]): readonly Asking[] {
  const all = teams.flatMap((team) => team.help.map((help): Asking => ({ team, help })));
  return all.toSorted(
    (a, b) => Number(a.help.coming !== null) - Number(b.help.coming !== null) || a.help.at - b.help.at,
  );
}

export interface TypeRow {
  readonly type: string;
  /** In the order of the teams. */
  readonly counts: readonly number[];
  readonly total: number;
}

/** Obstacles by type over all teams, the most first. */
export function obstacleRows(teams: readonly TeamNow[]): readonly TypeRow[] {
  const types = new Set(teams.flatMap((team) => Object.keys(team.content?.types ?? {})));
  const rows = [...types].map((type): TypeRow => {
    const counts = teams.map((team) => team.content?.types[type] ?? 0);
    return { type, counts, total: counts.reduce((sum, each) => sum + each, 0) };
  });
  return rows.toSorted((a, b) => b.total - a.total || a.type.localeCompare(b.type));
}

/** The part that all teams are in; undefined when they are in different ones, or in none. */
export function commonPart(teams: readonly TeamNow[]): NonNullable<NonNullable<TeamNow["script"]>["part"]> | undefined {
  const part = teams[0]?.script?.part ?? undefined;
  return teams.every((team) => team.script?.part?.id === part?.id) ? part : undefined;
}
