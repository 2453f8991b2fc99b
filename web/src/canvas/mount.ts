// Puts the board surface together: model and presence in, gestures and keys to commands, one frame to draw. Knows no framework.

import type { Found } from "../commands/registry.ts";
import type { Focus } from "../commands/types.ts";
import type { BoardModel } from "../model/board.ts";
import type { ChangeSet, ObjectId, Point, Rect } from "../model/types.ts";
import { Keyboard } from "../tools/keyboard.ts";
import { Machine } from "../tools/machine.ts";
import type { Env } from "../tools/types.ts";
import { Camera } from "./camera.ts";
import type { Ink } from "./draw/types.ts";
import { canvasMeasure, fitText, wrapper } from "./fit.ts";
import { Frames } from "./frames.ts";
import { around, center } from "./geometry.ts";
import { listen } from "./input.ts";
import type { Lasers, Pointing } from "./laser.ts";
import { opening } from "./opening.ts";
import { publisher } from "./publish.ts";
import { Renderer } from "./render.ts";
import { successor } from "./successor.ts";
import { SurfaceState } from "./state.ts";
import { onTokens, readTokens } from "./tokens.ts";
import "./canvas.css";
import "./items.css";
import "./containers.css";
import "./cards.css";
import "./tint.css";
import type { CanvasDeps, CanvasView, ToolName } from "./types.ts";
import { Unheard } from "./unheard.ts";
import { Writing } from "./writing.ts";

