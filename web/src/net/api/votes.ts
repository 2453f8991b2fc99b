// Votes of a board and ballots in them, typed. Knows no views.

import { path, type Http } from "../http.ts";

/** How people vote. */
export type Way =
  | { readonly method: "dots"; readonly votes: number; readonly most: number }
  | { readonly method: "rating" }
  | { readonly method: "yesNo" };

export interface Scope {
  /** Only what is in this frame; null: the whole board. */
  readonly frame: string | null;
  /** None named: every kind that is no container. */
  readonly kinds: readonly string[];
}

export type Stance = "yes" | "no" | "abstain";
/** Dots or a rating, or a stance. */
export type Mark = number | Stance;
export type Marks = Readonly<Record<string, Mark>>;

export interface Ballot {
  readonly marks: Marks;
  readonly done: boolean;
}

export type Count =
  | { readonly dots: number }
  | { readonly ratings: readonly [number, number, number, number, number] }
  | { readonly yes: number; readonly no: number; readonly abstain: number };

export interface Tally {
  readonly object: string;
  readonly count: Count;
}

export interface Outcome {
  readonly closed: number;
  readonly ballots: number;
  readonly entered: number;
  readonly of: number;
  /** Null: too few ballots to be shown. */
  readonly totals: readonly Tally[] | null;
}

/** A vote that is open. */
export interface OpenVote {
  readonly id: string;
  readonly vote: Way;
  readonly scope: Scope;
  readonly title: string;
  readonly part: string | null;
  readonly opened: number;
}

export interface Round extends OpenVote {
  readonly outcome: Outcome | null;
}

export interface Progress {
  readonly done: number;
  readonly ballots: number;
  readonly of: number;
  readonly entered: number;
  /** Participants who have not said that they are ready. */
  readonly waiting: readonly { readonly person: string; readonly name: string }[];
}

/** What is known of the part that runs, to open a vote as it says. */
export interface PartOfVote {
  readonly workshop: string | null;
  readonly vote: Way | null;
  readonly scope: Scope;
}

export interface VotesApi {
  list(): Promise<readonly Round[]>;
  progress(vote: string): Promise<Progress>;
  ballot(vote: string): Promise<Ballot>;
  cast(vote: string, ballot: Ballot): Promise<void>;
  entered(vote: string): Promise<readonly (Ballot & { readonly id: string })[]>;
  enter(vote: string, id: string, ballot: Ballot): Promise<void>;
  withdraw(vote: string, id: string): Promise<void>;
  /** A command of docs/protocol.md, 6.6. */
  command(body: { readonly type: string; readonly [key: string]: unknown }): Promise<void>;
  part(): Promise<PartOfVote>;
}

export function votesOf(http: Http, board: string): VotesApi {
  const at = path("/api/boards", board);
  const vote = (id: string, rest: string) => `${path(`${at}/votes`, id)}/${rest}`;
  return {
    list: () => http.ask("GET", `${at}/votes`),
    progress: (id) => http.ask("GET", vote(id, "progress")),
    ballot: (id) => http.ask("GET", vote(id, "ballot")),
    cast: (id, ballot) => http.ask("PUT", vote(id, "ballot"), ballot),
    entered: (id) => http.ask("GET", vote(id, "entered")),
    enter: (id, ballot, body) => http.ask("PUT", path(vote(id, "entered"), ballot), body),
    withdraw: (id, ballot) => http.ask("DELETE", path(vote(id, "entered"), ballot)),
    command: (body) => http.ask("POST", `${at}/commands`, body),
    async part() {
      const { state } = await http.ask<{ state: { script: Script | null } }>("GET", `${at}/session`);
      const script = state.script?.ended === null ? state.script : null;
      const part = script?.parts.find(({ id }) => id === script.part?.part);
      return {
        workshop: script?.workshop ?? null,
        vote: part?.vote ?? null,
        scope: { frame: part?.frame ?? null, kinds: part?.voteOn ?? [] },
      };
    },
  };
}

/** What a session state tells of the script, as far as votes need it. */
interface Script {
  readonly workshop: string;
  readonly ended: number | null;
  readonly part: { readonly part: string } | null;
  readonly parts: readonly {
    readonly id: string;
    readonly vote: Way | null;
    readonly frame: string | null;
    readonly voteOn?: readonly string[];
  }[];
}
