// The colours and the font that the canvas layer paints with, read from the page's custom properties. Knows no items.

import type { Color, ItemKind } from "../model/types.ts";

/** Kinds with a ground and a mark of their own; the others are sheets in the colour that people choose. */
export type LookedKind = Exclude<ItemKind, "note" | "lane" | "frame" | "group">;

export interface KindLook {
  readonly fill: string;
  /** Its edge, head and picture. */
  readonly mark: string;
}

export interface Tokens {
  readonly paper: string;
  readonly grid: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly arrow: string;
  readonly lane: string;
  readonly laneTitle: string;
  readonly font: string;
  readonly note: Readonly<Record<Color, string>>;
  readonly kind: Readonly<Record<LookedKind, KindLook>>;
  readonly frame: string;
  readonly group: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly warnSoft: string;
}

const FALLBACK = {
  "--paper": "#f5f6f3",
  "--grid": "#dfe3df",
  "--ink": "#13232b",
  "--ink-soft": "#46575f",
  "--line": "#76848b",
  "--accent": "#0d5c6b",
  "--accent-ink": "#ffffff",
  "--arrow": "#3c5058",
  "--lane": "#fbfcfa",
  "--lane-title": "#dfe9ea",
  "--font": "system-ui, sans-serif",
  "--note-yellow": "#ffe48a",
  "--note-green": "#c3e8bb",
  "--note-blue": "#bfe0f5",
  "--note-pink": "#ffd0d8",
  "--note-violet": "#dfd3f7",
  "--note-orange": "#ffd2a6",
  "--note-grey": "#dfe4e6",
  "--note-white": "#ffffff",
  "--step": "#ffffff",
  "--obstacle": "#ffe0da",
  "--obstacle-mark": "#a8201a",
  "--cooperation": "#d3f0dd",
  "--cooperation-mark": "#1a6a3c",
  "--next-step": "#dbe6fb",
  "--next-step-mark": "#0b57b8",
  "--bottleneck": "#ffe3c4",
  "--bottleneck-mark": "#7a4b00",
  "--pain": "#fadcea",
  "--pain-mark": "#8b1a5c",
  "--question": "#e9e2fb",
  "--question-mark": "#5633a3",
  "--idea": "#fff3c4",
  "--idea-mark": "#6b5200",
  "--insight": "#d3eff0",
  "--insight-mark": "#0b5563",
  "--evidence": "#e6eaec",
  "--evidence-mark": "#3d4f58",
  "--term": "#ffffff",
  "--term-mark": "#0d5c6b",
  "--commitment": "#d3f0dd",
  "--commitment-mark": "#1a6a3c",
  "--goal": "#0d5c6b",
  "--goal-mark": "#ffffff",
  "--frame": "#fdfdfb",
  "--group": "#e9eeee",
  "--ok": "#1a6a3c",
  "--ok-soft": "#e0f2e6",
  "--warn-soft": "#fdf0d5",
} as const;

export function readTokens(element: Element): Tokens {
  const style = getComputedStyle(element);
  const read = (name: keyof typeof FALLBACK): string => style.getPropertyValue(name).trim() || FALLBACK[name];
  return {
    paper: read("--paper"),
    grid: read("--grid"),
    ink: read("--ink"),
    inkSoft: read("--ink-soft"),
    line: read("--line"),
    accent: read("--accent"),
    accentInk: read("--accent-ink"),
    arrow: read("--arrow"),
    lane: read("--lane"),
    laneTitle: read("--lane-title"),
    font: read("--font"),
    note: {
      yellow: read("--note-yellow"),
      green: read("--note-green"),
      blue: read("--note-blue"),
      pink: read("--note-pink"),
      violet: read("--note-violet"),
      orange: read("--note-orange"),
      grey: read("--note-grey"),
      white: read("--note-white"),
    },
    kind: {
      step: { fill: read("--step"), mark: read("--arrow") },
      obstacle: { fill: read("--obstacle"), mark: read("--obstacle-mark") },
      cooperation: { fill: read("--cooperation"), mark: read("--cooperation-mark") },
      nextStep: { fill: read("--next-step"), mark: read("--next-step-mark") },
      bottleneck: { fill: read("--bottleneck"), mark: read("--bottleneck-mark") },
      painPoint: { fill: read("--pain"), mark: read("--pain-mark") },
      question: { fill: read("--question"), mark: read("--question-mark") },
      idea: { fill: read("--idea"), mark: read("--idea-mark") },
      insight: { fill: read("--insight"), mark: read("--insight-mark") },
      evidence: { fill: read("--evidence"), mark: read("--evidence-mark") },
      term: { fill: read("--term"), mark: read("--term-mark") },
      commitment: { fill: read("--commitment"), mark: read("--commitment-mark") },
      goal: { fill: read("--goal"), mark: read("--goal-mark") },
    },
    frame: read("--frame"),
    group: read("--group"),
    ok: read("--ok"),
    okSoft: read("--ok-soft"),
    warnSoft: read("--warn-soft"),
  };
}

/** Calls back when the page's colours may have changed: theme, contrast or forced colours. */
export function onTokens(listener: () => void): () => void {
  const root = document.documentElement;
  const observer = new MutationObserver(listener);
  observer.observe(root, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener("change", listener);
  };
}
