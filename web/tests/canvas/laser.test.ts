// A laser pointer leaves a trail that fades and is then gone. Knows no tools.

// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { Camera } from "../../src/canvas/camera.ts";
import { FADE, Lasers } from "../../src/canvas/laser.ts";

const camera = new Camera({ now: () => 0, frame: () => undefined, reducedMotion: () => true });
const at = (x: number) => [{ who: 1, color: "#123456", at: [x, 0] as const }];
const points = (lasers: Lasers) => lasers.root.querySelector(".jb-laser-old")?.getAttribute("points") ?? "";

describe("a laser pointer", () => {
  it("draws where it was, until that has faded", () => {
    const lasers = new Lasers();
    expect(lasers.draw(at(0), camera, 0, false)).toBe(true);
    lasers.draw(at(10), camera, 100, false);
    expect(points(lasers)).toBe("0,0 10,0");
    // It stands still: what fades is the trail.
    lasers.draw(at(10), camera, FADE + 50, false);
    expect(points(lasers)).toBe("10,0");
    expect(lasers.draw(at(10), camera, FADE + 101, false)).toBe(false);
    expect(lasers.root.querySelector(".jb-laser-dot")?.getAttribute("cx")).toBe("10");
    lasers.draw([], camera, FADE + 102, false);
    expect(lasers.root.children).toHaveLength(0);
  });
  it("shows no trail to whoever asked for less motion", () => {
    const lasers = new Lasers();
    lasers.draw(at(0), camera, 0, true);
    lasers.draw(at(10), camera, 50, true);
    expect(points(lasers)).toBe("");
    expect(lasers.root.querySelectorAll("circle")).toHaveLength(1);
  });
});

describe("a followed view", () => {
  it("shows the whole of what the other sees, whatever the shape of the screen", () => {
    camera.resize(800, 400);
    camera.follow({ x: 100, y: 100, w: 1_000, h: 1_000 });
    const { x, y, w, h } = camera.view;
    expect([camera.zoom, x, y, w, h]).toEqual([0.4, -400, 100, 2_000, 1_000]);
  });
});
