// A workshop series is set up from nothing, a team comes in by its link, and the demo series opens; every view under axe.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, join, onBoard, test } from "./people.ts";

test.describe.configure({ timeout: 240_000 });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** No findings, in both appearances, and nothing scrolls sideways at 320 pixels. */
async function clean(page: Page, where: string): Promise<void> {
  const size = page.viewportSize();
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    expect(violations.flatMap((each) => each.nodes.map((node) => `${where}: ${each.id} ${node.target.join(" ")}`))).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${where} scrolls sideways`).toBe(0);
  if (size !== null) await page.setViewportSize(size);
}

test("a series from nothing: organisation, team, challenge, link; the team sees its own board only", async ({ owner, somebody, server }) => {
  const { page } = await owner();
  await clean(page, "home");
  await page.getByRole("button", { name: /^New workshop series/ }).click();
  await page.getByRole("button", { name: "Make the series" }).click();
  await expect(page.getByRole("textbox", { name: "Name in English" })).toBeFocused();
  await expect(page.getByText("Give the series a name.")).toBeVisible();
  await clean(page, "new series");
  await page.getByRole("textbox", { name: "Name in English" }).fill("Jalostamo 2026");
  await page.getByLabel("Starts").fill("2026-05-27");
  await page.getByLabel("Ends").fill("2026-05-01");
  await page.getByRole("button", { name: "Make the series" }).click();
  await expect(page.getByText("The series cannot end before it starts.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name in English" })).toHaveValue("Jalostamo 2026");
  await page.getByLabel("Ends").fill("2026-09-23");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Jalostamo 2026" })).toBeVisible();
  await expect(page.getByText("There are no teams yet.")).toBeVisible();
  await clean(page, "empty series");

  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Name in English" }).fill("Digital and Population Data Services Agency");
  await page.getByRole("combobox", { name: "Sector" }).selectOption("State agency");
  await clean(page, "organisation");
  await page.keyboard.press("Escape");
  await expect(page.getByText("The changes are not saved.")).toBeVisible();
  await page.getByRole("button", { name: "Go on editing" }).click();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("button", { name: "Add a team" }).click();
  await page.getByRole("textbox", { name: "Name of the team" }).fill("Team 4");
  await page.getByRole("textbox", { name: "Name of the challenge" }).fill("Death of a close one");
  await page.getByRole("combobox", { name: "Proposed by" }).selectOption("Digital and Population Data Services Agency");
  await clean(page, "team");
  await page.getByRole("button", { name: "Add the team" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Team 4" })).toContainText("Network / no owner");
  await expect(page.getByText("Used in one place, so it cannot be deleted")).toBeVisible();
  await clean(page, "series");

  await page.getByRole("button", { name: "Invite to the team Team 4" }).click();
  await page.getByRole("textbox", { name: "How many people can use it" }).fill("zero");
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  await expect(page.getByText("Write a whole number from 1 to 10,000")).toBeVisible();
  await page.getByRole("textbox", { name: "How many people can use it" }).fill("8");
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  const link = await page.getByRole("textbox", { name: /^New invitation link/ }).inputValue();
  await page.getByRole("button", { name: "Suomi" }).click();
  const message = page.getByRole("textbox", { name: "Invitation text" });
  await expect(message).toHaveValue(/Tiimi: Team 4[\s\S]*#join=[\s\S]*Liity/);
  await clean(page, "invite");
  await page.getByRole("button", { name: "Show large" }).click();
  await expect(page.getByRole("img", { name: /^QR code/ }).last()).toBeInViewport();
  await clean(page, "large code");

  const guest = await somebody("Liisa");
  await guest.page.goto(link);
  await expect(guest.page.getByRole("main")).toContainText("Team 4");
  await expect(guest.page.getByRole("main")).toContainText("Jalostamo 2026");
  await expect(guest.page.getByRole("main")).toContainText("Participant");
  await clean(guest.page, "join");
  await guest.page.goto("about:blank");
  await join(guest, link);
  await expect(guest.page.getByRole("banner").first()).toContainText("Jalostamo 2026 / Team 4");
  await guest.page.getByRole("button", { name: "Challenge", exact: true }).click();
  await expect(guest.page.getByRole("dialog")).toContainText("Death of a close one");
  await clean(guest.page, "challenge");
  await guest.page.goto(server.url);
  await expect(guest.page.getByRole("link", { name: /Team 4/ })).toBeVisible();
  await expect(guest.page.getByRole("link", { name: "Jalostamo 2026" })).toHaveCount(0);
});

test("the demo series opens with six teams and their boards", async ({ owner }) => {
  const { page } = await owner();
  await page.getByRole("button", { name: /^Demo series Jalostamo 2020/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jalostamo 2020" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Open the board/ })).toHaveCount(6);
  await clean(page, "demo series");
  await page.getByRole("link", { name: /^Open the board/ }).first().click();
  await onBoard(page);
});
