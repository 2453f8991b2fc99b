// Facilitators lead three teams from one page: by mouse and by keyboard, two at once, and one goes on when the other is gone.
import type { Locator, Page } from "@playwright/test";
import { item, place } from "./board.ts";
import { both, clean, fits } from "./look.ts";
import { expect, saved, test } from "./people.ts";
import type { Person } from "./people.ts";
import type { Server } from "./server.ts";
import { begin, boardOf, callAll, type Held, tellBoard, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

const card = (page: Page, team: number): Locator => page.getByRole("article", { name: `Team ${team}` });
const all = (page: Page): Locator => page.getByRole("region", { name: "All teams" });
const button = (where: Locator, name: string | RegExp): Locator => where.getByRole("button", { name });
/** Seconds on a card's clock. */
async function seconds(page: Page, team: number): Promise<number> {
  const text = (await card(page, team).textContent()) ?? "";
  const [, minutes = "0", rest = "0"] = /Time left:\s*(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(rest);
}

/** Comes in by a link of the series, to its page. */
async function facilitator(person: Person, server: Server, held: Held): Promise<Page> {
  const { url } = (await server.api("POST", `/api/series/${held.series}/invites`, { role: "facilitator" })) as { url: string };
  const { page } = person;
  await page.goto(url);
  await page.getByRole("main").getByRole("textbox").fill(person.name);
  await page.getByRole("main").locator("form button").click();
  await page.getByRole("link", { name: "Control room" }).click();
  await expect(page).toHaveURL(/\/control$/);
  await expect(page.getByRole("article")).toHaveCount(held.teams.length);
  return page;
}

test("two facilitators see the same, one is first, and either goes on alone", async ({ somebody, member, server }) => {
  const held = await workshop(server, { teams: 3 });
  await begin(server, held);
  const aino = await member(boardOf(held, 0), "Aino", "participant");
  const fanni = await somebody("Fanni");
  const kalle = await somebody("Kalle");
  const one = await facilitator(fanni, server, held);
  const two = await facilitator(kalle, server, held);

  // Who is there and what they do.
  await expect(card(one, 1)).toContainText("1 of 1 here");
  await place(aino.page, "Note", [300, 120], "Aino is here");
  await expect(card(one, 1)).toContainText("One new item a minute");
  await expect(card(two, 1)).toContainText("One new item a minute");
  await expect(card(one, 1).locator("img")).toBeVisible();
  await expect(card(one, 2)).toContainText("Nobody yet");

  // All teams begin the same part; one gets two minutes more; both see it.
  await button(all(one), "Next part: all teams").click();
  for (const page of [one, two]) await expect(all(page)).toContainText("Everybody is in part 1 of 3: Check-in");
  const before = await seconds(two, 3);
  await button(card(one, 2), "+2 min: Team 2").click();
  await expect.poll(() => seconds(two, 2)).toBeGreaterThan(before + 60);
  expect(await seconds(two, 3)).toBeLessThanOrEqual(before);

  // A message to one team is on its board.
  await button(card(two, 1), "Message: Team 1").click();
  await two.getByRole("dialog").getByRole("textbox").fill("Five minutes left");
  await two.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await expect(two.getByRole("dialog")).toHaveCount(0);
  await expect(card(one, 1)).toContainText("Five minutes left");

  // Somebody was first: who, is told, and the part is not skipped over.
  const late = new Promise<void>((resolve) => {
    void one.route("**/workshops/*/commands", async (route) => {
      await callAll(server, held, { type: "nextPart" });
      await route.continue();
      resolve();
    });
  });
  await button(all(one), "Next part: all teams").click();
  await late;
  await expect(one.locator("body")).toContainText(/was first/);
  await expect(all(one)).toContainText("Everybody is in part 2 of 3: Steps");
  await one.unroute("**/workshops/*/commands");

  // One browser dies; the other leads on, and sees who has left.
  await fanni.context.close();
  await aino.context.close();
  await expect(card(two, 1)).toContainText("Away: Aino");
  await button(all(two), "Pause editing: all teams").click();
  for (const team of [1, 2, 3]) await expect(card(two, team)).toContainText("Editing paused");
  await button(card(two, 3), "Resume editing: Team 3").click();
  await expect(card(two, 3)).not.toContainText("Editing paused");
  await card(two, 3).getByRole("link", { name: "Open the board: Team 3" }).click();
  await expect(two).toHaveURL(new RegExp(boardOf(held, 2)));
  await two.getByRole("link", { name: "Control room" }).click();
  await expect(card(two, 1)).toContainText("Editing paused");
});

test("by keyboard alone, in cards and as a table", async ({ somebody, server }) => {
  const held = await workshop(server, { teams: 3 });
  await begin(server, held);
  await callAll(server, held, { type: "nextPart" });
  const page = await facilitator(await somebody("Fanni"), server, held);
  await expect(card(page, 3)).toContainText("Part 1/3");
  const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);
  const tabTo = async (name: string): Promise<void> => {
    for (let tries = 0; (await focused()) !== name; tries += 1) {
      expect(tries, `no way to ${name}`).toBeLessThan(40);
      await page.keyboard.press("Tab");
    }
  };
  // One stop a team; arrows within it, and to the same button of the next team.
  await tabTo("Open the board: Team 1");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Open the board: Team 2");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toBe("+2 min: Team 2");
  const before = await seconds(page, 2);
  await page.keyboard.press("Enter");
  await expect.poll(() => seconds(page, 2)).toBeGreaterThan(before + 60);
  expect(await focused(), "what comes in moves no focus").toBe("+2 min: Team 2");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("+2 min: Team 3");
  await page.keyboard.press("End");
  expect(await focused()).toBe("Message: Team 3");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(card(page, 3)).toContainText("Editing paused");
  expect(await focused()).toBe("Resume editing: Team 3");

  await page.getByRole("button", { name: "Table" }).press("Enter");
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^Team 3/ }) });
  await expect(row).toContainText("Editing paused");
  await tabTo("Open the board: Team 1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(row).not.toContainText("Editing paused");
  await page.reload();
  await expect(page.getByRole("table").first()).toContainText("Team 3");
});

