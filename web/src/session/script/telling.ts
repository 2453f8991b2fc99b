// What is said of the step script: who was first, the part and the time left. Knows the desk, no views.

import { nameIn } from "../../i18n/names.ts";
import { isKey, language, t } from "../../i18n/language.svelte.ts";
import type { First } from "../../net/http.ts";
import { leftOf } from "../../net/script.ts";
import { notices } from "../../ui/notices.svelte.ts";
import type { Desk } from "../desk.svelte.ts";

/** The title of a part of the script here; empty when it is not known here. */
export function partTitle(desk: Desk, part: string | undefined): string {
  const lines = [...(desk.session?.script?.parts ?? []), ...(desk.script.overall?.script?.parts ?? [])];
  const found = lines.find(({ id }) => id === part);
  return found === undefined ? "" : nameIn(found.title, language.current);
}

/** Who was first, and with what. */
export function firstWords(desk: Desk, { by, byName, what, part }: First): string {
  const own = by === desk.person;
  const name = own ? t("first.you") : byName === "" ? t("first.somebody") : byName;
  const key = `first.${what}`;
  const values = { name, part: partTitle(desk, part) || t("first.aPart") };
  return isKey(key) ? t(key, values) : t("first.other", values);
}

/** How much time this is, in words. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 60) return t("time.seconds", { n: seconds });
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (rest === 0 || minutes >= 10) return t("time.minutes", { n: rest >= 30 ? minutes + 1 : minutes });
  return t("time.both", { minutes, seconds: rest });
}

/** Says the part that runs and the time left. */
export function tellNow(desk: Desk): void {
  const { script = null, timer = null } = desk.session ?? {};
  const said: string[] = [];
  if (script === null || script.ended !== null) said.push(t("script.noWorkshop"));
  else if (script.part === null) said.push(t("script.noPart"));
  else said.push(t("script.nowPart", { name: partTitle(desk, script.part.part) }));
  if (timer !== null) {
    const left = leftOf(timer, Date.now());
    said.push(left === 0 ? t("timer.over") : t(timer.runs ? "timer.left" : "timer.stands", { time: duration(left) }));
  }
  notices.say(said.join(" "));
}

/** Says what one is to do in the part that runs, or that it is hidden again. */
export function tellInstruction(desk: Desk): void {
  const { script = null } = desk.session ?? {};
  const part = script?.parts.find(({ id }) => id === script.part?.part);
  if (!desk.script.instructed) notices.say(t("script.instructionHidden"));
  else if (part === undefined) notices.say(t("script.noPart"));
  else notices.say(nameIn(part.instruction, language.current) || t("script.instructionNone"));
}
