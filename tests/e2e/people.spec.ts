// People of a series from the facilitators' page: moved while their board is open, removed; teams split, merged, brought back.
import { type Locator, type Page } from "@playwright/test";
import { both, fits } from "./look.ts";
import { type Person, expect, join, onBoard, saved, test } from "./people.ts";
import type { Server } from "./server.ts";
import { type Held, boardOf, facilitate, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const row = (page: Page, team: string, person: string): Locator =>
  region(page, team).getByRole("row").filter({ hasText: person });
const dialog = (page: Page): Locator => page.getByRole("dialog");
/** What stands over the board, as against what is only spoken. */
const banner = (page: Page, text: string): Locator => page.locator(".banner").filter({ hasText: text });

async function peoplePage(person: Person, server: Server, held: Held): Promise<Page> {
  await facilitate(person, server, held);
  await person.page.goto(`${server.url}/series/${held.series}`);
  await person.page.getByRole("link", { name: "People", exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1, name: "People and teams" })).toBeVisible();
  return person.page;
}
/** By the keyboard alone: the menu, its entry by the first letters, the dialog. */
async function byKeys(page: Page, menu: Locator, entry: string): Promise<void> {
  await menu.focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: entry, exact: true });
  while (!(await item.evaluate((each) => each === document.activeElement))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
}
const menuOf = (page: Page, team: string, person: string): Locator =>
  row(page, team, person).getByRole("button", { name: `Actions for ${person}`, exact: true });

test("somebody says where they come from, is moved while they write, and goes on in the new team", async ({ member, server, somebody }) => {
  const held = await workshop(server);
  await server.api("POST", `/api/series/${held.series}/organisations`, { name: { fi: "Kela" }, sector: "kela" });
  await server.api("POST", `/api/series/${held.series}/organisations`, { name: { en: "City" }, sector: "municipality" });
  const aino = await member(boardOf(held), "Aino", "participant");
  await aino.page.getByRole("button", { name: /here now/ }).click();
  await aino.page.getByRole("button", { name: "Your details" }).click();
  await expect(dialog(aino.page)).toHaveAccessibleName("Your details");
  await dialog(aino.page).getByRole("combobox", { name: "Organisation" }).selectOption({ label: "Kela" });
  await dialog(aino.page).getByRole("textbox", { name: "Perspective" }).fill("The customer's day");
  await both(aino.page, "your details", "dialog");
  await dialog(aino.page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(aino.page)).toHaveCount(0);

  const page = await peoplePage(await somebody("Fanni"), server, held);
  await expect(row(page, "Team 1", "Aino")).toContainText("Here now");
  await expect(row(page, "Team 1", "Aino")).toContainText("Kela");
  await expect(region(page, "Team 1")).toContainText(/Missing in the team\s*Municipality/);
  await expect(region(page, "Team 2")).toContainText(/Missing perspectives\s*The customer's day/);
  await both(page, "people");
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page, "people");
  await both(page, "people, narrow");
  await page.setViewportSize({ width: 1440, height: 900 });

  const note = "What I was writing";
  await aino.page.getByRole("toolbar").getByRole("button", { name: "Note", exact: true }).click();
  await aino.page.mouse.click(700, 300);
  await aino.page.keyboard.type(note);
  await saved(aino.page);
  await byKeys(page, menuOf(page, "Team 1", "Aino"), "Move to another team");
  await both(page, "move", "dialog");
  await dialog(page).getByRole("button", { name: "Move", exact: true }).press("Enter");
  await expect(row(page, "Team 2", "Aino")).toBeVisible();
  await expect(row(page, "Team 1", "Aino")).toHaveCount(0);

  // Aino is told, and goes when she wants to.
  const told = banner(aino.page, "You were moved to another team");
  await expect(told).toBeVisible();
  await expect(aino.page).toHaveURL(new RegExp(boardOf(held)));
  await told.getByRole("link", { name: "Open the board of Team 2" }).click();
  await expect(aino.page).toHaveURL(new RegExp(boardOf(held, 1)));
  await onBoard(aino.page);
  await aino.page.goto(`${server.url}/board/${boardOf(held)}`);
  await expect(aino.page.getByRole("link", { name: "Open the board of Team 2" })).toBeVisible();
  await expect(row(page, "Team 2", "Aino")).toContainText("Kela");
});

