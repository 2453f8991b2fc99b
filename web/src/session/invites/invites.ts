// What a link is like: when it ends, whether it still works, and the message that carries it. Knows no server.

import { day, time, tIn, type Key, type Language } from "../../i18n/language.svelte.ts";
import type { Values } from "../../i18n/format.ts";
import type { Invite } from "../../net/api.ts";
import type { Names } from "../../net/api/series.ts";
import type { Role } from "../../net/types.ts";

export const LASTS = ["day", "week", "month", "threeMonths", "until", "always"] as const;
export type Lasts = (typeof LASTS)[number];

const DAY = 24 * 60 * 60 * 1_000;
const DAYS: Readonly<Record<"day" | "week" | "month" | "threeMonths", number>> = {
  day: 1,
  week: 7,
  month: 30,
  threeMonths: 91,
};
/** The server's limits: uses, and days from now. */
export const MOST_USES = 10_000;
const LONGEST_DAYS = 730;

export type Ends =
  { readonly ok: true; readonly expires: number | undefined } | { readonly ok: false; readonly wrong: Key };

/** When a link ends that is made now. The chosen day is the last one on which it works. */
export function endsAt(lasts: Lasts, until: string, now: number): Ends {
  if (lasts === "always") return { ok: true, expires: undefined };
  if (lasts !== "until") return { ok: true, expires: now + DAYS[lasts] * DAY };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) return { ok: false, wrong: "invite.untilMissing" };
  const end = new Date(`${until}T23:59:59`).getTime();
  if (Number.isNaN(end)) return { ok: false, wrong: "invite.untilMissing" };
  if (end <= now) return { ok: false, wrong: "invite.untilPast" };
  if (end > now + LONGEST_DAYS * DAY) return { ok: false, wrong: "invite.untilFar" };
  return { ok: true, expires: end };
}

export type Uses =
  { readonly ok: true; readonly uses: number | undefined } | { readonly ok: false; readonly wrong: Key };

/** How many people may use it; empty: any number. */
export function usesOf(written: string): Uses {
  const text = written.replace(/\s/g, "");
  if (text === "") return { ok: true, uses: undefined };
  const uses = Number(text);
  return /^\d+$/.test(text) && uses >= 1 && uses <= MOST_USES
    ? { ok: true, uses }
    : { ok: false, wrong: "invite.usesWrong" };
}

export type InviteState = "valid" | "revoked" | "expired" | "used";

export function stateOf(invite: Invite, now: number): InviteState {
  if (invite.revoked) return "revoked";
  if (invite.expires !== null && time(invite.expires) <= now) return "expired";
  return invite.usesLeft === 0 ? "used" : "valid";
}

/** What a link leads to. */
export interface Target {
  readonly series: Names | null;
  readonly team: string | null;
  /** The board's title; null for a whole series. */
  readonly title: string | null;
}

export interface Message {
  readonly language: Language;
  readonly target: Target;
  readonly role: Role;
  readonly url: string;
  readonly expires: number | null;
}

/** A message to paste into an invitation: what, the link, one line on how to join. */
export function messageText({ language, target, role, url, expires }: Message): string {
  const say = (key: Key, values?: Values) => tIn(language, key, values);
  const { series, team, title } = target;
  const names = series === null ? [] : [series[language], series.fi, series.sv, series.en];
  const seriesName = names.find((name) => name.trim() !== "");
  const about = [
    ...(seriesName === undefined ? [] : [say("message.series", { name: seriesName })]),
    ...(team === null || team === "" ? [] : [say("message.team", { name: team })]),
    ...(title === null || title === "" ? [] : [say("message.board", { title })]),
  ];
  return [
    say(role === "observer" ? "message.helloObserver" : "message.hello"),
    ...(about.length === 0 ? [] : ["", ...about]),
    "",
    url,
    "",
    say("message.how"),
    ...(expires === null ? [] : [say("message.until", { date: day(expires, language) })]),
  ].join("\n");
}
