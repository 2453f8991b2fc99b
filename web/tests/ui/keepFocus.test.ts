// What has the keyboard goes away by somebody's deed: the keyboard goes on where the part says.
// @vitest-environment happy-dom

import { afterEach, expect, it } from "vitest";
import { keepFocus } from "../../src/ui/keepFocus.ts";

afterEach(() => document.body.replaceChildren());

function panel() {
  document.body.innerHTML = `<div><h2 tabindex="-1">Votes</h2><p><button>Done</button></p></div><a href="#x">out</a>`;
  const [place, heading, button, out] = ["div", "h2", "button", "a"].map((name) => {
    const found = document.querySelector<HTMLElement>(name);
    if (found === null) throw new Error(name);
    return found;
  }) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  const end = keepFocus(() => heading)(place);
  return { place, heading, button, out, end };
}
const turn = () => new Promise((done) => setTimeout(done));

it("goes on at the heading when what had the focus is taken away", async () => {
  const { heading, button } = panel();
  button.focus();
  button.parentElement?.remove();
  await turn();
  expect(document.activeElement).toBe(heading);
});

it("leaves alone whoever went elsewhere, and what is elsewhere", async () => {
  const { button, out } = panel();
  button.focus();
  out.focus();
  button.parentElement?.remove();
  await turn();
  expect(document.activeElement).toBe(out);
});

it("goes on elsewhere when the whole place is taken away", async () => {
  const { place, button, out } = panel();
  document.body.append(out);
  const end = keepFocus(() => out)(place);
  button.focus();
  place.remove();
  if (typeof end === "function") end();
  await turn();
  expect(document.activeElement).toBe(out);
});

it("stays with what is moved within a list", async () => {
  const { place, button } = panel();
  button.focus();
  const line = button.parentElement as HTMLElement;
  button.blur();
  line.remove();
  place.prepend(line);
  await turn();
  expect(document.activeElement).toBe(button);
});
