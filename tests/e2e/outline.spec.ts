// The board without a mouse, in the outline; and on the canvas without any drag. Both make the same thing.
import { type Locator, type Page } from "@playwright/test";
import { field, item, middle, place, surface } from "./board.ts";
import { expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 90_000 });

/** Goes on with Tab until it is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let turn = 0; turn < 80; turn += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`not reached by ${key}: ${target}`);
}
async function put(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByRole("textbox", { name: label, exact: true }));
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}
/** Opens an actions menu and goes to an entry by its first letter. */
async function act(page: Page, name: string, entry: string, key = "Tab"): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: `Actions: ${name}`, exact: true }), key);
  await page.keyboard.press("Enter");
  const wanted = page.getByRole("menuitem", { name: entry, exact: true });
  for (let turn = 0; turn < 10 && !(await wanted.evaluate((element) => element === document.activeElement)); turn += 1) {
    await page.keyboard.press(entry.charAt(0));
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
}
interface File {
  readonly items: readonly { id: string; kind: string; text: string; parent: string | null; ownerOrg?: string; due?: string }[];
  readonly links: readonly { kind: string; from: string; to: string }[];
}
/** What was made, without ids and places. */
function told(file: File): readonly string[] {
  const text = (id: string | null) => file.items.find((each) => each.id === id)?.text ?? "-";
  const items = file.items.map(
    (each) => `${each.kind} ${each.text} in ${text(each.parent)} ${each.ownerOrg ?? ""} ${each.due ?? ""}`.trim(),
  );
  return [...items, ...file.links.map((link) => `${link.kind} ${text(link.from)} → ${text(link.to)}`)].toSorted();
}
const wanted = [
  "lane Kela in -",
  "step Hakemus in Kela",
  "step Päätös in Kela",
  "obstacle Tieto puuttuu in -",
  "nextStep Sovitaan käytäntö in -  Kela 2027-01-31",
  "sequence Hakemus → Päätös",
  "pin Tieto puuttuu → Hakemus",
].map((line) => line.replaceAll(/\s+/g, " ")).toSorted();

test("by keyboard alone in the outline: lane, steps, arrow, obstacle, next step; the other sees it on the canvas", async ({ member, server }) => {
  const board = await server.board("Näppäimin");
  const { page } = await member(board, "Aino", "participant");
  const bengt = await member(board, "Bengt", "participant");
  await tabTo(page, page.getByRole("button", { name: "Outline view" }));
  await page.keyboard.press("Enter");
  await put(page, "New lane", "Kela");
  await tabTo(page, page.getByRole("textbox", { name: "New process step in the lane Kela" }), "Shift+Tab");
  await page.keyboard.type("Hakemus");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "New process step in the lane Kela" })).toHaveValue("");
  await put(page, "New process step in the lane Kela", "Päätös");
  await act(page, "Hakemus", "Connect…", "Shift+Tab");
  const dialog = page.getByRole("dialog", { name: "Connect to what?" });
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("pää");
  await tabTo(page, dialog.getByRole("button", { name: /^Päätös/ }));
  await page.keyboard.press("Enter");
  await expect(item(bengt.page, "Process step", "Hakemus")).toHaveAttribute("aria-label", /lane Kela, 1 of 2.*next: Päätös/);

  await act(page, "Hakemus", "Add an obstacle");
  await page.keyboard.type("Tieto puuttuu");
  await page.keyboard.press("Escape");
  await expect(item(bengt.page, "Obstacle", "Tieto puuttuu")).toHaveAttribute("aria-label", /pinned to Hakemus/);

  await put(page, "New next step", "Sovitaan käytäntö");
  await tabTo(page, page.getByRole("button", { name: "Sovitaan käytäntö", exact: true }), "Shift+Tab");
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("heading", { name: "Next step" })).toBeVisible();
  for (let turn = 0; turn < 6 && (await panel.locator(":focus").count()) === 0; turn += 1) await page.keyboard.press("F6");
  await tabTo(page, panel.getByRole("textbox", { name: "Owner (responsible)" }));
  await page.keyboard.type("Kela");
  await tabTo(page, panel.getByLabel("Due date"));
  // The browser's own field, in the order of its own language.
  await page.keyboard.type("01312027");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("row", { name: /Sovitaan käytäntö/ })).toContainText(/Kela.*31 Jan 2027/s);
  await expect(item(bengt.page, "Next step", "Sovitaan")).toContainText("Kela");
  await saved(page);
  expect(told((await server.api("GET", `/api/boards/${board}/export.json`)) as File).map((line) => line.replaceAll(/\s+/g, " "))).toEqual(wanted);
});

test("by clicks alone on the canvas, nothing dragged: the same board", async ({ member, server }) => {
  const board = await server.board("Napsauttaen");
  const { page } = await member(board, "Aino", "participant");
  await place(page, "Lane", [100, 150], "Kela");
  const lane = await surface(page).getByRole("group", { name: /^Lane: Kela/ }).boundingBox();
  const at = (x: number): [number, number] => [x, (lane?.y ?? 0) + (lane?.height ?? 0) / 2];
  for (const [x, text] of [[460, "Hakemus"], [800, "Päätös"]] as const) {
    await page.getByRole("toolbar").getByRole("button", { name: "Step", exact: true }).click();
    await page.mouse.click(...at(x));
    await page.keyboard.type(text);
    await page.keyboard.press("Escape");
    await expect(item(page, "Process step", text)).toBeVisible();
  }
  await page.getByRole("toolbar").getByRole("button", { name: "Arrow", exact: true }).click();
  await page.mouse.click(...(await middle(item(page, "Process step", "Hakemus"))));
  await page.mouse.click(...(await middle(item(page, "Process step", "Päätös"))));
  await expect(item(page, "Process step", "Hakemus")).toHaveAttribute("aria-label", /next: Päätös/);
  await page.getByRole("toolbar").getByRole("button", { name: "Obstacle", exact: true }).click();
  await page.mouse.click(...(await middle(item(page, "Process step", "Hakemus"))));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Tieto puuttuu");
  await page.keyboard.press("Escape");
  await expect(item(page, "Obstacle", "Tieto puuttuu")).toHaveAttribute("aria-label", /pinned to Hakemus/);
  await surface(page).click({ position: { x: 60, y: 20 } });
  await place(page, "Next step", [500, 640], "Sovitaan käytäntö");
  await item(page, "Next step", "Sovitaan").click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("textbox", { name: "Owner (responsible)" }).fill("Kela");
  await panel.getByLabel("Due date").fill("2027-01-31");
  await panel.getByLabel("Due date").press("Tab");
  await saved(page);
  expect(told((await server.api("GET", `/api/boards/${board}/export.json`)) as File).map((line) => line.replaceAll(/\s+/g, " "))).toEqual(wanted);

  // Moving without dragging: to another lane and in the order, by the same menu.
  await place(page, "Lane", [100, 480], "Kunta");
  await item(page, "Process step", "Päätös").click();
  await panel.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Move to…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Kunta/ }).click();
  await expect(item(page, "Process step", "Päätös")).toHaveAttribute("aria-label", /lane Kunta/);
  await item(page, "Process step", "Päätös").click();
  await panel.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Change the colour…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Violet" }).click();
  await expect(panel.getByRole("radio", { name: "Violet" })).toBeChecked();
});
