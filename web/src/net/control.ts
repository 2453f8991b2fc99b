// The open line of a control room: everything at first, then what changes; comes back by itself. Knows no views.

import { ApiProblem } from "./http.ts";
import type { ControlApi, TeamNow, Wall, WallChanges } from "./api/control.ts";

/** How long it waits before it tries again: at first, and at most. */
const REST = { first: 1_000, most: 15_000 };

export type LineState = "connecting" | "open" | "broken";

export interface Hears {
  readonly wall: (wall: Wall) => void;
  readonly state: (state: LineState) => void;
  /** It is over: the code of the problem. */
  readonly ended: (code: string) => void;
}

/** What is seen after a message. */
export function folded(wall: Wall, changes: WallChanges): Wall {
  const changed = new Map(changes.teams.map((team) => [team.team, team]));
  const teams = wall.teams.map((team): TeamNow => {
    const news = changed.get(team.team);
    return news === undefined ? team : { ...team, ...news };
  });
  return { now: changes.now, calls: changes.calls ?? wall.calls, teams };
}

type Source = Pick<EventSource, "addEventListener" | "close" | "readyState">;

/** Watches until it is told to stop. `make` and `later` are the browser's own but in tests. */
export function watch(
  api: ControlApi,
  hears: Hears,
  make: (url: string) => Source = (url) => new EventSource(url),
  later: (run: () => void, after: number) => unknown = (run, after) => setTimeout(run, after),
): () => void {
  let source: Source | undefined;
  let stopped = false;
  let rest = REST.first;
  let wall: Wall | undefined;

  const again = (): void => {
    hears.state("broken");
    later(open, rest);
    rest = Math.min(rest * 2, REST.most);
  };
  /** The browser does not say why a line ended: the same is asked once more, to learn it. */
  const failed = async (): Promise<void> => {
    source?.close();
    source = undefined;
    if (stopped) return;
    try {
      await api.look();
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : 0;
      if (error instanceof ApiProblem && status >= 400 && status < 500 && status !== 429 && status !== 408) {
        if (!stopped) hears.ended(error.code);
        return;
      }
    }
    if (!stopped) again();
  };
  const tell = (next: Wall): void => {
    wall = next;
    rest = REST.first;
    hears.state("open");
    hears.wall(next);
  };
  function open(): void {
    if (stopped) return;
    wall = undefined;
    const own = make(api.feed());
    source = own;
    const data = (event: Event): unknown => JSON.parse((event as MessageEvent<string>).data);
    own.addEventListener("whole", (event) => own === source && tell(data(event) as Wall));
    own.addEventListener("changes", (event) => {
      if (own === source && wall !== undefined) tell(folded(wall, data(event) as WallChanges));
    });
    own.addEventListener("error", () => {
      if (own === source) void failed();
    });
  }
  hears.state("connecting");
  open();
  return () => {
    stopped = true;
    source?.close();
  };
}
