// What commands say: to the ear always, to the eye too where nothing on the board would show it. Knows no views.

import { said } from "./said.ts";
import type { Values } from "../i18n/format.ts";
import { notices, type Toast } from "../ui/notices.svelte.ts";

/** What cannot be seen on the board itself; a bad one stays until it is closed. */
const SHOWN: ReadonlyMap<string, Toast["tone"]> = new Map([
  ["said.viewShared", "good"],
  ["said.objectShared", "good"],
  ["said.pasting", "plain"],
  ["said.nothingToPaste", "plain"],
  ["said.pastedPart", "bad"],
  ["said.pasteStopped", "bad"],
  ["said.clipboardBlocked", "bad"],
]);

export function announce(key: string, values: Values = {}): void {
  const tone = SHOWN.get(key);
  if (tone === undefined) notices.say(said(key, values));
  else notices.tell(said(key, values), tone);
}
