// Editing as people know it: a guide for the first time, groups, copy and paste, all actions, search, links. Knows no server.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { item, middle, place, spot, surface, write, zoom } from "./board.ts";
import { expect, onBoard, saved, test } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

interface File {
  readonly items: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly parent?: string | null }[];
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

/** Pastes words as another program would have left them. */
async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("Control+v");
}

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

test("a first-time guest makes a note, a step and an arrow by the board's own guide, with clicks only", async ({ member, server }) => {
  const { page } = await member(await server.board("Guide"), "Vieras", "participant");
  const card = page.getByRole("region", { name: "Try it in three steps" });
  await expect(card).toBeVisible();
  await card.getByRole("button", { name: "Make a note" }).click();
  await write(page, "Application arrives");
  await card.getByRole("button", { name: "Make a step" }).click();
  await write(page, "Handle it");
  await card.getByRole("button", { name: "Draw an arrow" }).click();
  await page.mouse.click(...(await middle(item(page, "Note", "Application"))));
  await page.mouse.click(...(await middle(item(page, "Process step", "Handle"))));
  await expect(card).toContainText("Well done");
  await expect(item(page, "Note", "Application")).toHaveAccessibleName(/Handle it/);
  await card.getByRole("button", { name: "Close the guide" }).click();
  await expect(card).toHaveCount(0);
});

test("rows of a sheet become notes, notes a group, the group goes to another board, all by keys", async ({ member, server }) => {
  const [first, second] = [await server.board("First"), await server.board("Second")];
  const { page, context } = await member(first, "Aino", "participant", clipboard);
  await surface(page).focus();
  await pasteText(page, 'Who\tWhat\n"Kela\nVantaa"\tdecides\nCitizen\tapplies');
  await expect(item(page, "Note", "Citizen")).toBeVisible();
  await expect(surface(page).getByRole("group", { name: /^Note:/ })).toHaveCount(3);
  await page.keyboard.press("g");
  await write(page, "Actors");
  await expect(item(page, "Group", "Actors")).toBeVisible();
  await expect(item(page, "Note", "Citizen")).toHaveAccessibleName(/Actors/);
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(surface(page).getByRole("group", { name: /^Group: Actors/ })).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(surface(page).getByRole("group", { name: /^Group: Actors/ })).toHaveCount(1);
  await saved(page);

  const other = { name: "Aino", context, page: await context.newPage() };
  await other.page.goto(await server.invite(second, "participant"));
  await other.page.getByRole("main").locator("form button").click();
  await onBoard(other.page);
  await surface(other.page).focus();
  await other.page.keyboard.press("Control+v");
  await expect(item(other.page, "Group", "Actors")).toBeVisible();
  await expect(item(other.page, "Note", "Citizen")).toHaveAccessibleName(/Actors/);
  await saved(other.page);
  const file = (await server.api("GET", `/api/boards/${second}/export.json`)) as File;
  const group = file.items.find((one) => one.kind === "group");
  expect(file.items.filter((one) => one.parent === group?.id).map((one) => one.text).toSorted()).toEqual([
    "Citizen\napplies",
    "Kela\nVantaa\ndecides",
    "Who\nWhat",
  ]);

  // Taken apart, and cut: nothing is lost on the way.
  await page.bringToFront();
  await surface(page).getByRole("group").first().focus();
  await page.keyboard.press("Home");
  await expect(item(page, "Group", "Actors")).toBeFocused();
  await page.keyboard.press("Shift+G");
  await expect(item(page, "Group", "Actors")).toHaveCount(0);
  await expect(surface(page).getByRole("group", { name: /^Note:/ })).toHaveCount(3);
  await page.keyboard.press("Control+x");
  await expect(surface(page).getByRole("group", { name: /^Note:/ })).toHaveCount(0);
  await page.keyboard.press("Control+v");
  await expect(surface(page).getByRole("group", { name: /^Note:/ })).toHaveCount(3);
});

test("every kind is reached by the mouse, and by the list of all actions with the keyboard alone", async ({ member, server }) => {
  const { page } = await member(await server.board("Kinds"), "Aino", "participant");
  await page.getByRole("toolbar").getByRole("button", { name: "Add other objects" }).click();
  await clean(page);
  await page.getByRole("menuitem", { name: "Area" }).click();
  await page.mouse.click(...(await spot(page, [200, 150])));
  await write(page, "As it is today");
  await expect(item(page, "Area", "As it is today")).toBeVisible();
  for (const [typed, kind] of [
    ["bottle", "Bottleneck"],
    ["pain p", "Pain point"],
    ["insight", "Insight"],
    ["add goal", "Shared goal"],
  ] as const) {
    await page.keyboard.press("Control+k");
    const list = page.getByRole("dialog", { name: "All actions" });
    const box = list.getByRole("combobox");
    await expect(box).toBeFocused();
    await page.keyboard.type(typed);
    await expect(list.getByRole("option", { selected: true })).toContainText(kind, { ignoreCase: true });
    await page.keyboard.press("Enter");
    await write(page, `One ${kind}`);
    await expect(item(page, kind, `One ${kind}`)).toBeVisible();
  }
  // What cannot be done says why.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("group");
  await expect(page.getByRole("option", { name: /^Group/ })).toContainText("Select at least two objects");
  await clean(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("search by words and kinds, from the canvas and from the outline, and links to what was found", async ({ member, server }) => {
  const board = await server.board("Etsintä");
  const { page, context } = await member(board, "Aino", "participant", clipboard);
  await place(page, "Lane", [100, 480], "Kela");
  await place(page, "Note", [300, 250], "Päätös viipyy");
  await place(page, "Note", [700, 250], "muu asia");
  await item(page, "Note", "muu asia").focus();
  await page.keyboard.press("f");
  const search = page.getByRole("search");
  await expect(search.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("paatos");
  await expect(search.getByRole("status")).toHaveText("One object");
  await clean(page);
  await page.keyboard.press("Enter");
  await expect(item(page, "Note", "Päätös")).toBeFocused();
  await search.getByRole("searchbox").fill("");
  await search.getByRole("button", { name: /^Note, 2/ }).click();
  await expect(search.getByRole("status")).toContainText("2 objects");
  // From the one that was reached by the words before.
  await search.getByRole("button", { name: "Next result" }).click();
  await expect(search.getByRole("status")).toContainText("2 of 2");
  await search.getByRole("searchbox").press("Escape");
  await expect(search).toHaveCount(0);

  await item(page, "Note", "Päätös").click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("link to this object");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#object=n_/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const again = await context.newPage();
  await again.goto(link);
  await onBoard(again);
  await expect(item(again, "Note", "Päätös")).toBeFocused();
  await again.goto(link.replace(/#.*/, "#view=5000,5000,0.5"));
  await expect.poll(() => zoom(again)).toBe(50);
  await again.reload();
  await onBoard(again);
  await expect.poll(() => zoom(again)).toBe(50);
  await again.getByRole("button", { name: "Outline" }).click();
  await again.keyboard.press("Control+k");
  await again.keyboard.type("search");
  await again.keyboard.press("Enter");
  await expect(again.getByRole("searchbox")).toBeFocused();
  await again.keyboard.type("viipyy");
  await again.keyboard.press("Enter");
  await expect(again.locator("[data-outline]:focus")).toContainText("Päätös");
  await clean(again);

  // A link to what is gone says so.
  const gone = await context.newPage();
  await gone.goto(link.replace(/#.*/, "#object=n_01JAAAAAAAAAAAAAAAAAAAAAAA"));
  await expect(gone.getByRole("paragraph").filter({ hasText: "The object of the link is not on the board" })).toBeVisible();
});
