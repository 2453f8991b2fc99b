// Fetches the board's page once, early if asked: it is the larger part of the app. Knows no pages.

import type BoardPage from "./BoardPage.svelte";

let loading: Promise<typeof BoardPage> | undefined;

export function loadBoardPage(): Promise<typeof BoardPage> {
  loading ??= import("./BoardPage.svelte").then(
    (module) => module.default,
    (error: unknown) => {
      // The next try asks again.
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
