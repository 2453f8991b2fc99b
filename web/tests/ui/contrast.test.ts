// Every text and its background, every line and icon, measured by WCAG 2.2 in light and dark.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../src/ui/tokens.css", import.meta.url), "utf8");

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(selector);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("\n}", start));
  return new Map([...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? "", m[2] ?? ""]));
}

const light = tokens("\n:root {");
const dark = tokens(':root[data-theme="dark"] {');

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const surfaces = ["--paper", "--surface", "--surface-2", "--surface-3"];
const onBoard = [
  "--note-yellow",
  "--note-green",
  "--note-blue",
  "--note-pink",
  "--note-violet",
  "--note-orange",
  "--note-grey",
  "--note-white",
  "--lane",
  "--lane-title",
  "--step",
  "--frame",
  "--group",
];
/** Kinds with a ground, and a mark that is their edge, their head and their picture. */
const kinds = [
  "--obstacle",
  "--cooperation",
  "--next-step",
  "--bottleneck",
  "--pain",
  "--question",
  "--idea",
  "--insight",
  "--evidence",
  "--term",
];
const text: [string, string][] = [
  ...[...surfaces, ...onBoard, ...kinds, "--accent-soft", "--danger-soft", "--ok-soft", "--warn-soft"].map(
    (b): [string, string] => ["--ink", b],
  ),
  ...[...surfaces, ...onBoard, ...kinds, "--accent-soft"].map((b): [string, string] => ["--ink-soft", b]),
  // The word beside the picture; the other way round where it blocks everything; the goal's words.
  ...kinds.map((kind): [string, string] => [`${kind}-mark`, kind]),
  ["--goal-mark", "--goal"],
  ...["--paper", "--surface", "--surface-2"].flatMap((b): [string, string][] => [
    ["--accent", b],
    ["--accent-strong", b],
    ["--danger", b],
    ["--ok", b],
    ["--warn", b],
  ]),
  ["--accent-ink", "--accent"],
  ["--accent-ink", "--accent-strong"],
  ["--danger", "--danger-soft"],
  ["--ok", "--ok-soft"],
  ["--warn", "--warn-soft"],
];
const grounds = ["--paper", "--lane", "--frame", "--group"];
const shapes: [string, string][] = [
  // The edge of a card against what it lies on, and against its own ground, also one that somebody chose.
  ...kinds.flatMap((kind) =>
    [...grounds, ...onBoard.filter((name) => name.startsWith("--note"))].map((b): [string, string] => [
      `${kind}-mark`,
      b,
    ]),
  ),
  ...grounds.map((b): [string, string] => ["--goal", b]),
  ...grounds.map((b): [string, string] => ["--ink-soft", b]),
  ...grounds.map((b): [string, string] => ["--accent", b]),
  ...["--paper", "--surface", "--surface-2", "--lane", "--frame", "--group"].flatMap((b): [string, string][] => [
    ["--line", b],
    ["--focus", b],
    ["--arrow", b],
  ]),
  ["--accent", "--accent-soft"],
  ["--focus", "--accent-soft"],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_name, theme) => {
  it.each(text)("%s on %s reads: at least 4.5", (front, back) => {
    expect(contrast(theme.get(front) ?? "#000000", theme.get(back) ?? "#000000")).toBeGreaterThanOrEqual(4.5);
  });
  it.each(shapes)("%s on %s is seen: at least 3", (front, back) => {
    expect(contrast(theme.get(front) ?? "#000000", theme.get(back) ?? "#000000")).toBeGreaterThanOrEqual(3);
  });
});

it("dark has every colour that light has", () => {
  expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
});
