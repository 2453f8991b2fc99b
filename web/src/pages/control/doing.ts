// Does what somebody presses in the control room, and tells how it went. Knows no views.

import { names } from "./names.ts";
import { t, tOr } from "../../i18n/language.svelte.ts";
import type { Told } from "../../net/api/control.ts";
import type { First } from "../../net/http.ts";
import { notices } from "../../ui/notices.svelte.ts";
import type { ControlRoom, Target } from "./room.svelte.ts";

/** What a press does. */
export type Deed =
  | { readonly type: "addMinutes"; readonly minutes: number }
  | { readonly type: "nextPart" }
  | { readonly type: "endPart" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "closeVote"; readonly id?: string }
  | { readonly type: "reveal"; readonly part?: string }
  | { readonly type: "claimHelp" | "releaseHelp" | "endHelp"; readonly person: string }
  | { readonly type: "say"; readonly text: string }
  | { readonly type: "startWorkshop"; readonly workshop: string };

/** What cannot be taken back: it is asked for twice. */
export type Final = "closeVote" | "reveal";

/** True when it was done. */
export async function act(room: ControlRoom, target: Target, deed: Deed): Promise<boolean> {
  const outcome = await room.tell(target, deed satisfies Told);
  if (outcome === undefined) return false;
  if (outcome.kind === "done") {
    notices.say(done(target, deed));
    return true;
  }
  if (outcome.kind === "first") notices.tell(firstWords(room, outcome.first), "bad");
  else notices.tell(why(outcome.code), "bad");
  return false;
}

function why(code: string): string {
  return code === "conflict" ? t("control.notNow") : tOr(`problem.${code}`, "problem.other");
}

function done(target: Target, deed: Deed): string {
  const team = target === "all" ? t("control.allTeams") : target.name;
  if (deed.type === "addMinutes") return t("control.done.addMinutes", { team, n: deed.minutes });
  if (deed.type === "say") return t(deed.text === "" ? "control.done.unsaid" : "control.done.say", { team });
  return t(`control.done.${deed.type}`, { team });
}

/** Who pressed before, and what that did. */
export function firstWords(room: ControlRoom, first: First): string {
  const name = first.by === room.me ? t("control.you") : first.byName === "" ? t("control.somebody") : first.byName;
  const parts = room.teams.flatMap((team) => [team.script?.part, team.script?.next]);
  const title = parts.find((part) => part !== null && part !== undefined && part.id === first.part)?.title;
  const part = title === undefined ? t("control.aPart") : names(title);
  return tOr(`first.${first.what}`, "control.first", { name, part });
}
