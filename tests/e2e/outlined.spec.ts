// All kinds of things in the outline, by keyboard alone: areas, groups, arrows, relations, tables, a way through the
// process; and the keyboard keeps its place when others change what it is on.
import { type Locator, type Page } from "@playwright/test";
import { item } from "./board.ts";
import { expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

const outline = (page: Page): Locator => page.getByRole("region", { name: "The board as an outline" });
const row = (page: Page, text: string): Locator =>
  outline(page).locator("button[data-outline]").filter({ hasText: new RegExp(`^${text}$`) });

/** Goes there as the keyboard can: it must be one of the places where Tab stops. */
async function go(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  expect(await target.evaluate((element) => (element as HTMLElement).tabIndex)).toBe(0);
  await target.focus();
}
async function put(page: Page, place: string, kind: string | undefined, text: string): Promise<void> {
  const field = outline(page).getByRole("textbox", { name: place, exact: true });
  if (kind === undefined) await go(field);
  else {
    const select = field.locator("xpath=following-sibling::select");
    await go(select);
    await select.selectOption({ label: kind });
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await expect(row(page, text)).toBeVisible();
}
async function act(page: Page, name: string, entry: RegExp | string): Promise<void> {
  await go(outline(page).getByRole("button", { name: `Actions: ${name}`, exact: true }));
  await page.keyboard.press("Enter");
  const wanted = page.getByRole("menuitem", { name: entry }).first();
  for (let turn = 0; turn < 40; turn += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}
/** Chooses an answer in the dialog that asks. */
async function answer(page: Page, typed: string, name: RegExp): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill(typed);
  await go(dialog.getByRole("button", { name }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}
async function openOutline(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Outline view" }).click();
  await expect(outline(page)).toBeVisible();
}
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim() ?? "");

test("areas, groups, arrows with pins, relations, several at once, a law proposal, a way through", async ({ member, server }) => {
  const board = await server.board("Kaikki");
  const { page } = await member(board, "Aino", "facilitator");
  const other = await member(board, "Bengt", "participant");
  await openOutline(page);
  await put(page, "New lane", "Area", "Nykytila");
  await put(page, "New note in Nykytila", "Lane", "Kela");
  await put(page, "New process step in the lane Kela", undefined, "Hakemus");
  await put(page, "New process step in the lane Kela", undefined, "Riittää");
  await put(page, "New process step in the lane Kela", undefined, "Päätös");
  await put(page, "New process step in the lane Kela", undefined, "Lisäselvitys");

  await act(page, "Hakemus", "Connect…");
  await answer(page, "riit", /^Riittää/);
  await act(page, "Riittää", "Connect…");
  await answer(page, "pää", /^Päätös/);
  await act(page, "Riittää", "Connect…");
  await answer(page, "lisä", /^Lisäselvitys/);
  await act(page, "Riittää", /^Arrow to Päätös/);
  await page.getByRole("dialog").getByRole("textbox", { name: "Name of the arrow" }).fill("Kyllä");
  await page.keyboard.press("Escape");
  await expect(row(page, "Riittää").locator("xpath=..")).toContainText("Päätös (Kyllä)");

  // A pin on an arrow, from the arrow's own menu.
  await act(page, "Riittää → Päätös: Kyllä", "Add an obstacle");
  await expect(outline(page).locator("textarea")).toBeFocused();
  await page.keyboard.type("Tieto katoaa");
  await page.keyboard.press("Escape");
  await expect(row(page, "Tieto katoaa")).toBeFocused();
  await expect(row(page, "Tieto katoaa").locator("xpath=..")).toContainText("On the arrow Riittää → Päätös: Kyllä");

  await put(page, "New next step", undefined, "Ehdotetaan lakia");
  await act(page, "Tieto katoaa", /^Relate/);
  await answer(page, "lakia", /^Ehdotetaan/);
  await expect(row(page, "Tieto katoaa").locator("xpath=..")).toContainText("Answered by: Ehdotetaan lakia");

  // Every field, and back to where one came from.
  await act(page, "Ehdotetaan lakia", "Details…");
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("textbox", { name: "Text" })).toBeFocused();
  await expect(panel.getByLabel("Statute")).toHaveCount(0);
  await go(panel.getByLabel("Type of next step"));
  await panel.getByLabel("Type of next step").selectOption({ label: "Law-change proposal" });
  await go(panel.getByLabel("Statute"));
  await page.keyboard.type("Laki toimeentulotuesta");
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toBe("Actions: Ehdotetaan lakia");
  await expect(row(page, "Ehdotetaan lakia").locator("xpath=..")).toContainText("Laki toimeentulotuesta");

  // Several at once.
  await put(page, "New lane in Nykytila", "Idea", "Yhteinen lomake");
  await put(page, "New idea in Nykytila", undefined, "Yksi luukku");
  await go(page.getByRole("button", { name: "Select several" }));
  await page.keyboard.press("Enter");
  for (const name of ["Yhteinen lomake", "Yksi luukku"]) {
    await go(outline(page).getByRole("checkbox", { name: `Select: ${name}`, exact: true }));
    await page.keyboard.press("Space");
  }
  const bar = page.getByRole("group", { name: "Actions for the selected" });
  await expect(bar).toContainText("2 things selected");
  await go(bar.getByRole("button", { name: "Actions for the selected" }));
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Group", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Ideat");
  await page.keyboard.press("Escape");
  await expect(outline(page).getByRole("heading", { level: 3, name: "Ideat" })).toBeVisible();
  await expect.poll(() => focused(page)).toMatch(/^Ideat/);
  await go(page.getByRole("button", { name: "End selecting" }));
  await page.keyboard.press("Enter");
  await expect(outline(page).getByRole("checkbox")).toHaveCount(0);

  // The way through the process.
  await go(page.getByRole("button", { name: "Follow the process" }));
  await page.keyboard.press("Enter");
  const way = outline(page).locator("section.card");
  await expect(way.getByRole("heading")).toBeFocused();
  await go(way.getByRole("button", { name: /^Begin: Hakemus/ }));
  await page.keyboard.press("Enter");
  await expect(way.getByRole("heading", { name: "Step 1: Hakemus" })).toBeFocused();
  await go(way.getByRole("button", { name: "Next: Riittää" }));
  await page.keyboard.press("Enter");
  await go(way.getByRole("button", { name: "Päätös (Kyllä)" }));
  await page.keyboard.press("Enter");
  await expect(way).toContainText("No arrow leads on from here");
  await go(way.getByRole("button", { name: "Stop following" }));
  await page.keyboard.press("Enter");
  await expect(row(page, "Päätös")).toBeFocused();

  // Tables sort by their columns.
  await go(outline(page).getByRole("button", { name: "Sort by: Due date" }));
  await page.keyboard.press("Enter");
  await expect(outline(page).getByRole("columnheader", { name: /Due date/ })).toHaveAttribute("aria-sort", "ascending");

  await saved(page);
  await expect(item(other.page, "Idea", "Yksi luukku")).toBeVisible();
});

test("the keyboard stays at its place: moved by others, deleted by others, with who did it", async ({ member, server }) => {
  const board = await server.board("Paikallaan");
  const { page } = await member(board, "Aino", "participant");
  const other = await member(board, "Bengt", "participant");
  for (const each of [page, other.page]) await openOutline(each);
  await put(page, "New lane", undefined, "Kela");
  await put(page, "New lane", undefined, "Kunta");
  for (const text of ["Yksi", "Kaksi", "Kolme"]) await put(page, "New process step in the lane Kela", undefined, text);
  await go(row(page, "Kaksi"));

  await act(other.page, "Kaksi", "Delete");
  await expect(row(page, "Kaksi")).toHaveCount(0);
  await expect(row(page, "Kolme")).toBeFocused();
  await expect(page.getByText("Bengt deleted what you were working on. The text is kept: Kaksi").first()).toBeVisible();

  await act(other.page, "Kolme", /^Move to/);
  await answer(other.page, "kunta", /^Kunta/);
  await expect(outline(page).locator("section.lane", { hasText: "Kunta" }).locator("button[data-outline]", { hasText: "Kolme" })).toBeVisible();
  await expect(row(page, "Kolme")).toBeFocused();

  // One's own deletion leads on too: to the next, at last to the heading.
  await act(page, "Yksi", "Delete");
  await expect(row(page, "Yksi")).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe("Kela");
});
