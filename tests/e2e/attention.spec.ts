// Asking for attention and giving it: help, hands, being done, coming along, and the lobby. The keyboard's focus stays where its owner put it.
import type { Page } from "@playwright/test";
import { field, item, place, surface, zoom } from "./board.ts";
import { both, clean, fits } from "./look.ts";
import { expect, onBoard, test, words } from "./people.ts";
import { begin, boardOf, callAll, facilitate, workshop } from "./workshop.ts";

const line = (page: Page) => page.getByRole("region", { name: "Attention and help" });
const button = (page: Page, name: string | RegExp) => line(page).getByRole("button", { name });
const people = (page: Page) => page.getByRole("dialog", { name: "Here now" });

/** Presses it as somebody without a mouse does. */
async function press(page: Page, name: string | RegExp, inside = line(page)): Promise<void> {
  const target = inside.getByRole("button", { name });
  await target.focus();
  await target.press("Enter");
}
/** Chooses what a facilitator does for everybody. */
async function lead(page: Page, entry: string | RegExp): Promise<void> {
  await press(page, "Gather");
  await page.getByRole("menu").getByRole("menuitem", { name: entry }).press("Enter");
}

test("help is asked for by keyboard, one facilitator comes and the team sees who", async ({ member, server, somebody }) => {
  const held = await workshop(server, { teams: 1 });
  const aino = await member(boardOf(held), "Aino", "participant");
  const fanni = await somebody("Fanni");
  const maija = await somebody("Maija");
  await facilitate(fanni, server, held);
  await facilitate(maija, server, held);
  await surface(aino.page).focus();
  await aino.page.keyboard.press("Shift+H");
  const asked = aino.page.getByRole("dialog", { name: "Ask for help" });
  await expect(asked.getByRole("textbox")).toBeFocused();
  await both(aino.page, "asking for help");
  await aino.page.keyboard.type("En näe lappuja");
  await aino.page.keyboard.press("Enter");
  await expect(asked).toHaveCount(0);
  await expect(line(aino.page)).toContainText("You asked for help.");
  await expect(surface(aino.page)).toBeFocused();

  await press(fanni.page, "One asks for help");
  await expect(people(fanni.page)).toContainText("En näe lappuja");
  await both(fanni.page, "the queue");
  await fanni.page.setViewportSize({ width: 320, height: 640 });
  await fits(fanni.page, "the queue");
  await fanni.page.setViewportSize({ width: 1440, height: 900 });
  await press(fanni.page, "I'm coming to help Aino", people(fanni.page));
  await expect(line(aino.page)).toContainText("Fanni is coming to help you.");
  await expect(surface(aino.page)).toBeFocused();
  // The other facilitator sees it, and a press too many calls nobody back.
  await press(maija.page, "One asks for help");
  await expect(people(maija.page)).toContainText("Fanni is coming");
  const mine = people(maija.page).getByRole("button", { name: "I'm coming to help Aino" });
  await expect(mine).toHaveAttribute("aria-disabled", "true");
  await mine.focus();
  await mine.press("Enter");
  await press(maija.page, "Release for others, help for Aino", people(maija.page));
  await expect(people(maija.page)).toContainText("Fanni is coming. Release this");
  await maija.page.keyboard.press("Enter");
  await expect(people(maija.page).getByRole("button", { name: "Release for others, help for Aino" })).toBeFocused();
  await expect(people(maija.page)).toContainText("Fanni is coming");
  await expect(people(fanni.page).getByRole("button", { name: "Somebody else may help Aino" })).toBeFocused();
  await press(fanni.page, "Aino has been helped", people(fanni.page));
  await expect(people(fanni.page).getByRole("list", { name: "Here now" })).toBeFocused();
  await expect(line(aino.page).getByText("Fanni is coming")).toHaveCount(0);
  await expect(button(aino.page, "Ask for help")).toBeVisible();
});

