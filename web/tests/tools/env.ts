// A tool's surroundings without a page: a real board, what was run, what was selected. Knows no tests.

import { Camera } from "../../src/canvas/camera.ts";
import { SurfaceState } from "../../src/canvas/state.ts";
import type { ToolName } from "../../src/canvas/types.ts";
import type { BoardModel } from "../../src/model/board.ts";
import type { Point } from "../../src/model/types.ts";
import { Machine } from "../../src/tools/machine.ts";
import type { Env, PointerInput } from "../../src/tools/types.ts";

export interface Stage {
  readonly env: Env;
  readonly machine: Machine;
  readonly state: SurfaceState;
  readonly runs: [string, unknown][];
  readonly edits: [string, string | undefined][];
  readonly tools: ToolName[];
  readonly forbidden: Set<string>;
  at(point: Point, more?: Partial<PointerInput>): PointerInput;
  /** Press, move in small steps, let go. */
  drag(from: Point, to: Point, more?: Partial<PointerInput>): void;
  click(at: Point, more?: Partial<PointerInput>): void;
}

export function stage(board: BoardModel): Stage {
  const state = new SurfaceState(board);
  board.subscribe((change) => state.apply(change));
  const camera = new Camera({ now: () => 0, frame: () => undefined, reducedMotion: () => true });
  camera.resize(1000, 800);
  const runs: Stage["runs"] = [];
  const edits: Stage["edits"] = [];
  const tools: ToolName[] = [];
  const forbidden = new Set<string>();
  const env: Env = {
    state,
    camera,
    run: (id, args) => runs.push([id, args]),
    may: (_action, id) => (id !== undefined && forbidden.has(id) ? { ok: false, why: "locked" } : { ok: true }),
    select: (ids) => {
      state.selection = new Set(ids);
      state.current = ids[ids.length - 1];
    },
    edit: (id, typed) => edits.push([id, typed]),
    setTool: (tool) => {
      tools.push(tool);
      machine.setTool(tool);
    },
    shown: () => undefined,
    say: () => undefined,
    cursor: () => undefined,
  };
  const machine = new Machine(env);
  const at: Stage["at"] = (point, more = {}) => ({
    id: 1,
    screen: point,
    board: camera.toBoard(point),
    button: "main",
    touch: false,
    shift: false,
    mod: false,
    ...more,
  });
  return {
    env,
    machine,
    state,
    runs,
    edits,
    tools,
    forbidden,
    at,
    drag(from, to, more = {}) {
      machine.down(at(from, more));
      for (const part of [0.25, 0.5, 0.75, 1]) {
        machine.move(at([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part], more));
      }
      machine.up(at(to, more));
    },
    click(point, more = {}) {
      machine.down(at(point, more));
      machine.up(at(point, more));
    },
  };
}
