// What a control room knows and what is done from it: the teams as they are told, commands to one or to all. Knows no words.

import type { ControlApi, TeamNow, Told, Wall, WorkshopName } from "../../net/api/control.ts";
import type { Api } from "../../net/api.ts";
import { watch, type LineState } from "../../net/control.ts";
import { ApiProblem, type First } from "../../net/http.ts";
import { isFacilitators, remaining } from "./reading.ts";

/** One team, or all of them. */
export type Target = TeamNow | "all";

/** How a command went: done, somebody else was first, or another problem's code. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "first"; readonly first: First }
  | { readonly kind: "problem"; readonly code: string };

/** Twice of these by the same person is meant twice; another part twice is a finger that slipped. */
const TWICE = new Set(["addMinutes", "say"]);
const TRIES = 4;

export class ControlRoom {
  readonly series: string;
  readonly #api: Pick<Api, "command" | "me">;
  readonly #control: ControlApi;
  #wall = $state.raw<Wall>();
  #line = $state<LineState>("connecting");
  #problem = $state<string>();
  #workshops = $state.raw<readonly WorkshopName[]>([]);
  #me = $state("");
  /** The server's clock, each second. */
  #now = $state(Date.now());
  /** How far the server's clock is ahead, by the message that came fastest. */
  #ahead = Number.NEGATIVE_INFINITY;
  /** Where teams and workshops stand by the answers to one's own commands: the feed is up to a second behind. */
  readonly #stands = new Map<string, number>();
  #busy = $state.raw<ReadonlySet<string>>(new Set());

  constructor(series: string, api: Pick<Api, "command" | "me" | "control">) {
    this.series = series;
    this.#api = api;
    this.#control = api.control(series);
  }

  /** Begins to watch; gives how to stop. */
  open(): () => void {
    const stop = watch(this.#control, {
      wall: (wall) => this.#take(wall),
      state: (line) => {
        // The first message of a new line tells the time anew.
        if (line === "broken") this.#ahead = Number.NEGATIVE_INFINITY;
        this.#line = line;
      },
      ended: (code) => (this.#problem = code),
    });
    void this.#api.me().then(
      (me) => (this.#me = me.person),
      () => undefined,
    );
    void this.#control.workshops().then(
      (workshops) => (this.#workshops = workshops),
      () => undefined,
    );
    const ticking = setInterval(() => this.#tick(), 500);
    return () => {
      stop();
      clearInterval(ticking);
    };
  }

  get wall(): Wall | undefined {
    return this.#wall;
  }
  get teams(): readonly TeamNow[] {
    return this.#wall?.teams ?? [];
  }
  get line(): LineState {
    return this.#line;
  }
  /** Why nothing can be seen, for good. */
  get problem(): string | undefined {
    return this.#problem;
  }
  get workshops(): readonly WorkshopName[] {
    return this.#workshops;
  }
  get now(): number {
    return this.#now;
  }
  get me(): string {
    return this.#me;
  }

  /** The workshop that commands to all are for: the one that runs on most boards, else the newest that anything was said to. */
  get workshop(): string | undefined {
    const runs = this.teams.flatMap((team) => (team.script === null ? [] : [team.script.workshop]));
    const most = runs.toSorted((a, b) => count(runs, b) - count(runs, a))[0];
    return most ?? this.#wall?.calls.at(-1)?.workshop ?? this.#workshops[0]?.id;
  }
  get runs(): boolean {
    return this.teams.some((team) => team.script !== null);
  }

  /** Milliseconds that are left of a team's timer; undefined when it has none. */
  left(team: TeamNow): number | undefined {
    return remaining(team.timer, this.#now);
  }
  thumbnail(team: TeamNow): string | undefined {
    return team.thumbnail === null ? undefined : this.#control.thumbnail(team.team, team.thumbnail);
  }
  isBusy(target: Target, type: string): boolean {
    return this.#busy.has(keyOf(target, type));
  }

  /** Carries out a command, if the same is not being carried out. Undefined: it is. */
  async tell(target: Target, told: Told): Promise<Outcome | undefined> {
    const key = keyOf(target, told.type);
    if (this.#busy.has(key)) return undefined;
    this.#busy = new Set([...this.#busy, key]);
    try {
      return await this.#send(target, told);
    } finally {
      this.#busy = new Set([...this.#busy].filter((each) => each !== key));
    }
  }

  async #send(target: Target, told: Told): Promise<Outcome> {
    let expected = this.#expected(target, told);
    for (let tries = 1; ; tries += 1) {
      try {
        const asked = expected === undefined ? told : { ...told, expected };
        await (target === "all" ? this.#sendAll(asked) : this.#sendOne(target, asked));
        return { kind: "done" };
      } catch (error) {
        const first = error instanceof ApiProblem ? error.first : undefined;
        if (first === undefined) return { kind: "problem", code: error instanceof ApiProblem ? error.code : "other" };
        const own = first.by === this.#me && TWICE.has(told.type);
        // What a participant does (a hand, a tick) is nobody's being first.
        if (tries >= TRIES || !(own || !isFacilitators(first.what))) return { kind: "first", first };
        expected = first.seq;
      }
    }
  }

  async #sendOne(team: TeamNow, told: Told): Promise<void> {
    const { seq } = await this.#api.command(team.board, told);
    this.#stand(team.team, seq);
  }

  async #sendAll(told: Told): Promise<void> {
    const workshop = told.type === "startWorkshop" ? String(told["workshop"]) : this.workshop;
    if (workshop === undefined) throw new ApiProblem("notFound", 404);
    const { seq, boards } = await this.#control.call(workshop, told);
    this.#stand(workshop, seq);
    for (const board of boards) if (board.seq !== null) this.#stand(board.team, board.seq);
  }

  #expected(target: Target, told: Told): number | undefined {
    // A message says what it says, whatever was said meanwhile.
    if (told.type === "say") return undefined;
    if (target !== "all") return Math.max(target.seq, this.#stands.get(target.team) ?? 0);
    const workshop = told.type === "startWorkshop" ? String(told["workshop"]) : this.workshop;
    if (workshop === undefined) return undefined;
    const calls = this.#wall?.calls.find((each) => each.workshop === workshop)?.seq ?? 0;
    return Math.max(calls, this.#stands.get(workshop) ?? 0);
  }

  #stand(id: string, seq: number): void {
    this.#stands.set(id, Math.max(seq, this.#stands.get(id) ?? 0));
  }

  #take(wall: Wall): void {
    this.#ahead = Math.max(this.#ahead, wall.now - Date.now());
    this.#wall = wall;
    this.#tick();
  }
  #tick(): void {
    const ahead = Number.isFinite(this.#ahead) ? this.#ahead : 0;
    const now = Math.floor((Date.now() + ahead) / 500) * 500;
    if (now !== this.#now) this.#now = now;
  }
}

const keyOf = (target: Target, type: string): string => `${target === "all" ? "all" : target.team} ${type}`;
const count = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;
