// Whose view this person's follows, by their own choice or because a facilitator has taken control. Knows no camera.

import type { Lead } from "../../net/attention.ts";
import type { Presence, SessionState } from "../../net/types.ts";

/** What it looks at: a board's people and what they do. */
interface Around {
  readonly person: string;
  readonly session: SessionState | null;
  readonly others: readonly Presence[];
}

const kept = new WeakMap<Around, Follow>();

/** The one of a board's page. */
export function followOf(around: Around): Follow {
  const follow = kept.get(around) ?? new Follow(around);
  kept.set(around, follow);
  return follow;
}

export class Follow {
  #chosen: string | undefined = $state();
  /** Leads that the person said no to, by their moment. */
  #refused: number | undefined = $state();
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Who leads, if it is somebody else. */
  get lead(): Lead | null {
    const lead = this.#around.session?.attention.lead ?? null;
    return lead?.by === this.#around.person ? null : lead;
  }
  /** The view follows because somebody has taken control. */
  get isLed(): boolean {
    return this.lead?.control === true && this.#refused !== this.lead.at;
  }
  /** Said no to the lead that there is. */
  get isRefused(): boolean {
    return this.lead !== null && this.#refused === this.lead.at && this.who !== this.lead.by;
  }
  get who(): string | undefined {
    return this.isLed ? this.lead?.by : this.#chosen;
  }
  /** What of the board they see: left, top, width, height; none while they look at no canvas. */
  get seen(): Presence["looking"] {
    const { who } = this;
    return this.#around.others.find(({ user, looking }) => user.id === who && looking !== undefined)?.looking;
  }
  /** How many follow this person, each once. */
  get followers(): number {
    const all = this.#around.others.filter(({ following }) => following === this.#around.person);
    return new Set(all.map(({ user }) => user.id)).size;
  }

  start(person: string): void {
    this.#chosen = person;
  }
  /** From now on the person looks around on their own, whoever leads. */
  stop(): void {
    this.#chosen = undefined;
    this.refuse();
  }
  refuse(): void {
    this.#refused = this.lead?.at;
  }
  /** A lead is over: whoever followed it follows nobody. */
  ended(lead: Lead): void {
    if (this.#chosen === lead.by) this.#chosen = undefined;
  }
}
