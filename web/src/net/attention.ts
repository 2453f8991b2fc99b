// Who asks for attention on a board and where facilitators lead, as the session state tells it. Knows no sockets.

/** Somebody who asks for help. Moments are milliseconds since 1970 by this device's clock. */
export interface Help {
  readonly person: string;
  readonly at: number;
  /** Only those who help are told; else undefined. */
  readonly text?: string;
  /** The facilitator who comes. */
  readonly coming: string | null;
}

export type Place = { readonly frame: string } | { readonly rect: readonly [number, number, number, number] };

export interface Lead {
  readonly by: string;
  /** By the server's clock: tells one lead from another. */
  readonly at: number;
  /** Everybody's view follows. */
  readonly control: boolean;
}

export interface Attention {
  /** People whose hand is up, the first one first. */
  readonly hands: readonly string[];
  readonly help: readonly Help[];
  /** Who is done with the part that runs. */
  readonly done: readonly string[];
  readonly gather: { readonly place: Place; readonly at: number; readonly by: string } | null;
  readonly lead: Lead | null;
  /** The part that runs, to say that one is done with. */
  readonly part: string | null;
  /** The workshop that runs or was the last to: of these there is no lobby any more. */
  readonly workshop: string | null;
}

export const CALM: Attention = {
  hands: [],
  help: [],
  done: [],
  gather: null,
  lead: null,
  part: null,
  workshop: null,
};

/** Reads it from a state of docs/protocol.md, 3.2; `now` is this device's clock. */
export function readAttention(value: unknown, now: number): Attention {
  const { attention, script } = Object(value) as Record<string, unknown>;
  const { part, workshop, ended } = Object(script) as Record<string, unknown>;
  const said = Object(attention) as Record<string, unknown>;
  const ahead = typeof said["now"] === "number" ? said["now"] - now : 0;
  const list = (name: string): Record<string, unknown>[] =>
    Array.isArray(said[name]) ? (said[name] as unknown[]).map((each) => Object(each) as Record<string, unknown>) : [];
  const runs = ended === null ? (Object(part) as Record<string, unknown>) : {};
  return {
    hands: list("hands").map((hand) => String(hand["person"])),
    help: list("help").map((help) => ({
      person: String(help["person"]),
      at: Number(help["at"]) - ahead,
      coming: typeof help["coming"] === "string" ? help["coming"] : null,
      ...(typeof help["text"] === "string" ? { text: help["text"] } : {}),
    })),
    done: Array.isArray(said["done"]) ? (said["done"] as string[]) : [],
    gather: isObject(said["gather"]) ? (said["gather"] as unknown as Attention["gather"]) : null,
    lead: isObject(said["lead"]) ? (said["lead"] as unknown as Lead) : null,
    part: typeof runs["part"] === "string" ? runs["part"] : null,
    workshop: typeof workshop === "string" ? workshop : null,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
