// What the session lets this person do. Knows the server's table as data, and no roles' rules of its own.

import type { Permission, Permissions } from "../commands/types.ts";
import type { Snapshot } from "../model/types.ts";
import { readFacilitated } from "./script.ts";
import type { ActionName, SessionState, WhoseName } from "./types.ts";

const no = (why: (Permission & { ok: false })["why"]): Permission => ({ ok: false, why });

/** Nothing is allowed until the session is known. `snapshot` is asked at every question: it changes. */
export function permissionsOf(session: SessionState | null, snapshot: () => Snapshot): Permissions {
  const locked = new Set(session?.locked);
  const facilitates = session?.me.role === "owner" || session?.me.role === "facilitator";
  const ownerOf = (id: string) => (snapshot().items.get(id) ?? snapshot().links.get(id))?.author ?? null;
  return {
    facilitates,
    paused: session?.paused ?? false,
    isLocked: (id) => locked.has(id),
    may(action, object, kind) {
      if (session === null) return no("readOnly");
      if ((session.paused || session.withdrawn) && !facilitates) return no("readOnly");
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

const ACTIONS: readonly ActionName[] = ["create", "edit", "move", "connect", "delete", "comment", "meta"];

/** The state of a session message of this number, or undefined when it is none; `now` is this device's clock. */
export function readSession(seq: unknown, value: unknown, now: number): SessionState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { me, people, locked, paused, withdrawn, allowed, storage } = value as Record<string, unknown>;
  if (typeof me !== "object" || me === null || typeof allowed !== "object" || allowed === null) return undefined;
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
    ...readFacilitated(seq, value, now),
  };
}
