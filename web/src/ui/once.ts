// Fetching a part of the app when it is first needed, once. Knows no parts.

/** Loads once; after a failure the next try asks again. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** After the page has been drawn: what need not be there at first does not keep the first from being drawn. */
export function onScreen(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** Fetches what is likely to be wanted when there is nothing better to do, so that it is there without a connection. */
export function whenIdle(loads: readonly (() => Promise<unknown>)[]): void {
  const fetchAll = (): void => {
    for (const load of loads) void load().catch(() => undefined);
  };
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetchAll, { timeout: 10_000 });
  else setTimeout(fetchAll, 3_000);
}
