// Snapshots: taken, looked at, compared, copied, deleted; nothing on one can be changed. Every view under axe.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { item, place, surface } from "./board.ts";
import { expect, onBoard, saved, test } from "./people.ts";

test.describe.configure({ timeout: 240_000 });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function clean(page: Page, where: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    expect(violations.flatMap((each) => each.nodes.map((node) => `${where}: ${each.id} ${node.target.join(" ")}`))).toEqual([]);
  }
}
async function takeHome(page: Page, entry: string): Promise<void> {
  await page.getByRole("button", { name: "Take home" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

test("a snapshot is kept, looked at, compared with now, copied and deleted", async ({ member, server }) => {
  const board = await server.board("Vedokset");
  const { page } = await member(board, "Fanni", "owner");
  await place(page, "Note", [300, 200], "Ennen");
  await saved(page);
  await takeHome(page, "Snapshots…");
  await expect(page.getByText("There are no snapshots yet.")).toBeVisible();
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await expect(page.getByText("Give the snapshot a name.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name of the new snapshot" }).fill("Alku");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Open the snapshot Alku" })).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("taken by: Fanni");
  await clean(page, "snapshots");
  await page.keyboard.press("Escape");

  await place(page, "Note", [600, 200], "Jälkeen");
  await saved(page);
  await takeHome(page, "Snapshots…");
  await page.getByRole("link", { name: "Open the snapshot Alku" }).click();
  await expect(page.getByText("Snapshot Alku,")).toBeVisible();
  await expect(item(page, "Note", "Ennen")).toBeVisible();
  await expect(surface(page).getByRole("group")).toHaveCount(1);
  await item(page, "Note", "Ennen").click();
  await page.keyboard.press("Delete");
  await expect(page.getByText("A snapshot cannot be changed.").first()).toBeVisible();
  await expect(item(page, "Note", "Ennen")).toBeVisible();
  await clean(page, "snapshot");

  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Added (1)" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Added (1)" })).toContainText("Jälkeen");
  await clean(page, "compare");
  await page.getByRole("link", { name: "Jälkeen" }).click();
  await onBoard(page);
  await expect(page.getByRole("complementary")).toContainText("Note");

  await takeHome(page, "Snapshots…");
  await page.getByRole("button", { name: "Actions: Alku" }).click();
  await page.getByRole("menuitem", { name: "Make a new board of it" }).click();
  await page.getByRole("textbox", { name: "Name of the new board" }).fill("Alusta uudelleen");
  await page.getByRole("button", { name: "Make the board" }).click();
  await expect(page).not.toHaveURL(new RegExp(board));
  await onBoard(page);
  await expect(surface(page).getByRole("group")).toHaveCount(1);

  await page.goto(`${server.url}/board/${board}`);
  await saved(page);
  await takeHome(page, "Snapshots…");
  await page.getByRole("button", { name: "Actions: Alku" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("There are no snapshots yet.")).toBeVisible();
});

test("an export shows its end and its text; whoever only looks takes it home too", async ({ member, server }) => {
  const board = await server.board("Vienti");
  const host = await member(board, "Fanni", "owner");
  await place(host.page, "Note", [300, 200], "Åäö 🙂");
  await saved(host.page);
  const { page } = await member(board, "Oili", "observer");
  await takeHome(page, "Export as a file…");
  await clean(page, "export");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Make the file" }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.md$/);
  await page.getByRole("button", { name: "Show as text" }).click();
  await expect(page.getByRole("textbox", { name: "Content of the file" })).toHaveValue(/Åäö 🙂/);
  await clean(page, "export, ready");
});
