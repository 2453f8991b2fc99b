// Runs a command and tells the person when it was not done, and why. Knows no views.

import type { View } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import { t, tOr } from "../i18n/language.svelte.ts";
import { ApiProblem } from "../net/http.ts";
import { notices } from "../ui/notices.svelte.ts";
import { part } from "../ui/part.ts";
import type { Desk } from "./desk.svelte.ts";
import { codeOf } from "./server.ts";

const loadTelling = part(() => import("./script/telling.ts"));

/** True when it was done. */
export async function runAndTell(desk: Desk, id: CommandId, view: View, args?: object): Promise<boolean> {
  try {
    const permission = await desk.run(id, view, args as never);
    if (!permission.ok) notices.tell(t(`why.${permission.why}`), "bad");
    return permission.ok;
  } catch (error) {
    const first = error instanceof ApiProblem ? error.first : undefined;
    if (first !== undefined) notices.tell((await loadTelling()).firstWords(desk, first), "bad");
    else notices.tell(tOr(`problem.${codeOf(error)}`, "problem.other"), "bad");
    return false;
  }
}
