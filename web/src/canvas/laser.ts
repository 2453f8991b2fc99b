// Laser pointers, one's own and others': a dot with a trail that fades. Knows no tools and no presence.

import type { Point } from "../model/types.ts";
import type { Camera } from "./camera.ts";

/** Who points, in what colour, at which point of the board. */
export interface Pointing {
  readonly who: number;
  readonly color: string;
  readonly at: Point;
}

/** A trail is seen this long, in milliseconds; the newer part of it more clearly. */
export const FADE = 1_200;
const CLEAR = 350;
const SVG = "http://www.w3.org/2000/svg";

interface Trail {
  readonly marks: { at: Point; when: number }[];
  readonly group: SVGGElement;
  readonly old: SVGElement;
  readonly young: SVGElement;
  readonly dot: SVGElement;
}

export class Lasers {
  readonly root = document.createElementNS(SVG, "svg");
  readonly #trails = new Map<number, Trail>();

  constructor() {
    this.root.setAttribute("class", "jb-lasers");
    this.root.setAttribute("aria-hidden", "true");
  }

  /** True while something fades, so that there is more to draw. Whoever asked for less motion sees the dots only. */
  draw(pointing: readonly Pointing[], camera: Camera, now: number, calm: boolean): boolean {
    const here = new Set(pointing.map(({ who }) => who));
    for (const each of pointing) this.#moved(each, now);
    let fades = false;
    for (const [who, trail] of this.#trails) {
      const last = trail.marks.at(-1);
      while (trail.marks[0] !== undefined && now - trail.marks[0].when > FADE) trail.marks.shift();
      if (trail.marks.length === 0 && !here.has(who)) {
        trail.group.remove();
        this.#trails.delete(who);
        continue;
      }
      const shown = calm ? [] : trail.marks;
      fades ||= trail.marks.length > 0;
      trail.old.setAttribute("points", line(shown, camera));
      trail.young.setAttribute(
        "points",
        line(
          shown.filter(({ when }) => now - when <= CLEAR),
          camera,
        ),
      );
      const dot = pointing.find((each) => each.who === who)?.at ?? last?.at;
      if (dot === undefined) continue;
      const [x, y] = camera.toScreen(dot);
      trail.dot.setAttribute("cx", String(x));
      trail.dot.setAttribute("cy", String(y));
      trail.dot.style.display = here.has(who) ? "" : "none";
    }
    return fades;
  }

  #moved({ who, color, at }: Pointing, now: number): void {
    const trail = this.#trails.get(who) ?? this.#begin(who);
    trail.group.style.color = color;
    const before = trail.marks.at(-1);
    if (before?.at[0] !== at[0] || before.at[1] !== at[1]) trail.marks.push({ at, when: now });
  }

  #begin(who: number): Trail {
    const group = document.createElementNS(SVG, "g");
    const part = (name: string, className: string): SVGElement => {
      const element = document.createElementNS(SVG, name);
      element.setAttribute("class", className);
      group.append(element);
      return element;
    };
    const trail = {
      marks: [],
      group,
      old: part("polyline", "jb-laser-old"),
      young: part("polyline", "jb-laser-young"),
      dot: part("circle", "jb-laser-dot"),
    };
    trail.dot.setAttribute("r", "6");
    this.root.append(group);
    this.#trails.set(who, trail);
    return trail;
  }
}

function line(marks: readonly { readonly at: Point }[], camera: Camera): string {
  return marks.map(({ at }) => camera.toScreen(at).map(Math.round).join(",")).join(" ");
}
