// One's own ballot in an open vote: what is marked, and whether the server has it. Knows no views.

import type { Ballot, Marks, OpenVote, VotesApi } from "../../net/api/votes.ts";
import { ApiProblem } from "../../net/http.ts";
import { within } from "./marks.ts";

type Saving = "loading" | "saved" | "saving" | "waiting";

/** After a failure it is tried again, for what people gave must get there. */
const AGAIN = 2_000;

export class OwnBallot {
  readonly vote: OpenVote;
  marks: Marks = $state.raw({});
  done = $state(false);
  saving: Saving = $state("loading");
  /** The code of why the last change was not taken. */
  problem: string | undefined = $state();

  readonly #api: VotesApi;
  readonly #inScope: () => ReadonlySet<string>;
  #kept: Ballot = { marks: {}, done: false };
  #changed = false;
  #sending = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `inScope`: the ids of what can be voted on now. */
  constructor(vote: OpenVote, api: VotesApi, inScope: () => ReadonlySet<string>) {
    this.vote = vote;
    this.#api = api;
    this.#inScope = inScope;
    void this.load();
  }

  /** What the server has: another tab may have changed it. What is on its way there stays. */
  async load(): Promise<void> {
    try {
      const ballot = await this.#api.ballot(this.vote.id);
      if (this.#changed || this.#closed) return;
      this.#take(ballot);
      this.saving = "saved";
    } catch (error) {
      this.#fail(error, () => void this.load());
    }
  }

  /** Changes the ballot; it is saved when the server has it. */
  change(next: { readonly marks?: Marks; readonly done?: boolean }): void {
    if (this.saving === "loading" || this.#closed) return;
    this.marks = next.marks ?? this.marks;
    this.done = next.done ?? this.done;
    this.problem = undefined;
    this.#changed = true;
    this.saving = "saving";
    void this.#send();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #take(ballot: Ballot): void {
    this.#kept = ballot;
    this.marks = ballot.marks;
    this.done = ballot.done;
  }

  /** One request at a time, always with the newest ballot. */
  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    try {
      while (this.#changed && !this.#closed) {
        this.#changed = false;
        // Marks on what was deleted meanwhile are free again.
        const ballot = { marks: within(this.marks, this.#inScope()), done: this.done };
        await this.#api.cast(this.vote.id, ballot);
        this.#kept = ballot;
      }
      this.saving = "saved";
    } catch (error) {
      this.#changed = true;
      this.#fail(error, () => void this.#send());
    } finally {
      this.#sending = false;
    }
  }

  #fail(error: unknown, again: () => void): void {
    if (this.#closed) return;
    const status = error instanceof ApiProblem ? error.status : 0;
    if (status === 0 || status === 429 || status >= 500) {
      this.saving = this.saving === "loading" ? "loading" : "waiting";
      this.#timer = setTimeout(again, AGAIN);
      return;
    }
    // It is not taken: what the server has is what counts.
    this.problem = error instanceof ApiProblem ? error.code : "other";
    this.#changed = false;
    this.#take(this.#kept);
    this.saving = "saved";
  }
}
