// What the links of an open board lead to. Knows no server.

import type { Desk } from "../desk.svelte.ts";
import type { Target } from "./invites.ts";

export function targetOf(desk: Desk): Target {
  return {
    series: desk.around?.series?.name ?? null,
    team: desk.around?.team?.name ?? null,
    title: desk.snapshot.title,
  };
}
