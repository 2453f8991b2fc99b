// Fetches the larger pages once each, early if asked: they are most of the app. Knows no pages' contents.

/** Loads once; after a failure the next try asks again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

export const loadBoardPage = once(async () => (await import("./BoardPage.svelte")).default);
export const loadSeriesPage = once(async () => (await import("./series/SeriesPage.svelte")).default);
export const loadSnapshotPage = once(async () => (await import("./snapshot/SnapshotPage.svelte")).default);
export const loadComparePage = once(async () => (await import("./snapshot/ComparePage.svelte")).default);
