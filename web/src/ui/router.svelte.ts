// Which page is shown, by the address. Knows no pages' contents.

export type Route =
  | { readonly page: "home" }
  | { readonly page: "join"; readonly secret: string }
  | { readonly page: "board"; readonly board: string }
  | { readonly page: "series"; readonly series: string }
  | { readonly page: "people"; readonly series: string }
  | { readonly page: "workshop"; readonly series: string; readonly workshop: string }
  | { readonly page: "control"; readonly series: string }
  | { readonly page: "snapshot"; readonly board: string; readonly snapshot: string }
  | { readonly page: "compare"; readonly board: string; readonly snapshot: string }
  | { readonly page: "statement" }
  | { readonly page: "missing" };

/** The secret is in the fragment, so that no server or log ever sees it in an address. */
export function routeOf(path: string, fragment: string): Route {
  const join = /^#join=([\w.~-]{8,512})$/.exec(fragment);
  if (path === "/" && join?.[1] !== undefined) return { page: "join", secret: join[1] };
  if (path === "/") return { page: "home" };
  const [, board, view, snapshot] = /^\/board\/(\w{1,64})(?:\/(snapshot|compare)\/(\w{1,64}))?\/?$/.exec(path) ?? [];
  if (board !== undefined && snapshot !== undefined) {
    return { page: view === "compare" ? "compare" : "snapshot", board, snapshot };
  }
  if (board !== undefined) return { page: "board", board };
  const [, series, room, workshop] =
    /^\/series\/(\w{1,64})(?:\/(control|people)|\/workshop\/(\w{1,64}))?\/?$/.exec(path) ?? [];
  if (series !== undefined && workshop !== undefined) return { page: "workshop", series, workshop };
  if (series !== undefined) return { page: room === "control" || room === "people" ? room : "series", series };
  if (path === "/accessibility") return { page: "statement" };
  return { page: "missing" };
}

let current = $state<Route>({ page: "home" });
/** Whether the person leaves what is not kept; where it is. */
let leaves: (() => boolean) | undefined;
let path = "";

export const router = {
  get route(): Route {
    return current;
  },
  go(to: string): void {
    if (leaves?.() === false) return;
    history.pushState(null, "", to);
    read();
  },
  replace(to: string): void {
    history.replaceState(null, "", to);
    read();
  },
  /** Asks before the page is left for another; returns the way to ask no more. */
  guard(ask: () => boolean): () => void {
    leaves = ask;
    return () => {
      if (leaves === ask) leaves = undefined;
    };
  },
};

export function startRouter(): void {
  addEventListener("popstate", () => {
    // Back has been done by now: the page that is stayed on is put before it again.
    if (location.pathname !== path && leaves?.() === false) history.pushState(null, "", path);
    else read();
  });
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#join=")) read();
  });
  document.addEventListener("click", follow);
  read();
}

function read(): void {
  const next = routeOf(location.pathname, location.hash);
  // At once: the secret must not stay in the address bar, in a screenshot or in the history.
  if (next.page === "join") history.replaceState(null, "", "/");
  current = next;
  path = location.pathname;
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.hasAttribute("download")) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname.startsWith("/api/")) return;
  if (to.hash !== "" && to.pathname === location.pathname && !to.hash.startsWith("#join=")) return;
  event.preventDefault();
  router.go(to.pathname + to.hash);
}