test("gathering is an offer; control moves every view, no focus and no text, and can be left", async ({ member, server }) => {
  const note = (id: string, text: string, at: readonly [number, number]) => ({ id, kind: "note", text, at });
  const items = [note("n_01JAAAAAAAAAAAAAAAAAAAAAAA", "Alku", [0, 0]), note("n_01JAAAAAAAAAAAAAAAAAAAAAAB", "Kaukana", [9_000, 7_000])];
  const board = await server.board("Kaikki tänne", { items });
  const aino = await member(board, "Aino", "participant");
  const fanni = await member(board, "Fanni", "facilitator");
  // One sees the first note, the other the one that is far away.
  await fanni.page.goto(`${server.url}/board/${board}#view=9100,7060,1`);
  await expect(item(fanni.page, "Note", "Kaukana")).toBeInViewport();
  const [theirs, faraway] = [aino.page, item(aino.page, "Note", "Kaukana")];
  await expect(item(theirs, "Note", "Alku")).toBeInViewport();
  await expect(faraway).not.toBeInViewport();

  await item(theirs, "Note", "Alku").focus();
  await lead(fanni.page, "Ask everyone to come here");
  await expect(line(theirs)).toContainText("Fanni asks everyone to come");
  await expect(faraway).not.toBeInViewport();
  await expect(item(theirs, "Note", "Alku")).toBeFocused();
  await button(theirs, "Go there").click();
  await expect(faraway).toBeInViewport();
  await expect(button(theirs, "Go there")).toHaveCount(0);
  await lead(fanni.page, "Stop asking everyone here");

  // In the middle of a word the view waits; the word is not touched.
  await surface(theirs).focus();
  await theirs.keyboard.press("0");
  await expect.poll(() => zoom(theirs)).toBeLessThan(50);
  await place(theirs, "Note", [300, 300], "Kesken");
  await item(theirs, "Note", "Kesken").dblclick();
  await theirs.keyboard.type(" on");
  await lead(fanni.page, "Take control of everyone's view");
  await expect(line(theirs)).toContainText("Your view follows Fanni, who has taken control. You can leave at any time.");
  await expect(field(theirs)).toBeFocused();
  await theirs.keyboard.type(" yhä");
  await expect(field(theirs)).toHaveValue("Kesken on yhä");
  await both(theirs, "being led");
  await theirs.keyboard.press("Escape");
  await expect(item(theirs, "Note", "Kesken on yhä")).toBeFocused();
  // Fanni goes where that note is, and Aino's view goes along: to the far one and back.
  await expect(faraway).toBeInViewport();
  await expect(item(theirs, "Note", "Kesken")).not.toBeInViewport();
  await expect(item(theirs, "Note", "Kesken")).toBeFocused();

  // A laser pointer is seen where it points.
  await surface(fanni.page).focus();
  await fanni.page.keyboard.press("p");
  await fanni.page.mouse.move(700, 500);
  await fanni.page.mouse.move(760, 540, { steps: 4 });
  await expect(surface(theirs).locator(".jb-laser-dot")).toBeVisible();
  await fanni.page.keyboard.press("Escape");
  await expect(surface(theirs).locator(".jb-laser-dot")).toHaveCount(0);
  await expect(surface(theirs).locator(".jb-star")).not.toHaveCount(0);

  await press(theirs, "Stop following");
  await expect(line(theirs)).toContainText("You look around on your own. Fanni still leads.");
  // The button is gone with its line: the keyboard goes on from there.
  await expect(line(theirs)).toBeFocused();
  await surface(theirs).focus();
  await theirs.keyboard.press("0");
  await expect.poll(() => zoom(theirs)).toBeLessThan(50);
  await fanni.page.mouse.wheel(0, 240);
  await press(theirs, "Follow");
  await expect(faraway).toBeInViewport();
  await press(fanni.page, "Release everyone and stop leading");
  await expect(line(theirs).getByText(/Fanni/)).toHaveCount(0);
  await fits(theirs, "a board with nobody leading");
});

