// Every view, dialog and kind of panel under axe: light and dark, forced colours, three languages, 320 × 640.
import type { Page } from "@playwright/test";
import { both, clean, fits } from "./look.ts";
import { expect, saved, test } from "./people.ts";
import type { Server } from "./server.ts";

test.describe.configure({ timeout: 300_000 });

interface Series {
  readonly id: string;
  readonly teams: readonly { readonly name: string; readonly board: string }[];
}
interface File {
  readonly items: readonly { readonly id: string; readonly kind: string; readonly text: string }[];
  readonly links: readonly { readonly id: string; readonly kind: string }[];
}

/** The demo series, the board of its first team, and a snapshot of that. */
async function whole(server: Server): Promise<{ series: string; team: string; board: string; snapshot: string }> {
  const { id, teams } = (await server.api("POST", "/api/series/demo", {})) as Series;
  const [first] = teams;
  if (first === undefined) throw new Error("the demo has teams");
  const line = (await server.api("POST", `/api/boards/${first.board}/snapshots`, { name: "Nykytila" })) as { id: string };
  return { series: id, team: first.name, board: first.board, snapshot: line.id };
}
async function openBoard(page: Page, server: Server, board: string): Promise<void> {
  await page.goto(`${server.url}/board/${board}`);
  await saved(page);
}
/** Opens a dialog by a button, looks at it, and leaves it by Esc. */
async function dialog(page: Page, name: string | RegExp, look: (where: string) => Promise<void>, more?: () => Promise<void>): Promise<void> {
  const open = page.getByRole("button", { name }).first();
  await open.click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await more?.();
  await look(`dialog ${name}`);
  await page.keyboard.press("Escape");
  const leave = page.getByRole("dialog").getByRole("button", { name: "Throw the changes away" });
  await expect(page.getByRole("dialog").filter({ hasNot: leave })).toHaveCount(0);
  if ((await leave.count()) > 0) await leave.click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
/** A note is added, so that there is something to compare. */
async function change(page: Page): Promise<void> {
  await page.getByRole("toolbar").getByRole("button", { name: "Note", exact: true }).click();
  await page.mouse.click(700, 120);
  await page.keyboard.type("Lisätty");
  await page.keyboard.press("Escape");
  await saved(page);
}
const inviteMade = (page: Page) => async (): Promise<void> => {
  await page.getByRole("dialog").getByRole("button", { name: "Make an invitation link" }).click();
  await expect(page.getByRole("dialog").getByRole("img", { name: /QR/ })).toBeVisible();
};

test("home, the series and its dialogs", async ({ owner, server }) => {
  const { series, team } = await whole(server);
  const { page } = await owner();
  const look = (where: string) => both(page, where);
  await expect(page.getByRole("heading", { level: 2, name: "Workshop series" })).toBeVisible();
  await look("home");
  await dialog(page, /^New workshop series/, look, async () => {
    await page.getByRole("dialog").getByRole("button", { name: "Make the series" }).click();
    await expect(page.getByRole("dialog").locator("[aria-invalid=true]").first()).toBeFocused();
  });
  await dialog(page, /^New board/, look);
  await page.goto(`${server.url}/series/${series}`);
  await expect(page.getByRole("heading", { level: 2, name: "Organisations" })).toBeVisible();
  await look("series");
  await dialog(page, "Edit the series", look);
  await dialog(page, "Invite to the series", look, inviteMade(page));
  await dialog(page, "Add a team", look);
  await dialog(page, `Invite to the team ${team}`, look, inviteMade(page));
  await dialog(page, `Edit the team ${team}`, look);
  await dialog(page, "Add an organisation", look);
});

test("joining by a team's link, and what the board says of the challenge", async ({ somebody, server }) => {
  const { board } = await whole(server);
  const { page } = await somebody("Tiimiläinen");
  await page.goto(await server.invite(board, "participant"));
  await expect(page.getByRole("main")).toContainText("You are invited to the team");
  await both(page, "join a team");
  await page.getByRole("main").getByRole("textbox").fill("Tiimiläinen");
  await page.getByRole("main").locator("form button").click();
  await saved(page);
  await dialog(page, "Challenge", (where) => both(page, where));
});

test("the board: its views, a panel for every kind, palette, search, sharing, taking home, help", async ({ owner, server }) => {
  const { board } = await whole(server);
  const { page } = await owner();
  await openBoard(page, server, board);
  await both(page, "canvas");
  for (const name of ["Both", "Outline view"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await both(page, name);
  }
  await page.getByRole("button", { name: "Select several" }).click();
  await page.getByRole("checkbox", { name: /^Select:/ }).first().check();
  await page.getByRole("button", { name: "Follow the process" }).click();
  await both(page, "outline, several chosen and the way", "section[data-region]");
  await page.getByRole("button", { name: "Canvas view" }).click();

  const { items, links } = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  const kinds = new Map([...items, ...links].map((each) => [each.kind, each.id]));
  for (const [kind, id] of kinds) {
    if (kind === "pin") continue;
    await page.evaluate((hash) => void (location.hash = hash), `#object=${id}`);
    await expect(page.getByRole("complementary")).toBeVisible();
    await both(page, `panel of ${kind}`, "aside");
  }
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "All actions" })).toBeVisible();
  await both(page, "palette");
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar").getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("a");
  await both(page, "search");
  await page.keyboard.press("Escape");

  const look = (where: string) => both(page, where, "dialog");
  await dialog(page, "Share", look, inviteMade(page));
  await dialog(page, "Help (F1)", look);
  await dialog(page, "Challenge", look);
  await page.getByRole("button", { name: "Take home" }).click();
  await both(page, "take home, the menu");
  await page.getByRole("menuitem", { name: "Snapshots…" }).click();
  await expect(page.getByRole("dialog").getByText("Nykytila")).toBeVisible();
  await look("snapshots");
  await page.getByRole("button", { name: "Actions: Nykytila" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await look("snapshots, sure to delete");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take home" }).click();
  await page.getByRole("menuitem", { name: "Export as a file…" }).click();
  await look("export");
  await page.getByRole("button", { name: "Make the file" }).click();
  await page.getByRole("button", { name: "Show as text" }).click();
  await look("export, ready");
});

test("a snapshot, comparing, the statement; forced colours", async ({ owner, server }) => {
  const { series, board, snapshot } = await whole(server);
  const { page } = await owner();
  await openBoard(page, server, board);
  await change(page);
  const paths = [`/board/${board}/snapshot/${snapshot}`, `/board/${board}/compare/${snapshot}`, "/accessibility"];
  const ready = async (path: string): Promise<void> => {
    await page.goto(server.url + path);
    if (path.includes("compare")) await expect(page.getByText(/\d added, \d changed, \d removed/)).toBeVisible();
    else if (path.startsWith("/board") && !path.includes("snapshot")) await saved(page);
    else await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  };
  for (const path of paths) {
    await ready(path);
    await both(page, path);
    if (!path.includes("snapshot")) continue;
    await page.getByRole("button", { name: "Outline view" }).click();
    await both(page, `${path}, outline`);
    await page.getByRole("button", { name: "Canvas view" }).click();
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  for (const path of ["/", `/series/${series}`, `/board/${board}`, ...paths]) {
    await ready(path);
    await clean(page, `${path}, forced colours`);
  }
});

for (const locale of ["fi-FI", "sv-FI"]) {
  test(`the main views in ${locale}`, async ({ owner, server }) => {
    const { series, board, snapshot } = await whole(server);
    const { page } = await owner({ locale });
    for (const path of ["/", `/series/${series}`, `/board/${board}`, `/board/${board}/snapshot/${snapshot}`, `/board/${board}/compare/${snapshot}`, "/accessibility"]) {
      await page.goto(server.url + path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      if (path === `/board/${board}`) await saved(page);
      await both(page, `${path}, ${locale}`);
    }
    await openBoard(page, server, board);
    await page.locator("header button.outline").click();
    await both(page, `outline, ${locale}`);
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog")).toBeVisible();
    await both(page, `help, ${locale}`, "dialog");
    expect(await page.locator("html").getAttribute("lang")).toBe(locale.slice(0, 2));
  });
}

test("at 320 × 640 all of it fits, and nothing scrolls sideways", async ({ owner, server, somebody }) => {
  const { series, team, board, snapshot } = await whole(server);
  const { page } = await owner({ viewport: { width: 320, height: 640 } });
  const look = async (where: string): Promise<void> => {
    await fits(page, where);
    await clean(page, `${where}, 320`);
  };
  const entry = async (name: string): Promise<void> => {
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("menuitem", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  };
  await look("home");
  await dialog(page, /^New workshop series/, look);
  await page.goto(`${server.url}/series/${series}`);
  await expect(page.getByRole("heading", { level: 2, name: "Organisations" })).toBeVisible();
  await look("series");
  await dialog(page, "Edit the series", look);
  await dialog(page, `Invite to the team ${team}`, look, inviteMade(page));
  await dialog(page, `Edit the team ${team}`, look);
  await openBoard(page, server, board);
  await page.getByRole("button", { name: "Canvas view" }).click();
  await look("canvas");
  const { items } = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  const step = items.find((each) => each.kind === "step");
  await page.evaluate((hash) => void (location.hash = hash), `#object=${step?.id}`);
  await page.getByRole("button", { name: "Details", exact: true }).click();
  await expect(page.getByRole("complementary")).toBeVisible();
  await look("panel");
  await page.getByRole("button", { name: "Close the details" }).click();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Outline view" }).click();
  await look("outline");
  await page.getByRole("button", { name: "Follow the process" }).click();
  await look("the way");
  for (const name of ["Share", "Challenge", "Export as a file…", "Snapshots…"]) {
    await entry(name);
    if (name === "Share") await inviteMade(page)();
    await look(name);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.keyboard.press("F1");
  await look("help");
  await page.keyboard.press("Escape");
  for (const path of [`snapshot/${snapshot}`, `compare/${snapshot}`]) {
    await page.goto(`${server.url}/board/${board}/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await look(path);
  }
  await page.goto(`${server.url}/accessibility`);
  await look("statement");
  const guest = await somebody("Puhelin", { viewport: { width: 320, height: 640 } });
  await guest.page.goto(await server.invite(board, "participant"));
  await expect(guest.page.getByRole("main")).toContainText("You are invited to the team");
  await fits(guest.page, "join");
  await clean(guest.page, "join, 320");
});
