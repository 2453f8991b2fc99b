// Tells the others where this person is: pointer, selection, text, gesture; at most 20 times a second. Knows no connection.

import type { OwnPresence } from "../net/types.ts";
import type { SurfaceState } from "./state.ts";

const EVERY_MS = 50;
/** A presence is at most 4 KiB (limits.rs): no more ids than this. */
const MOST_IDS = 40;

export interface Publish {
  (): void;
  stop(): void;
}

export function publisher(state: SurfaceState, publish: (own: OwnPresence) => void): Publish {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const send = (): void => {
    publish(ownPresence(state));
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      send();
    }, EVERY_MS);
  };
  const ask = (): void => {
    if (timer === undefined) send();
    else again = true;
  };
  return Object.assign(ask, {
    stop: () => {
      clearTimeout(timer);
      again = false;
    },
  });
}

export function ownPresence(state: SurfaceState): OwnPresence {
  const { drag, resize } = state.preview;
  const round = ([x, y]: readonly [number, number]): [number, number] => [Math.round(x), Math.round(y)];
  return {
    view: "canvas",
    selection: [...state.selection].slice(0, MOST_IDS),
    ...(state.pointer ? { cursor: round(state.pointer) } : {}),
    ...(state.laser && state.pointer ? { laser: true as const } : {}),
    ...(state.editing === undefined ? {} : { editing: state.editing }),
    ...(drag ? { drag: { ids: drag.ids.slice(0, MOST_IDS), by: round(drag.by) } } : {}),
    ...(resize ? { resize: { id: resize.id, at: round(resize.at), size: round(resize.size) } } : {}),
  };
}
