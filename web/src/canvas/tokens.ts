// The colours and the font that the canvas layer paints with, read from the page's custom properties. Knows no items.

import type { Color } from "../model/types.ts";

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
  readonly kind: Readonly<Record<"step" | "obstacle" | "cooperation" | "nextStep", string>>;
  readonly danger: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly warnSoft: string;
  readonly info: string;
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
  "--cooperation": "#d3f0dd",
  "--next-step": "#dbe6fb",
  "--danger": "#a8201a",
  "--ok": "#1a6a3c",
  "--ok-soft": "#e0f2e6",
  "--warn-soft": "#fdf0d5",
  "--focus": "#0b63ce",
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
      step: read("--step"),
      obstacle: read("--obstacle"),
      cooperation: read("--cooperation"),
      nextStep: read("--next-step"),
    },
    danger: read("--danger"),
    ok: read("--ok"),
    okSoft: read("--ok-soft"),
    warnSoft: read("--warn-soft"),
    info: read("--focus"),
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