test("help in all teams, and how it all looks", async ({ somebody, member, server }) => {
  const held = await workshop(server, { teams: 6 });
  await begin(server, held);
  await callAll(server, held, { type: "nextPart" });
  await tellBoard(server, boardOf(held, 1), { type: "pause" });
  const liisa = await member(boardOf(held, 3), "Liisa", "participant");
  const person = await somebody("Fanni", { viewport: { width: 1366, height: 768 } });
  const page = await facilitator(person, server, held);
  await expect(card(page, 6).locator("img")).toBeVisible();
  const bottom = () => card(page, 6).evaluate((element) => element.getBoundingClientRect().bottom + scrollY);
  expect(await bottom(), "six teams are seen at once").toBeLessThanOrEqual(768);

  // Liisa asks; the one who says that she goes is told to all.
  await liisa.page.evaluate(async (board) => {
    const headers = { "content-type": "application/json" };
    await fetch(`/api/boards/${board}/commands`, { method: "POST", headers, body: JSON.stringify({ type: "askHelp", text: "Which lane?" }) });
  }, boardOf(held, 3));
  const help = page.getByRole("region", { name: /^Asking for help/ });
  await expect(help).toContainText("Which lane?");
  expect(await bottom(), "and while help is asked for").toBeLessThanOrEqual(768);
  await expect(card(page, 4)).toContainText("Help is asked for");
  await help.getByRole("button", { name: "I will go: Liisa, Team 4" }).click();
  await expect(help).toContainText("Fanni is coming");
  await both(page, "control room");
  await page.getByRole("button", { name: "Message: all teams" }).click();
  await both(page, "message", "dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Table" }).click();
  await both(page, "control room, table");
  for (const [width, height] of [[640, 600], [320, 640]] as const) {
    await page.setViewportSize({ width, height });
    await fits(page, `control room, table, ${width}`);
    await page.getByRole("button", { name: "Cards" }).click();
    await fits(page, `control room, ${width}`);
    await page.getByRole("button", { name: "Table" }).click();
  }
  await page.emulateMedia({ forcedColors: "active" });
  await clean(page, "control room, forced colours");
  await page.emulateMedia({ forcedColors: "none" });
  await help.getByRole("button", { name: "Helped: Liisa, Team 4" }).click();
  await expect(help).toHaveCount(0);
});

test("what was written in silence is revealed from the control room: for one team, then for all", async ({ somebody, member, server }) => {
  const may = { add: ["note"], editOwn: true };
  const held = await workshop(server, { teams: 3, parts: [{ title: { fi: "", sv: "", en: "Ideas" }, minutes: 6, writing: "silent", may }] });
  await begin(server, held);
  await callAll(server, held, { type: "nextPart" });
  const page = await facilitator(await somebody("Fanni"), server, held);
  const writers = [];
  for (const at of [0, 1]) {
    const writer = await member(boardOf(held, at), `Writer ${at + 1}`, "participant");
    await place(writer.page, "Note", [300, 160], `Thought ${at + 1}`);
    await saved(writer.page);
    await expect(item(writer.page, "Note", "Thought")).toHaveAccessibleName(/only you see this/);
    writers.push(writer.page);
  }
  await expect(card(page, 1)).toContainText("Silent writing");
  await button(card(page, 1), /^Reveal what was written in silence: Team 1/).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Reveal what was written in silence: Team 1" });
  await expect(dialog).toContainText("This cannot be undone.");
  await clean(page, "before it is revealed");
  await dialog.getByRole("button", { name: "Reveal" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(button(card(page, 1), /^Reveal/)).toHaveCount(0);
  const [one, two] = writers as [Page, Page];
  await expect(item(one, "Note", "Thought 1")).not.toHaveAccessibleName(/only you see this/);
  await expect(item(two, "Note", "Thought 2"), "not theirs").toHaveAccessibleName(/only you see this/);

  await button(all(page), "Reveal what was written in silence: all teams").click();
  await page.getByRole("dialog").getByRole("button", { name: "Reveal" }).click();
  await expect(item(two, "Note", "Thought 2")).not.toHaveAccessibleName(/only you see this/);
  await expect(button(all(page), /^Reveal/)).toHaveCount(0);
  await expect(card(page, 3)).not.toContainText("Not revealed yet");
});
