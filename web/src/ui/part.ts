// A part of the app that is fetched when somebody opens it, with the texts that only such parts use. Knows no parts.

import { fetchRest } from "../i18n/language.svelte.ts";
import { once } from "./once.ts";

export function part<T>(load: () => Promise<T>): () => Promise<T> {
  return once(async () => {
    const [found] = await Promise.all([load(), fetchRest()]);
    return found;
  });
}
