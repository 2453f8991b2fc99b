// Listens to the surface: pointers, wheel, keys, focus. Turns DOM events into what tools understand. Knows no items.

import type { Point, Rect } from "../model/types.ts";
import { EdgeScroll } from "../tools/edge.ts";
import type { Keyboard } from "../tools/keyboard.ts";
import type { Machine } from "../tools/machine.ts";
import type { PointerInput } from "../tools/types.ts";
import { wheel } from "../tools/wheel.ts";
import type { Camera } from "./camera.ts";
import { CORNERS, DOTS } from "./overlay.ts";

export interface InputParts {
  readonly surface: HTMLElement;
  readonly camera: Camera;
  readonly machine: Machine;
  readonly keyboard: Keyboard;
  /** The pointer is here now, or gone. */
  pointerAt(board: Point | undefined): void;
  /** A press on the surface, before the tool hears of it. */
  pressed(): void;
  /** After a press: the board takes the keyboard. */
  takeFocus(): void;
  /** `byTab`: the person came there with Tab. */
  focused(target: Element, byTab: boolean): void;
  /** A pull shows something: an item, an area or an arrow on its way. */
  pulling(): boolean;
  /** Asks for one call before the next frame. */
  frame(run: () => void): void;
  /** What stays on the screen when the surface gets another size. */
  kept(): Rect | undefined;
  /** The key belongs to a text that was closed under somebody's hands. */
  unheard(event: KeyboardEvent): boolean;
  /** A key was pressed: the ring that shows the focus is wanted again. */
  keyed(): void;
}

export function listen(parts: InputParts): () => void {
  const { surface, camera, machine, keyboard } = parts;
  const edge = new EdgeScroll({
    camera,
    now: () => performance.now(),
    frame: (run) => parts.frame(run),
    moved: (input) => machine.move(input),
  });
  const stop = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    run: (event: HTMLElementEventMap[Name]) => void,
    passive = true,
  ): void => surface.addEventListener(name, run, { signal: stop.signal, passive });

  const inputOf = (event: MouseEvent): PointerInput => {
    const box = surface.getBoundingClientRect();
    const screen: Point = [event.clientX - box.left, event.clientY - box.top];
    const pointer = event instanceof PointerEvent ? event : undefined;
    const handle = handleOf(event.target);
    return {
      id: pointer?.pointerId ?? 0,
      screen,
      board: camera.toBoard(screen),
      button: event.button === 1 ? "middle" : event.button === 2 ? "other" : "main",
      touch: pointer?.pointerType === "touch",
      shift: event.shiftKey,
      mod: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      ...(handle ? { handle } : {}),
    };
  };

  on(
    "pointerdown",
    (event) => {
      if (inField(event.target)) return;
      // Otherwise the browser would take the focus elsewhere, select text or scroll with the middle button.
      event.preventDefault();
      parts.pressed();
      keyboard.pointerUsed();
      parts.takeFocus();
      surface.setPointerCapture(event.pointerId);
      machine.down(inputOf(event));
    },
    false,
  );
  on("pointermove", (event) => {
    const input = inputOf(event);
    parts.pointerAt(input.touch ? undefined : input.board);
    machine.move(input);
    if (event.buttons !== 0 && parts.pulling()) edge.follow(input);
    else edge.stop();
  });
  on("pointerup", (event) => {
    edge.stop();
    machine.up(inputOf(event));
  });
  const lost = (event: PointerEvent): void => {
    edge.stop();
    machine.lost(event.pointerId);
  };
  on("pointercancel", lost);
  on("lostpointercapture", lost);
  on("pointerleave", () => parts.pointerAt(undefined));
  on("dblclick", (event) => {
    if (!inField(event.target)) machine.double(inputOf(event));
  });
  on(
    "wheel",
    (event) => {
      if (inField(event.target) && !event.ctrlKey) return;
      event.preventDefault();
      const box = surface.getBoundingClientRect();
      wheel(camera, [event.clientX - box.left, event.clientY - box.top], event);
    },
    false,
  );
  on(
    "keydown",
    (event) => {
      parts.keyed();
      if (inField(event.target) || !(parts.unheard(event) || keyboard.down(event))) return;
      event.preventDefault();
      event.stopPropagation();
    },
    false,
  );
  on(
    "keyup",
    (event) => {
      if (!inField(event.target) && keyboard.up(event)) event.preventDefault();
    },
    false,
  );
  // The focus moves in the turn of the key that moves it.
  let tabbed = false;
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Tab") return;
      tabbed = true;
      setTimeout(() => (tabbed = false));
    },
    { signal: stop.signal, capture: true },
  );
  on("focusin", (event) => {
    if (event.target instanceof Element) parts.focused(event.target, tabbed);
  });
  on("focusout", () => keyboard.blur());
  // A browser may scroll a focused element into view by itself: the camera is the only one that moves the board.
  on("scroll", () => surface.scrollTo(0, 0));

  const resized = new ResizeObserver(() => camera.resize(surface.clientWidth, surface.clientHeight, parts.kept()));
  resized.observe(surface);
  camera.resize(surface.clientWidth, surface.clientHeight);
  return () => {
    stop.abort();
    edge.stop();
    resized.disconnect();
  };
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement;
}

function handleOf(target: EventTarget | null): PointerInput["handle"] {
  if (!(target instanceof HTMLElement)) return undefined;
  const corner = CORNERS.find((name) => name === target.dataset["corner"]);
  if (corner) return { corner };
  const dot = DOTS.find((name) => name === target.dataset["dot"]);
  return dot ? { dot } : undefined;
}
