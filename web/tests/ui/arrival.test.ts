// One comes to a page: the keyboard begins at its start as soon as that is there.
// @vitest-environment happy-dom

import { afterEach, expect, it } from "vitest";
import { arrive } from "../../src/ui/arrival.ts";

let stop: () => void = () => undefined;
afterEach(() => {
  stop();
  document.body.replaceChildren();
});
const turn = () => new Promise((done) => setTimeout(done));
const put = (html: string) => (document.body.innerHTML = html);
const focused = () => document.activeElement?.textContent;

it("goes to the heading, whenever it comes, and to the one that takes its place", async () => {
  stop = arrive();
  put("<p>Coming</p>");
  await turn();
  expect(document.activeElement).toBe(document.body);
  put(`<h1 tabindex="-1">Series</h1>`);
  await turn();
  expect(focused()).toBe("Series");
  put(`<h1 tabindex="-1">Jalostamo 2026</h1>`);
  await turn();
  expect(focused()).toBe("Jalostamo 2026");
});

it("goes from a link that stays on the page, once", async () => {
  put(`<a href="#home">Home</a><main></main>`);
  document.querySelector("a")?.focus();
  stop = arrive();
  document.querySelector("main")?.insertAdjacentHTML("beforeend", `<h1 tabindex="-1">Boards</h1>`);
  await turn();
  expect(focused()).toBe("Boards");
  document.querySelector("a")?.focus();
  document.body.append(document.createElement("p"));
  await turn();
  expect(focused()).toBe("Home");
});

it("a board begins at its surface; who does something by themselves is left alone", async () => {
  stop = arrive();
  dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  put(`<h1 tabindex="-1">Outline</h1><section class="jb-surface" tabindex="0">Board</section>`);
  await turn();
  expect(document.activeElement).toBe(document.body);
  stop = arrive();
  expect(focused()).toBe("Board");
});