test("a role until a day, and out of the series with the link", async ({ server, somebody }) => {
  const held = await workshop(server);
  const link = await server.invite(boardOf(held), "participant");
  const [otto, aino] = [await somebody("Otto"), await somebody("Aino")];
  await join(otto, link);
  await join(aino, link);
  const page = await peoplePage(await somebody("Fanni"), server, held);
  await menuOf(page, "Team 1", "Aino").click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  await dialog(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Observer" });
  await dialog(page).getByLabel("Holds until and including").fill("2020-01-01");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page)).toContainText("That day is past.");
  const next = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString().slice(0, 10);
  await dialog(page).getByLabel("Holds until and including").fill(next);
  await both(page, "role", "dialog");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Team 1", "Aino")).toContainText(/Observer\s*until/);
  await expect(aino.page.getByText("You look at the board as an observer.")).toBeVisible();

  await page.getByRole("textbox", { name: "Search by name or detail" }).fill("ott");
  await expect(row(page, "Team 1", "Aino")).toHaveCount(0);
  await byKeys(page, menuOf(page, "Team 1", "Otto"), "Remove from the series");
  // The way back has the focus.
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await both(page, "remove", "dialog");
  await dialog(page).getByRole("button", { name: "Remove from the series" }).press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await expect(banner(otto.page, "Your access to this board has ended.")).toBeVisible();
  await page.getByRole("textbox", { name: "Search by name or detail" }).fill("");
  await expect(row(page, "Team 1", "Aino")).toBeVisible();
  await expect(row(page, "Team 1", "Otto")).toHaveCount(0);
  const late = await somebody("Late");
  await late.page.goto(link);
  await expect(late.page.getByRole("main")).toContainText("revoked");
});

test("a team is split, merged into another, and brought back", async ({ member, server, somebody }) => {
  const held = await workshop(server);
  const aino = await member(boardOf(held), "Aino", "participant");
  const otto = await member(boardOf(held), "Otto", "participant");
  const page = await peoplePage(await somebody("Fanni"), server, held);
  const menu = (team: string) => page.getByRole("button", { name: `Actions for team ${team}`, exact: true });

  await byKeys(page, menu("Team 1"), "Split the team");
  await dialog(page).getByRole("button", { name: "Split the team" }).click();
  await expect(dialog(page).locator("[aria-invalid=true]")).toBeFocused();
  await dialog(page).getByRole("textbox", { name: /^Name of the new team/ }).fill("Team 1b");
  await dialog(page).getByRole("checkbox", { name: "Otto" }).check();
  await both(page, "split", "dialog");
  await dialog(page).getByRole("button", { name: "Split the team" }).click();
  await expect(row(page, "Team 1b", "Otto")).toBeVisible();
  await expect(region(page, "Team 1b")).toContainText("split from Team 1");
  await expect(row(page, "Team 1", "Aino")).toBeVisible();
  await expect(otto.page.getByRole("link", { name: "Open the board of Team 1b" })).toBeVisible();

  await byKeys(page, menu("Team 1"), "Merge into another team");
  await dialog(page).getByRole("combobox").selectOption({ label: "Team 2" });
  await both(page, "merge", "dialog");
  await dialog(page).getByRole("button", { name: "Merge", exact: true }).press("Enter");
  await expect(region(page, "Withdrawn teams")).toContainText("Merged into Team 2");
  await expect(row(page, "Team 2", "Aino")).toBeVisible();
  // The board that she has open is there to be read, and tells where the team goes on.
  await expect(aino.page.getByText("The team works no more")).toBeVisible();
  await aino.page.reload();
  await expect(aino.page.getByRole("link", { name: "Open the board of Team 2" })).toBeVisible();
  await both(aino.page, "a withdrawn team's board");
  await both(page, "people with a withdrawn team");

  await page.getByRole("button", { name: "Bring back: Team 1" }).press("Enter");
  await dialog(page).getByRole("button", { name: "Bring back" }).press("Enter");
  await expect(row(page, "Team 1", "Aino")).toBeVisible();
  await expect(aino.page.getByText("The team works no more")).toHaveCount(0);
});
