// What the session lets this person do. Knows the server's table as data, and no roles' rules of its own.

import type { AttentionOfMine, Permission, Permissions } from "../commands/types.ts";
import type { Snapshot } from "../model/types.ts";
import { readAttention } from "./attention.ts";
import { readFacilitated } from "./script.ts";
import type { ActionName, SessionState, WhoseName } from "./types.ts";

const no = (why: (Permission & { ok: false })["why"]): Permission => ({ ok: false, why });

/** Nothing is allowed until the session is known. `snapshot` is asked at every question: it changes. */
export function permissionsOf(
  session: SessionState | null,
  snapshot: () => Snapshot,
  isOnlyMine: (id: string) => boolean = () => false,
): Permissions {
  const locked = new Set(session?.locked);
  const facilitates = session?.me.role === "owner" || session?.me.role === "facilitator";
  const ownerOf = (id: string) => (snapshot().items.get(id) ?? snapshot().links.get(id))?.author ?? null;
  const writing = session?.me.role === "participant" ? session.rounds.find((round) => round.now) : undefined;
  const kinds = writing?.adds ?? undefined;
  return {
    facilitates,
    isOnlyMine,
    silences: session?.rounds ?? [],
    paused: session?.paused ?? false,
    votes: session?.mayVote === true && Boolean(session.vote),
    isLocked: (id) => locked.has(id),
    ...(session === null ? {} : { attention: ofMine(session) }),
    may(action, object, kind) {
      if (session === null) return no("readOnly");
      if ((session.paused || session.withdrawn) && !facilitates) return no("readOnly");
      // What I write in private is mine to change, and to nobody else's knowledge: nothing leads to it from the board.
      if (object !== undefined && isOnlyMine(object)) {
        return action === "edit" || action === "move" || action === "delete" ? { ok: true } : no("silent");
      }
      if (action === "create" && writing !== undefined) {
        return kind === undefined || kinds?.includes(kind) !== false ? { ok: true } : no("part");
      }
      const whose = session.allowed[action] ?? [];
      // A part of the script takes away only what participants have.
      const inPart = session.adds !== null && session.me.role === "participant" && action !== "meta";
      if (whose.length === 0) return no(inPart ? "part" : "role");
      if (inPart && kind !== undefined && session.adds?.includes(kind) === false) return no("part");
      if (object === undefined) return { ok: true };
      const owner: WhoseName = locked.has(object) ? "locked" : ownerOf(object) === session.me.person ? "own" : "others";
      if (whose.includes(owner)) return { ok: true };
      if (owner === "locked") return no("locked");
      return no(inPart ? "part" : "notYours");
    },
  };
}

function ofMine({ attention, me }: SessionState): AttentionOfMine {
  const { hands, help, done, part, lead, gather } = attention;
  const led = lead === null ? "none" : lead.by !== me.person ? "others" : lead.control ? "control" : "offer";
  return {
    hand: hands.includes(me.person),
    help: help.some(({ person }) => person === me.person),
    part: me.role === "observer" ? null : part,
    done: done.includes(me.person),
    lead: led,
    gathers: gather !== null,
  };
}

const ACTIONS: readonly ActionName[] = ["create", "edit", "move", "connect", "delete", "comment", "meta", "enter"];

/** The state of a session message of this number, or undefined when it is none; `now` is this device's clock. */
export function readSession(seq: unknown, value: unknown, now: number): SessionState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { me, people, locked, paused, withdrawn, allowed, storage, rounds, written } = value as Record<string, unknown>;
  if (typeof me !== "object" || me === null || typeof allowed !== "object" || allowed === null) return undefined;
  const { vote, mayVote, results, survey } = value as Partial<SessionState>;
  const table = allowed as Partial<Record<ActionName, readonly WhoseName[]>>;
  return {
    me: me as SessionState["me"],
    people: Array.isArray(people) ? (people as SessionState["people"]) : [],
    locked: Array.isArray(locked) ? (locked as string[]) : [],
    paused: paused === true,
    withdrawn: withdrawn === true,
    allowed: Object.fromEntries(
      ACTIONS.map((action) => [action, table[action] ?? []]),
    ) as unknown as SessionState["allowed"],
    storage: storage === "full" || storage === "failing" ? storage : "good",
    attention: readAttention(value, now),
    rounds: Array.isArray(rounds) ? (rounds as SessionState["rounds"]) : [],
    written: typeof written === "object" && written !== null ? (written as SessionState["written"]) : {},
    ...readFacilitated(seq, value, now),
    vote,
    mayVote,
    results,
    survey,
  };
}
