// What a person hears of others while at the board: what was lost under their hands, and now and then what changed.
// Knows the desk, no views.

import type { CommandId } from "../../commands/words.ts";
import type { ObjectId } from "../../model/types.ts";
import type { Desk } from "../../session/desk.svelte.ts";
import { announcements } from "../../ui/announcements.svelte.ts";
import { notices } from "../../ui/notices.svelte.ts";
import { deleterOf, offerLost } from "./lost.ts";
import { Others } from "./others.ts";

interface Hands {
  /** What the person has chosen or is writing. */
  chosen(): readonly ObjectId[];
  create(command: CommandId, args: object): void;
}

/** From now on; returns the way to stop. */
export function hearOthers(desk: Desk, hands: Hands): () => void {
  const others = new Others({
    chosen: () => announcements.chosen,
    at: () => hands.chosen()[0],
    isTyping: () => document.activeElement?.matches("input, textarea") === true,
    say: (sentence) => notices.say(sentence),
    later: (run, after) => {
      const timer = setTimeout(run, after);
      return () => clearTimeout(timer);
    },
  });
  const stops = [
    offerLost(desk.model, { ...hands, who: (id) => deleterOf(desk, id) }),
    desk.model.subscribe((change) => others.take(change)),
    () => others.close(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
