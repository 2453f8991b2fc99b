// Every page, dialog and panel under axe in both appearances; small screens, keyboard, forced colours.
import { item, place, surface } from "./board.ts";
import { both, clean, fits } from "./look.ts";
import { bar, expect, onBoard, saved, test } from "./people.ts";

test.describe.configure({ timeout: 300_000 });

const demo = async (server: { api(method: string, path: string, body?: unknown): Promise<unknown> }): Promise<string> =>
  ((await server.api("POST", "/api/boards", { title: "Esteettömyys", content: "demo" })) as { id: string }).id;

test("pages before a board", async ({ somebody, server }) => {
  const { page } = await somebody("Vieras");
  const link = await server.invite(await server.board("Kutsu"), "participant");
  for (const [where, path] of [["welcome", "/"], ["join", new URL(link).hash], ["bad link", "/#join=tuntematon"], ["statement", "/accessibility"], ["missing", "/ei"]] as const) {
    await page.goto("about:blank");
    await page.goto(path.startsWith("#") ? `${server.url}/${path}` : server.url + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    if (where === "join") await page.getByRole("main").locator("form button").click();
    await both(page, where);
  }
});

test("home, a new board, its dialog", async ({ owner }) => {
  const { page } = await owner();
  await both(page, "home");
  await page.getByRole("button", { name: /^New board/ }).click();
  await both(page, "new board");
  await page.getByRole("textbox", { name: "Name of the board" }).fill("Tyhjä");
  await page.keyboard.press("Enter");
  await onBoard(page);
  await both(page, "empty board");
});

test("the board: canvas, panel, outline, both; dialogs and menus", async ({ member, server }) => {
  const board = await demo(server);
  const { page } = await member(board, "Fanni", "owner");
  await place(page, "Note", [200, 60], "Lappu");
  await item(page, "Note", "Lappu").click();
  await expect(page.getByRole("complementary")).toBeVisible();
  await both(page, "canvas and panel");
  for (const name of ["Share", /here now/, "Help (F1)"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await both(page, `dialog ${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  for (const entry of ["Connect…", "Change the colour…", "Move to…"]) {
    await page.getByRole("complementary").getByRole("button", { name: "Actions" }).click();
    if (entry === "Connect…") await both(page, "actions menu");
    await page.getByRole("menuitem", { name: entry }).click();
    await both(page, `dialog ${entry}`);
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Outline view" }).click();
  await both(page, "outline");
  await page.getByRole("region", { name: "The board as an outline" }).locator("button[data-outline]").first().click();
  await both(page, "outline, writing");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Both" }).click();
  await both(page, "both views");
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await clean(page, "forced colours");
  await expect(surface(page)).toBeVisible();
  await page.screenshot({ path: "results/forced-colours.png" });
});

test("offline, paused and ended: the states under axe", async ({ member, server }) => {
  const board = await server.board("Tilat");
  const guest = await member(board, "Pekka", "participant");
  const { page } = guest;
  await guest.context.setOffline(true);
  await place(page, "Note", [300, 200], "Talteen");
  await expect(bar(page)).toContainText("Offline");
  await both(page, "offline");
  await guest.context.setOffline(false);
  await saved(page);
  await server.api("POST", `/api/boards/${board}/commands`, { type: "pause" });
  await expect(page.getByText("The board is paused").first()).toBeVisible();
  await both(page, "paused");
  for (const invite of (await server.api("GET", `/api/boards/${board}/invites`)) as { id: string }[]) {
    await server.api("DELETE", `/api/boards/${board}/invites/${invite.id}`);
  }
  await expect(page.getByRole("alert").filter({ hasText: "has ended" }).first()).toBeVisible();
  await both(page, "ended");
});

for (const [width, height] of [[640, 600], [320, 640]] as const) {
  test(`at ${width} × ${height} everything fits, nothing scrolls sideways`, async ({ owner, server }) => {
    const board = await demo(server);
    const { page } = await owner({ viewport: { width, height } });
    await fits(page, "home");
    await clean(page, "home");
    await page.goto(`${server.url}/accessibility`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await fits(page, "statement");
    await page.goto(`${server.url}/board/${board}`);
    await saved(page);
    for (const view of ["Outline view", "Canvas view"]) {
      await page.getByRole("button", { name: view }).click();
      await fits(page, view);
      await clean(page, view);
    }
    await page.keyboard.press("F1");
    await fits(page, "help");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await clean(page, "menu");
    await page.getByRole("menuitem", { name: "Share" }).click();
    await page.getByRole("button", { name: "Make an invitation link" }).click();
    await expect(page.getByRole("textbox", { name: /link:/ })).toBeVisible();
    await fits(page, "share");
    await clean(page, "share");
    await page.keyboard.press("Escape");
    // What is tapped in a narrow window is large enough for a finger: 24 CSS pixels at least (2.5.8).
    const small = await page.getByRole("button").evaluateAll((all) =>
      all.flatMap((each) => {
        const { width: w, height: h } = each.getBoundingClientRect();
        return w > 0 && (w < 24 || h < 24) ? [`${each.textContent?.trim()} ${w}×${h}`] : [];
      }),
    );
    expect(small).toEqual([]);
  });
}

for (const locale of ["fi-FI", "sv-FI"]) {
  test(`the main way in ${locale} under axe, at 320 pixels too`, async ({ owner, server }) => {
    const board = await demo(server);
    const { page } = await owner({ locale });
    await clean(page, "home");
    await page.goto(`${server.url}/board/${board}`);
    await saved(page);
    await clean(page, "board");
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole("group").getByRole("button", { pressed: false }).last().click();
    await fits(page, "board");
    await clean(page, "outline");
  });
}

test("the keyboard reaches every region, sees where it is, and Esc leaves", async ({ member, server }) => {
  const { page } = await member(await demo(server), "Näppäin", "facilitator");
  const ring = async (): Promise<boolean> =>
    page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return false;
      const style = getComputedStyle(at);
      const drawn = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      return drawn || style.boxShadow !== "none";
    });
  // Who comes by a link begins at the board itself; who opens the page, at its top.
  await expect(surface(page)).toBeFocused();
  await page.reload();
  await saved(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: /^Skip/ })).toBeFocused();
  await expect(page.getByRole("link", { name: /^Skip/ })).toBeInViewport();
  const unseen: string[] = [];
  for (let turn = 0; turn < 14; turn += 1) {
    await page.keyboard.press("Tab");
    if (!(await ring())) unseen.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? ""));
  }
  expect(unseen).toEqual([]);

  const regions: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await page.keyboard.press("F6");
    regions.push(
      await page.evaluate(() => {
        const at = document.activeElement?.closest("[data-region]");
        return at === null || at === undefined ? "none" : String([...document.querySelectorAll("[data-region]")].indexOf(at));
      }),
    );
  }
  expect(new Set(regions)).toEqual(new Set(["0", "1", "2", "3"]));
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("F6");

  // On the surface: an item by keys, its text, and out again step by step.
  for (let turn = 0; turn < 5 && !(await surface(page).evaluate((each) => each.contains(document.activeElement))); turn += 1) {
    await page.keyboard.press("F6");
  }
  await page.keyboard.press(".");
  await expect(surface(page).getByRole("group").and(page.locator(":focus"))).toHaveCount(1);
  await page.keyboard.press("F2");
  await expect(surface(page).getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(surface(page).getByRole("textbox")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(surface(page).locator(":focus").or(surface(page).and(page.locator(":focus")))).toHaveCount(1);
});
