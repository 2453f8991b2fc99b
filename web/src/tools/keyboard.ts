// Keys on the board: carried items first, then typing into the chosen item, then the registry's commands. Knows no elements.

import { nearest, type Direction } from "../canvas/hit.ts";
import type { KeyPress, Registry } from "../commands/registry.ts";
import type { Point, Rect } from "../model/types.ts";
import { isContainer } from "../model/schema.ts";
import { areaOf, areasOf, outOf } from "./areas.ts";
import { Carry, LEAP, STEP } from "./carry.ts";
import type { Machine } from "./machine.ts";
import type { Env } from "./types.ts";

export interface KeyboardOptions {
  find(press: KeyPress, where: "board"): ReturnType<Registry["find"]>;
  /** Makes this the current item and the selection; with `add` the selection grows. */
  go(id: string, add: boolean): void;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const UNIT: Readonly<Record<Direction, Point>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export class Keyboard {
  readonly carry: Carry;
  readonly #env: Env;
  readonly #machine: Machine;
  readonly #options: KeyboardOptions;
  #spaceAlone = false;

  constructor(env: Env, machine: Machine, options: KeyboardOptions) {
    this.#env = env;
    this.#machine = machine;
    this.#options = options;
    this.carry = new Carry(env);
  }

  /** True when the key was taken. */
  down(press: KeyPress & { readonly repeat?: boolean }): boolean {
    if (press.isComposing === true) return false;
    if (press.key === "Escape") return this.#escape();
    if (press.key === " " && plain(press)) {
      if (press.repeat !== true) {
        this.#spaceAlone = true;
        this.#machine.spaceHeld = true;
        this.#env.cursor("grab");
      }
      return true;
    }
    if (this.carry.active) return this.#carried(press);
    return this.#inside(press) || this.#typed(press) || this.#edited(press) || this.#command(press) || this.#own(press);
  }

  up(press: KeyPress): boolean {
    if (press.key !== " ") return false;
    this.#machine.spaceHeld = false;
    this.#env.cursor(undefined);
    if (!this.#spaceAlone) return true;
    this.#spaceAlone = false;
    if (this.carry.active) this.carry.drop();
    else this.carry.pickUp();
    return true;
  }

  /** A pointer was pressed while Space was held: then Space meant panning. */
  pointerUsed(): void {
    this.#spaceAlone = false;
  }

  blur(): void {
    this.#machine.spaceHeld = false;
    this.#spaceAlone = false;
  }

  #escape(): boolean {
    if (this.carry.active) {
      this.carry.cancel();
      return true;
    }
    if (this.#machine.cancel()) return true;
    const { state } = this.#env;
    if (state.selection.size === 0) return false;
    // Who came by keys goes up the way they came in.
    const up = state.byKeys && state.selection.size === 1 ? outOf(state.snapshot, [...state.selection][0]) : undefined;
    if (up === undefined) this.#env.run("select.none");
    else this.#options.go(up, false);
    return true;
  }

  #carried(press: KeyPress): boolean {
    const direction = DIRECTIONS[press.key];
    if (direction) {
      const length = press.shiftKey ? LEAP : STEP;
      const [x, y] = UNIT[direction];
      this.carry.move([x * length, y * length]);
      return true;
    }
    if (press.key === "Enter") {
      this.carry.drop();
      return true;
    }
    // Tab leaves the board: what is carried is put back first.
    if (press.key === "Tab") this.carry.cancel();
    return press.key !== "Tab";
  }

  /** A letter with one item chosen by pointer begins its text; chosen by keys, letters are commands first. */
  #typed(press: KeyPress): boolean {
    const { state } = this.#env;
    const [only] = state.selection;
    if (state.selection.size !== 1 || only === undefined || !state.snapshot.items.has(only)) return false;
    if (!isSign(press)) return false;
    if (state.byKeys && this.#options.find(press, "board")) return false;
    if (!this.#env.may("edit", only).ok) return false;
    this.#env.edit(only, press.key);
    return true;
  }

  /** Enter on a container goes to what stands first in it; F2 edits its title. */
  #inside(press: KeyPress): boolean {
    const { state } = this.#env;
    if (press.key !== "Enter" || !plain(press) || state.selection.size !== 1) return false;
    const item = state.snapshot.items.get([...state.selection][0] ?? "");
    const first = item && isContainer(item.kind) ? state.snapshot.children(item.id)[0] : undefined;
    if (first === undefined) return false;
    this.#options.go(first.id, false);
    return true;
  }

  #command(press: KeyPress): boolean {
    const { state } = this.#env;
    const found = this.#options.find(press, "board");
    if (!found) return false;
    // Arrived by keys: from here on letters are commands.
    state.byKeys = true;
    this.#env.run(found.id, found.args);
    return true;
  }

  /** What the registry leaves to the view. */
  #own(press: KeyPress): boolean {
    const { state } = this.#env;
    const direction = DIRECTIONS[press.key];
    if (direction && !press.ctrlKey && !press.metaKey && !press.altKey) {
      const from = this.#here();
      const next = nearest(state.snapshot, from, direction, state.current);
      if (next !== undefined) this.#options.go(next, press.shiftKey);
      return true;
    }
    if ((press.key === "Home" || press.key === "End") && plain(press)) return this.#end(press.key === "Home");
    if ((press.key === "PageUp" || press.key === "PageDown") && plain(press)) return this.#area(press.key === "PageUp");
    return false;
  }

  /** Nothing is chosen, but an item has the focus: that one is meant. */
  #edited(press: KeyPress): boolean {
    const { current, selection } = this.#env.state;
    if (!(press.key === "Enter" || press.key === "F2") || !plain(press)) return false;
    if (selection.size > 0 || current === undefined) return false;
    this.#env.run("item.edit", { id: current });
    return true;
  }

  /** First or last in the area of the current item. */
  #end(first: boolean): boolean {
    const { state } = this.#env;
    const item = state.snapshot.items.get(state.current ?? "");
    const all = state.snapshot.children(item?.parent ?? null);
    const target = first ? all[0] : all[all.length - 1];
    if (target) this.#options.go(target.id, false);
    return true;
  }

  /** The previous or next area. */
  #area(back: boolean): boolean {
    const { state } = this.#env;
    const areas = areasOf(state.snapshot);
    const at = areaOf(state.snapshot, areas, state.current);
    const target = areas[at < 0 ? (back ? areas.length - 1 : 0) : at + (back ? -1 : 1)];
    if (target !== undefined) this.#options.go(target, false);
    return true;
  }

  #here(): Rect {
    const { state, camera } = this.#env;
    const rect = state.current === undefined ? undefined : state.snapshot.rect(state.current);
    if (rect) return rect;
    const { x, y } = camera.view;
    // Without a current item everything on the screen lies ahead of its corner.
    return { x: x - 1, y: y - 1, w: 0, h: 0 };
  }
}

function plain(press: KeyPress): boolean {
  return !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
}

/** One printable sign: AltGr signs (Ctrl with Alt) are signs, Ctrl alone is a command. */
function isSign(press: KeyPress): boolean {
  if ([...press.key].length !== 1 || press.key === " ") return false;
  const altGraph = press.getModifierState?.("AltGraph") === true || (press.ctrlKey && press.altKey);
  return altGraph || (!press.ctrlKey && !press.metaKey && !press.altKey);
}
