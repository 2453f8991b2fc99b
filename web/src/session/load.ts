// What of people and attention is fetched when it is wanted. Knows no contents.

import { part } from "../ui/part.ts";

export const loadPeople = part(async () => (await import("./PeopleDialog.svelte")).default);
export const loadAttention = part(async () => (await import("./attention/AttentionBar.svelte")).default);
export const loadAskHelp = part(async () => (await import("./attention/AskHelp.svelte")).default);
