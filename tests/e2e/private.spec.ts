// Silent writing: what people write is only theirs until a facilitator reveals it; by mouse, by keyboard in the outline, and offline.
import { type Page } from "@playwright/test";
import { field, item, place, surface } from "./board.ts";
import { hears, line, listenTo, outline, row } from "./keyboard.ts";
import { both, clean, fits } from "./look.ts";
import { expect, saved, test } from "./people.ts";
import type { Server } from "./server.ts";
import { begin, boardOf, callAll, names, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

/** A team's board on which a silent part runs. */
async function silent(server: Server, naming: "named" | "anonymous"): Promise<string> {
  const may = { add: ["note"], editOwn: true, deleteOwn: true };
  const held = await workshop(server, {
    teams: 1,
    parts: [{ title: names("Ideas"), minutes: 6, writing: "silent", naming, may }],
  });
  await begin(server, held);
  await callAll(server, held, { type: "nextPart" });
  return boardOf(held);
}
const notes = (page: Page) => surface(page).getByRole("group", { name: /^Note: / });
const control = (page: Page) => page.getByRole("region", { name: "Silent writing" });
const ONLY_ME = "Only you see what you write until the facilitator reveals it.";

test("two write by mouse, a facilitator reveals, and one of them goes on in the middle of a word", async ({ member, server }) => {
  const board = await silent(server, "named");
  const fanni = await member(board, "Fanni", "facilitator");
  const aino = await member(board, "Aino", "participant");
  const otto = await member(board, "Otto", "participant");
  await expect(aino.page.getByText(ONLY_ME)).toBeVisible();
  await place(aino.page, "Note", [250, 200], "Ainon ajatus");
  await expect(item(aino.page, "Note", "Ainon ajatus")).toHaveAccessibleName(/only you see this/);
  await place(otto.page, "Note", [200, 240], "Oton ajatus");
  await expect(notes(otto.page)).toHaveCount(1);
  await saved(aino.page);
  await saved(otto.page);
  // Undo and redo are of what is one's own.
  await place(otto.page, "Note", [500, 420], "turha");
  // Its text first, then the note.
  await otto.page.keyboard.press("ControlOrMeta+z");
  await otto.page.keyboard.press("ControlOrMeta+z");
  await expect(notes(otto.page)).toHaveCount(1);
  await control(fanni.page).getByRole("button", { name: "Show how many have written" }).click();
  await expect(control(otto.page)).toContainText("2 have written");
  await expect(notes(fanni.page)).toHaveCount(0);
  await both(aino.page, "writing in silence");
  await both(fanni.page, "who reveals");
  await fanni.page.setViewportSize({ width: 320, height: 640 });
  await fits(fanni.page, "who reveals");
  await fanni.page.setViewportSize({ width: 1280, height: 720 });
  // Aino is in the middle of a sentence when it is revealed.
  await item(aino.page, "Note", "Ainon ajatus").dblclick();
  await expect(field(aino.page)).toBeFocused();
  await aino.page.keyboard.press("End");
  await aino.page.keyboard.type(" jatkuu");
  await control(fanni.page).getByRole("button", { name: "Reveal", exact: true }).click();
  await expect(item(aino.page, "Note", "Oton ajatus")).toBeVisible();
  await expect(field(aino.page)).toBeFocused();
  await aino.page.keyboard.type(" loppuun");
  await aino.page.keyboard.press("Escape");
  await saved(aino.page);
  for (const { page } of [aino, otto, fanni]) {
    await expect(item(page, "Note", "Ainon ajatus jatkuu loppuun")).toBeVisible();
    await expect(item(page, "Note", "Oton ajatus")).toBeVisible();
    await expect(notes(page)).toHaveCount(2);
  }
  // Whoever looks elsewhere is led there.
  await surface(fanni.page).hover();
  await fanni.page.mouse.wheel(4_000, 4_000);
  await expect(notes(fanni.page)).toHaveCount(0);
  const notices = fanni.page.getByRole("region", { name: "Messages" });
  await expect(notices).toContainText("Everybody sees now what was written in silence.");
  await notices.getByRole("button", { name: "Show" }).click();
  for (const text of ["Ainon ajatus", "Oton ajatus"]) await expect(item(fanni.page, "Note", text)).toBeInViewport();
  await expect(surface(fanni.page)).toBeFocused();
  await expect(notices).toBeHidden();
  await expect(item(aino.page, "Note", "Ainon ajatus")).not.toHaveAccessibleName(/only you see this/);
  await expect(aino.page.getByText(ONLY_ME)).toHaveCount(0);
  // From now on it is written in the open.
  await place(aino.page, "Note", [300, 500], "Avoin");
  await expect(item(otto.page, "Note", "Avoin")).toBeVisible();
});

test("by keyboard in the outline, and revealed from the palette: everybody hears it", async ({ member, server, somebody }) => {
  const board = await silent(server, "named");
  const fanni = await member(board, "Fanni", "facilitator");
  const aino = await somebody("Aino");
  await listenTo(aino);
  const { page } = aino;
  await page.goto(await server.invite(board, "participant"));
  await page.getByRole("main").getByRole("textbox").fill("Aino");
  await page.keyboard.press("Enter");
  await saved(page);
  await page.getByRole("button", { name: "Outline view" }).press("Enter");
  await outline(page).getByRole("textbox", { name: "New note", exact: true }).focus();
  await page.keyboard.type("Hiljaa");
  await page.keyboard.press("Enter");
  await expect(row(page, "Hiljaa")).toBeVisible();
  await expect(line(page, "Hiljaa").locator("xpath=..")).toContainText("Only you");
  await saved(page);
  await clean(page, "the outline in silence");
  await row(page, "Hiljaa").focus();
  await fanni.page.getByRole("banner").first().focus();
  await fanni.page.keyboard.press("ControlOrMeta+k");
  await fanni.page.keyboard.type("Reveal what was written");
  await fanni.page.keyboard.press("Enter");
  await hears(page, "Everybody sees now what was written in silence.");
  await expect(row(page, "Hiljaa")).toBeFocused();
  await expect(page.getByText("Only you", { exact: true })).toHaveCount(0);
  await expect(item(fanni.page, "Note", "Hiljaa")).toBeVisible();
});

test("typed on through an anonymous reveal: it commands nothing, and nothing says who was writing", async ({ member, server }) => {
  const board = await silent(server, "anonymous");
  const fanni = await member(board, "Fanni", "facilitator");
  const aino = await member(board, "Aino", "participant");
  await place(aino.page, "Note", [250, 200], "Kesken");
  await saved(aino.page);
  await item(aino.page, "Note", "Kesken").dblclick();
  await expect(field(aino.page)).toBeFocused();
  await control(fanni.page).getByRole("button", { name: "Reveal", exact: true }).click();
  await expect(item(fanni.page, "Note", "Kesken")).toBeVisible();
  await expect(item(aino.page, "Note", "Kesken")).not.toHaveAccessibleName(/only you see this/);
  await expect(field(aino.page)).toBeHidden();
  // Letters that would make a note, a step, an obstacle, and vote.
  await aino.page.keyboard.type("n s e v ");
  await aino.page.keyboard.press("Escape");
  await expect(surface(aino.page).getByRole("group", { name: /^(Note|Step|Obstacle): / })).toHaveCount(1);
  await expect(field(aino.page)).toBeHidden();
  await expect(aino.page.getByText(/deleted the object|Its text is kept/)).toHaveCount(0);
  await expect(notes(fanni.page)).toHaveCount(1);
});

test("offline through an anonymous reveal: what came too late is told to its author and sent without a name", async ({ member, server }) => {
  const board = await silent(server, "anonymous");
  const fanni = await member(board, "Fanni", "facilitator");
  const aino = await member(board, "Aino", "participant");
  await expect(aino.page.getByText("Your name is not shown.")).toBeVisible();
  await place(aino.page, "Note", [250, 200], "Ajoissa");
  await saved(aino.page);
  await aino.context.setOffline(true);
  await place(aino.page, "Note", [500, 240], "Tunnelissa");
  await control(fanni.page).getByRole("button", { name: "Reveal", exact: true }).click();
  await expect(item(fanni.page, "Note", "Ajoissa")).toBeVisible();
  await expect(notes(fanni.page)).toHaveCount(1);
  await aino.context.setOffline(false);
  const tray = aino.page.getByRole("button", { name: /^Not saved/ });
  await expect(tray).toBeVisible();
  await expect(notes(aino.page)).toHaveCount(1);
  await tray.click();
  const dialog = aino.page.getByRole("dialog", { name: "Not saved" });
  await expect(dialog).toContainText("Tunnelissa");
  await expect(dialog).not.toContainText("Ajoissa");
  await clean(aino.page, "what came late");
  await dialog.getByRole("button", { name: "Send to be revealed" }).click();
  await aino.page.keyboard.press("Escape");
  await expect(item(aino.page, "Note", "Tunnelissa")).toHaveAccessibleName(/only you see this/);
  await saved(aino.page);
  await fanni.page.keyboard.press("ControlOrMeta+k");
  await fanni.page.keyboard.type("Reveal what came late");
  await fanni.page.keyboard.press("Enter");
  await expect(item(fanni.page, "Note", "Tunnelissa")).toBeVisible();
  await expect(notes(aino.page)).toHaveCount(2);
  await expect(item(aino.page, "Note", "Tunnelissa")).not.toHaveAccessibleName(/only you see this/);
});