test("a hand goes up and is lowered; who is done with the part is counted, and the next part begins anew", async ({ member, server, somebody }) => {
  const held = await workshop(server, { teams: 1 });
  const board = boardOf(held);
  const aino = await member(board, "Aino", "participant");
  await member(board, "Bengt", "participant");
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  await begin(server, held);
  await callAll(server, held, { type: "nextPart" });
  await surface(aino.page).focus();
  await aino.page.keyboard.press("h");
  await expect(button(aino.page, "Raise hand")).toHaveAttribute("aria-pressed", "true");
  await press(fanni.page, "One hand up");
  await expect(people(fanni.page).getByRole("listitem").first()).toContainText(/Aino.*hand up/);
  await press(fanni.page, "Lower the hand of Aino", people(fanni.page));
  await expect(button(aino.page, "Raise hand")).toHaveAttribute("aria-pressed", "false");
  await fanni.page.keyboard.press("Escape");

  await expect(line(fanni.page)).toContainText("0 of 2 done");
  await press(aino.page, "I'm done");
  await expect(button(aino.page, "I'm done")).toHaveAttribute("aria-pressed", "true");
  await expect(line(fanni.page)).toContainText("1 of 2 done");
  await both(aino.page, "done with the part");
  await callAll(server, held, { type: "nextPart" });
  await expect(line(fanni.page)).toContainText("0 of 2 done");
  await expect(button(aino.page, "I'm done")).toHaveAttribute("aria-pressed", "false");
  // Whose view to follow is chosen from the list, and the followed one knows.
  await aino.page.getByRole("button", { name: /here now/ }).click();
  await people(aino.page).getByRole("button", { name: "Follow the view of Bengt" }).click();
  await aino.page.keyboard.press("Escape");
  await expect(line(aino.page)).toContainText("Bengt");
  await press(aino.page, "Stop following");
  await aino.page.setViewportSize({ width: 320, height: 640 });
  await fits(aino.page, "a narrow board");
  await clean(aino.page, "a narrow board");
});

test("the lobby before a workshop: who is here, a note that goes nowhere, and the way to the board", async ({ server, somebody }) => {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Helsinki" }).format(new Date());
  const held = await workshop(server, { teams: 1, date: today, begins: "09:00" });
  const board = boardOf(held);
  const arrive = async (name: string): Promise<Page> => {
    const { page } = await somebody(name);
    await page.goto(await server.invite(board, "participant"));
    await page.getByRole("main").getByRole("textbox").fill(name);
    await page.getByRole("main").locator("form button").click();
    await expect(page.getByRole("heading", { level: 1, name: "Workshop 2" })).toBeFocused();
    return page;
  };
  const aino = await arrive("Aino");
  const bengt = await arrive("Bengt");
  await expect(aino.getByText("Today at 09:00")).toBeVisible();
  await expect(aino.getByText("The connection works.")).toBeVisible();
  await expect(aino.getByRole("listitem").filter({ hasText: "Bengt" })).toContainText(/English.*here/);
  await both(aino, "the lobby");
  await aino.setViewportSize({ width: 320, height: 640 });
  await fits(aino, "the lobby");
  await aino.setViewportSize({ width: 1440, height: 900 });
  await button(bengt, "Raise hand").click();
  await expect(button(bengt, "Raise hand")).toHaveAttribute("aria-pressed", "true");

  const note = aino.getByRole("textbox", { name: "Practice note" });
  await note.fill("Harjoittelen rauhassa");
  await begin(server, held);
  await expect(aino.getByText("The workshop has begun.", { exact: true }).first()).toBeVisible();
  await expect(note).toBeFocused();
  await aino.getByRole("button", { name: "Go to the board" }).click();
  await onBoard(aino);
  const kept = JSON.stringify(await server.api("GET", `/api/boards/${board}/export.json`));
  expect(kept).not.toContain("rauhassa");
  await expect(aino.getByText("rauhassa")).toHaveCount(0);
  // Behind the lobby one is not led there again.
  await aino.reload();
  await onBoard(aino);
  await expect(aino.getByRole("banner").first()).toContainText(words.saved);
});
