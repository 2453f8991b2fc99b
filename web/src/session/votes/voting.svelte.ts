// What this page knows of votes beyond the session state: one's own ballot, shared by all that shows it. Knows no views.

import type { OpenVote } from "../../net/api/votes.ts";
import type { Desk } from "../desk.svelte.ts";
import { OwnBallot } from "./ballot.svelte.ts";
import { itemsIn } from "./scope.ts";
import { votes } from "./server.ts";

export class Voting {
  readonly #desk: Desk;
  ballot: OwnBallot | undefined = $state.raw();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Keeps the ballot that belongs to the vote that is open; none for those who do not vote. */
  follow(): void {
    const { session, board } = this.#desk;
    const vote = (session?.me.role === "participant" ? session.vote : null) ?? null;
    if (vote?.id === this.ballot?.vote.id) return;
    this.ballot?.close();
    this.ballot = vote === null ? undefined : new OwnBallot(vote, votes(board), () => this.#votable(vote));
  }

  #votable(vote: OpenVote): ReadonlySet<string> {
    return new Set(itemsIn(this.#desk.model.snapshot, vote.scope).map(({ id }) => id));
  }
}

const known = new WeakMap<Desk, Voting>();

/** The one of this board's page. */
export function votingOf(desk: Desk): Voting {
  const there = known.get(desk) ?? new Voting(desk);
  known.set(desk, there);
  return there;
}
