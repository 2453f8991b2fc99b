// Fetches the pages once each, early if asked: they are most of the app. Knows no pages' contents.

import { once } from "../ui/once.ts";
import { part } from "../ui/part.ts";
import type { Route } from "../ui/router.svelte.ts";

export const loadHome = part(async () => (await import("./Home.svelte")).default);
export const loadJoin = once(async () => (await import("./Join.svelte")).default);
export const loadStatement = part(async () => (await import("./Statement.svelte")).default);
export const loadBoardPage = once(async () => (await import("./BoardPage.svelte")).default);
export const loadSeriesPage = part(async () => (await import("./series/SeriesPage.svelte")).default);
export const loadPeoplePage = part(async () => (await import("./people/PeoplePage.svelte")).default);
export const loadWorkshopPage = part(async () => (await import("./workshop/WorkshopPage.svelte")).default);
export const loadControlPage = part(async () => (await import("./control/ControlPage.svelte")).default);
export const loadSnapshotPage = part(async () => (await import("./snapshot/SnapshotPage.svelte")).default);
export const loadComparePage = part(async () => (await import("./snapshot/ComparePage.svelte")).default);

const PAGES: Readonly<Record<Route["page"], (() => Promise<unknown>) | undefined>> = {
  home: loadHome,
  join: loadJoin,
  statement: loadStatement,
  board: loadBoardPage,
  series: loadSeriesPage,
  people: loadPeoplePage,
  workshop: loadWorkshopPage,
  control: loadControlPage,
  snapshot: loadSnapshotPage,
  compare: loadComparePage,
  missing: undefined,
};

/** Starts to fetch what this address shows. */
export function loadPage(route: Route): Promise<unknown> | undefined {
  return PAGES[route.page]?.();
}