export function mountCanvas(host: HTMLElement, deps: CanvasDeps): CanvasView {
  const surface = document.createElement("section");
  surface.className = "jb-surface";
  const spoken = document.createElement("div");
  spoken.className = "jb-spoken";
  spoken.setAttribute("aria-live", "polite");
  surface.append(spoken);
  host.append(surface);

  const state = new SurfaceState(deps.model);
  const renderer = new Renderer(surface);
  let lasers: Lasers | undefined;
  let fetching = false;
  let awaited: Rect | undefined;
  const frames = new Frames(draw);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const camera = new Camera({
    now: () => performance.now(),
    frame: (run) => frames.before(run),
    reducedMotion: () => calm.matches,
  });
  const publish = publisher(state, (own) => deps.presence.publish(own));
  let measure = canvasMeasure(readTokens(surface).font);
  let wrap = wrapper(measure);
  const measureAgain = (): void => {
    measure = canvasMeasure(readTokens(surface).font);
    wrap = wrapper(measure);
  };
  let place: Point = [0, 0];
  const cameraListeners = new Set<() => void>();

  const ink = (): Ink => ({
    words: deps.words,
    snapshot: state.snapshot,
    locale: document.documentElement.lang || "fi",
    fit: (text, width, height, sizes) => fitText(text, width, height, sizes, measure),
  });

  function draw(): void {
    const { permissions } = deps;
    if (awaited !== undefined && state.editing === undefined && !machine.busy && !machine.pressed) {
      camera.follow(awaited);
      awaited = undefined;
    }
    renderer.draw({ state, camera, permissions, ink: ink(), wrap, others: deps.presence.others() });
    const lights = pointing();
    if (lasers?.draw(lights, camera, performance.now(), calm.matches) === true) frames.request();
    else if (lights.length > 0 && lasers === undefined) void fetchLasers();
  }
  /** Few ever point: what draws that is fetched when somebody does. */
  async function fetchLasers(): Promise<void> {
    if (fetching) return;
    fetching = true;
    try {
      lasers = new (await import("./laser.ts")).Lasers();
      surface.append(lasers.root);
      frames.request();
    } catch {
      fetching = false;
    }
  }
  function pointing(): Pointing[] {
    const theirs = deps.presence
      .others()
      .flatMap(({ laser, cursor, client, user }) =>
        laser === true && cursor !== undefined ? [{ who: client, color: user.color, at: cursor }] : [],
      );
    const own = state.laser && state.pointer !== undefined;
    return own ? [...theirs, { who: 0, color: "var(--accent)", at: state.pointer as Point }] : theirs;
  }

  const say = (sentence: string): void => {
    if (deps.say) deps.say(sentence);
    else spoken.textContent = sentence;
  };

  const focusNow = (): Focus => ({ selection: [...state.selection], place });
  const tellFocus = (): void => {
    deps.onFocus(focusNow());
    publish();
  };
  const holdsFocus = (): boolean => surface.contains(document.activeElement);

  /** Focus on the current item, or on the surface when there is none. */
  const takeFocus = (): void => {
    // The item may not be mounted before this frame.
    draw();
    const element = state.current === undefined ? undefined : renderer.pool.get(state.current)?.element;
    (element ?? surface).focus({ preventScroll: true });
  };

  const select = (ids: readonly ObjectId[]): void => {
    const { items, links } = state.snapshot;
    const live = ids.filter((id) => items.has(id) || links.has(id));
    const same = live.length === state.selection.size && live.every((id) => state.selection.has(id));
    if (same) return;
    keyboard.carry.abandon();
    state.selection = new Set(live);
    const last = live.findLast((id) => items.has(id));
    if (last !== undefined) state.current = last;
    const rect = last === undefined ? undefined : state.snapshot.rect(last);
    if (rect) place = center(rect);
    if (holdsFocus() && state.editing === undefined) takeFocus();
    frames.request();
    tellFocus();
  };

  const unheard = new Unheard();
  const writing = new Writing({
    state,
    camera,
    renderer,
    deps,
    select,
    draw,
    refill: (id) => renderer.pool.refill(id, ink()),
    takeFocus,
    changed: () => {
      frames.request();
      publish();
    },
  });

  const setTool = (tool: ToolName): void => {
    if (machine.tool === tool) return;
    machine.setTool(tool);
    state.laser = tool === "laser";
    publish();
    frames.request();
    surface.dataset["tool"] = tool;
    deps.onTool(tool);
  };

  const env: Env = {
    state,
    camera,
    run: (id, args) => deps.run(id, args),
    may: (action, id) => deps.permissions.may(action, id),
    select,
    edit: (id, typed) => writing.open(id, typed),
    setTool,
    shown: () => {
      frames.request();
      publish();
    },
    say: (key, values) => say(deps.words(key, values)),
    cursor: (cursor) => {
      surface.style.cursor = cursor ?? "";
    },
  };
  const machine = new Machine(env);
  const mac = /mac|iphone|ipad/i.test(navigator.platform);
  const keyboard = new Keyboard(env, machine, {
    find: (press, where): Found | undefined => deps.find?.(press, { where, mac, letters: deps.letters?.() ?? true }),
    go: (id, add) => {
      const rect = state.snapshot.rect(id);
      if (rect) camera.reveal(rect);
      state.byKeys = true;
      select(add ? [...state.selection, id] : [id]);
      if (state.current !== id) state.current = id;
      takeFocus();
    },
  });

  const received = (change: ChangeSet): void => {
    const lost = state.current !== undefined && !change.snapshot.items.has(state.current) ? state.current : undefined;
    const hadFocus = holdsFocus();
    const wasEditing = state.editing;
    const words = wasEditing === undefined ? undefined : writing.typed;
    state.apply(change);
    state.others(deps.presence.others());
    const gone = [...state.selection].filter((id) => !change.snapshot.items.has(id) && !change.snapshot.links.has(id));
    if (lost !== undefined) {
      state.current = successor(change.previous, change.snapshot, lost);
      if (wasEditing === lost) {
        writing.close(false);
        if (!change.local) unheard.begin(performance.now());
      }
      if (!change.local && change.revealed !== true && hadFocus) {
        const name = change.previous.items.get(lost)?.text ?? "";
        say(deps.words(wasEditing === lost ? "canvas.lost.editing" : "canvas.lost.focused", { text: words ?? name }));
      }
      if (hadFocus) takeFocus();
    }
    if (gone.length > 0) {
      keyboard.carry.abandon();
      if (machine.busy) machine.cancel();
      state.selection = new Set([...state.selection].filter((id) => !gone.includes(id)));
      tellFocus();
    }
    frames.request();
  };

  let stopModel = state.model.subscribe(received);
  const stops = [
    deps.presence.subscribe(() => {
      state.others(deps.presence.others());
      frames.request();
    }),
    onTokens(() => {
      measureAgain();
      renderer.newTokens();
      frames.request();
    }),
    camera.subscribe(() => {
      if (state.selection.size === 0) {
        place = camera.middle;
        deps.onFocus(focusNow());
      }
      frames.request();
      for (const listener of cameraListeners) listener();
    }),
    listen({
      surface,
      camera,
      machine,
      keyboard,
      pointerAt: (at) => {
        state.pointer = at;
        publish();
        if (state.laser) frames.request();
      },
      pressed: () => {
        state.byKeys = false;
        surface.classList.add("jb-by-pointer");
        writing.close(true);
      },
      takeFocus,
      pulling: () => {
        const { drag, resize, marquee, arrow } = state.preview;
        return !state.carrying && (drag ?? resize ?? marquee ?? arrow) !== undefined;
      },
      frame: (run) => frames.before(run),
      // The panel of what is selected takes room beside the board: what it is about is not pushed out of sight. Under a
      // pressed pointer nothing moves by itself.
      kept: () => {
        const [only] = state.selection;
        return state.selection.size === 1 && !machine.busy && !machine.pressed ? state.rect(only ?? "") : undefined;
      },
      unheard: (event) => unheard.takes(event),
      keyed: () => surface.classList.remove("jb-by-pointer"),
      focused: (target, byTab) => {
        const id = target instanceof HTMLElement ? target.dataset["id"] : undefined;
        if (id === undefined) return;
        if (id !== state.current) {
          state.current = id;
          frames.request();
        }
        // Commands act on what is chosen: whoever comes here with Tab means what they came to.
        if (byTab && !state.selection.has(id)) {
          state.byKeys = true;
          select([id]);
        }
      },
    }),
  ];
  surface.dataset["tool"] = "select";
  surface.setAttribute("aria-label", deps.words("canvas.region"));

  const fitAll = (animate: boolean): void => {
    const all = around(
      [...state.snapshot.items.keys()].flatMap((id) => {
        const rect = state.snapshot.rect(id);
        return rect ? [rect] : [];
      }),
    );
    if (all) camera.fit(all, animate, deps.covered?.());
    else camera.set({ x: -camera.screen.w / 2, y: -camera.screen.h / 2, zoom: 1 });
  };
  const showStart = (): void => {
    const rects = [...state.snapshot.items.keys()].flatMap((id) => state.snapshot.rect(id) ?? []);
    if (rects.length > 0) camera.set(opening(rects, camera.screen, deps.covered?.()));
    else fitAll(false);
  };
  showStart();
  draw();
  // The font may come after the first frame: texts are measured again with it.
  void document.fonts?.ready.then(() => {
    measureAgain();
    renderer.pool.rewrite(ink(), deps.permissions);
    frames.request();
  });

  return {
    get focus() {
      return focusNow();
    },
    get tool() {
      return machine.tool;
    },
    get zoom() {
      return camera.zoom;
    },
    setTool,
    laser: () => {
      setTool(state.laser ? "select" : "laser");
      return state.laser;
    },
    look: (rect) => {
      awaited = rect;
      frames.request();
    },
    select: (ids) => {
      // Commands that walk over the board select: then what was reached must be seen.
      select(ids);
      const rects = ids.flatMap((id) => state.snapshot.rect(id) ?? []);
      const whole = ids.length === 1 ? around(rects) : undefined;
      if (whole && !machine.busy) camera.reveal(whole);
    },
    edit: (id) => writing.open(id),
    viewport: () => {
      const { w, h } = camera.view;
      return { at: camera.middle, size: [w, h], zoom: camera.zoom };
    },
    show: (at, zoom) => {
      const { w, h } = camera.screen;
      camera.set({ x: at[0] - w / zoom / 2, y: at[1] - h / zoom / 2, zoom });
    },
    showStart,
    zoomToFit: () => fitAll(true),
    zoomTo: (ids) => {
      const whole = around(ids.flatMap((id) => state.snapshot.rect(id) ?? []));
      if (whole) camera.fit(whole, true, deps.covered?.());
    },
    zoomBy: (factor) => camera.zoomBy(factor),
    pan: (by) => camera.panBy(by),
    ask: (command, ids) => deps.ask?.(command, ids),
    announce: (key, values) => (deps.announce ? deps.announce(key, values) : say(deps.words(key, values))),
    onCamera: (listener) => {
      cameraListeners.add(listener);
      return () => cameraListeners.delete(listener);
    },
    wordsChanged: () => {
      surface.setAttribute("aria-label", deps.words("canvas.region"));
      renderer.pool.rewrite(ink(), deps.permissions);
      frames.request();
    },
    setModel: (model: BoardModel) => {
      stopModel();
      writing.close(false);
      keyboard.carry.abandon();
      if (machine.busy) machine.cancel();
      const hadFocus = holdsFocus();
      state.setModel(model);
      stopModel = model.subscribe(received);
      renderer.forget();
      if (state.current !== undefined && !model.snapshot.items.has(state.current)) state.current = undefined;
      select([...state.selection]);
      if (hadFocus) takeFocus();
      frames.request();
    },
    takeFocus,
    destroy: () => {
      writing.close(false);
      stopModel();
      for (const stop of stops) stop();
      publish.stop();
      frames.stop();
      surface.remove();
    },
  };
}
