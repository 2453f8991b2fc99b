// Asks the server for what has no command of its own since it is about another person, and tells when it was not done.

import { t, tOr } from "../../i18n/language.svelte.ts";
import { notices } from "../../ui/notices.svelte.ts";
import type { Desk } from "../desk.svelte.ts";
import { codeOf } from "../server.ts";

interface Ask {
  readonly type: "lowerHand" | "claimHelp" | "releaseHelp" | "endHelp";
  readonly person: string;
}

export async function askServer(desk: Desk, ask: Ask): Promise<void> {
  try {
    await desk.connection.server.command({ ...ask });
  } catch (error) {
    const coming = desk.session?.attention.help.find(({ person }) => person === ask.person)?.coming ?? null;
    // Who was first is in the queue by now, or a moment later.
    if (codeOf(error) === "conflict" && coming !== null) {
      notices.tell(t("people.coming", { name: desk.nameOf(coming) }), "bad");
    } else notices.tell(tOr(`problem.${codeOf(error)}`, "problem.other"), "bad");
  }
}
