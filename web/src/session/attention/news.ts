// What a person hears of hands, help and leading when the state of the board changes. Knows no views.

import type { Key } from "../../i18n/fi.ts";
import type { LaterKey } from "../../i18n/later/fi.ts";
import type { Attention } from "../../net/attention.ts";

export interface Told {
  readonly key: Key | LaterKey;
  readonly values: { readonly name: string };
  /** It is not seen anywhere else, and is to be. */
  readonly shown: boolean;
}

export interface Me {
  readonly person: string;
  readonly facilitates: boolean;
  /** Whose view mine followed, until now. */
  readonly followed: string | undefined;
  nameOf(person: string): string;
}

/** What is new; a place to come to is told by whoever knows the board. */
export function newsOf(before: Attention, after: Attention, me: Me): Told[] {
  const told: Told[] = [];
  const tell = (key: Told["key"], person: string, shown = false): void => {
    if (person !== me.person) told.push({ key, values: { name: me.nameOf(person) }, shown });
  };
  if (me.facilitates) {
    for (const person of after.hands) if (!before.hands.includes(person)) tell("news.hand", person);
    const asked = new Set(before.help.map(({ person }) => person));
    for (const { person } of after.help) if (!asked.has(person)) tell("news.help", person, true);
  }
  const [was, is] = [before, after].map(({ help }) => help.find(({ person }) => person === me.person));
  const [came, comes] = [was?.coming ?? null, is?.coming ?? null];
  if (comes !== null && comes !== came) tell("attention.coming", comes);
  else if (came !== null && is !== undefined && comes === null) tell("news.released", came, true);
  else if (came !== null && is === undefined) tell("news.closed", came);
  const [led, leads] = [before.lead, after.lead];
  if (leads !== null && (leads.by !== led?.by || leads.control !== led.control)) {
    tell(leads.control ? "attention.led" : "attention.offer", leads.by);
  }
  if (led !== null && leads === null && me.followed === led.by) tell("news.free", led.by, true);
  return told;
}
