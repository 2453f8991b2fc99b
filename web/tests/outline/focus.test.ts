// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { focusItem } from "../../src/outline/view.svelte.ts";

let drawn: FrameRequestCallback[] = [];

beforeEach(() => {
  drawn = [];
  vi.stubGlobal("requestAnimationFrame", (then: FrameRequestCallback) => drawn.push(then));
  document.body.innerHTML = `<input id="field"><button id="menu"></button><button data-outline="a"></button>`;
  // Nothing is laid out here: what is on the page has a box.
  vi.spyOn(HTMLElement.prototype, "getClientRects").mockImplementation(function (this: HTMLElement) {
    return (this.hidden ? [] : [new DOMRect()]) as unknown as DOMRectList;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const one = (selector: string) => document.querySelector(selector) as HTMLElement;
const draw = () => drawn.forEach((then) => then(0));

test("the item gets the focus when it is drawn", () => {
  one("#field").focus();
  focusItem("a");
  draw();
  expect(document.activeElement).toBe(one("[data-outline]"));
});

test("a field that is gone by then leaves the focus to the item", () => {
  one("#field").focus();
  focusItem("a");
  one("#field").remove();
  draw();
  expect(document.activeElement).toBe(one("[data-outline]"));
});

test("what closes and gives the focus back by itself leaves it to the item", () => {
  one("#field").focus();
  focusItem("a");
  one("#field").hidden = true;
  one("#menu").focus();
  draw();
  expect(document.activeElement).toBe(one("[data-outline]"));
});

test("who has gone elsewhere meanwhile stays there", () => {
  one("#field").focus();
  focusItem("a");
  one("#menu").focus();
  draw();
  expect(document.activeElement).toBe(one("#menu"));
});

test("who had the focus nowhere and has put it somewhere stays there", () => {
  focusItem("a");
  one("#menu").focus();
  draw();
  expect(document.activeElement).toBe(one("#menu"));
});
