// What the session lets this person do. Knows the server's table as data, and no roles' rules of its own.

import type { Permission, Permissions } from "../commands/types.ts";
import type { Snapshot } from "../model/types.ts";
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
    may(action, object) {
      if (session === null) return no("readOnly");
      if ((session.paused || session.withdrawn) && !facilitates) return no("readOnly");
      const whose = session.allowed[action] ?? [];
      if (whose.length === 0) return no("role");
      if (object === undefined) return { ok: true };
      const kind: WhoseName = locked.has(object) ? "locked" : ownerOf(object) === session.me.person ? "own" : "others";
      if (whose.includes(kind)) return { ok: true };
      return no(kind === "locked" ? "locked" : "notYours");
    },
  };
}

const ACTIONS: readonly ActionName[] = ["create", "edit", "move", "connect", "delete", "comment", "meta"];

/** The state of a session message, or undefined when it is none. */
export function readSession(value: unknown): SessionState | undefined {
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
  };
}
