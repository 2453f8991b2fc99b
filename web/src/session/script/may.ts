// What may be done in a part, in a plain sentence. Knows no roles' rights: only what the part says.

import { language, t, type Key } from "../../i18n/language.svelte.ts";
import type { May } from "../../net/script.ts";
import { word } from "../said.ts";

const DEEDS: readonly (readonly [keyof May, Key])[] = [
  ["editAll", "may.editAll"],
  ["editOwn", "may.editOwn"],
  ["move", "may.move"],
  ["connect", "may.connect"],
  ["deleteOwn", "may.deleteOwn"],
  ["comment", "may.comment"],
  ["vote", "may.vote"],
];

/** What is one's own is called so to the one whose it is. */
const YOURS: Partial<Record<keyof May, Key>> = { editOwn: "may.you.editOwn", deleteOwn: "may.you.deleteOwn" };

/** `you`: told to a participant, else of them. */
export function mayWords(may: May | null, you: boolean): string {
  if (may === null) return t(you ? "may.you.all" : "may.they.all");
  // Editing everything has editing one's own in it.
  const deeds = DEEDS.filter(([deed]) => may[deed] === true && !(deed === "editOwn" && may.editAll)).map(
    ([deed, key]) => t((you ? YOURS[deed] : undefined) ?? key),
  );
  const kinds = may.add.map((kind) => word("kind", kind).toLocaleLowerCase(language.locale));
  if (deeds.length === 0 && kinds.length === 0) return t(you ? "may.you.none" : "may.they.none");
  const list = new Intl.ListFormat(language.locale, { type: "conjunction" });
  const adds = kinds.length === 0 ? [] : [t(you ? "may.you.add" : "may.they.add", { kinds: list.format(kinds) })];
  const doing = adds.length === 0 ? (you ? "may.you.do" : "may.they.do") : you ? "may.you.also" : "may.they.also";
  const does = deeds.length === 0 ? [] : [t(doing, { deeds: list.format(deeds) })];
  return [...adds, ...does].join(" ");
}
