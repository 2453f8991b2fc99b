// Workshops of a series and their agendas: made, ordered, edited and made to fit; two who save at once lose nothing.
import { type Locator, type Page } from "@playwright/test";
import { both, clean, fits } from "./look.ts";
import { expect, test } from "./people.ts";
import { facilitate, names, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

const dialog = (page: Page, name: string): Locator => page.getByRole("dialog", { name });
const list = (page: Page): Locator => page.getByRole("region", { name: "Workshops" });
const row = (page: Page, name: string): Locator => page.getByRole("row").filter({ hasText: name });
const rows = (page: Page): Locator => page.getByRole("table").getByRole("rowheader");
const minutes = (page: Page, name: string): Locator => page.getByRole("textbox", { name: `Minutes: ${name}` });
const act = async (page: Page, name: string, entry: string): Promise<void> => {
  await page.getByRole("button", { name: `Actions: ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: entry }).click();
};

test("workshops are added, changed, ordered and deleted on the page of the series", async ({ owner, server }) => {
  const held = await workshop(server, { teams: 1, date: "2027-05-04", begins: "09:00" });
  const { page } = await owner();
  await page.goto(`${server.url}/series/${held.series}`);
  await expect(list(page).getByRole("listitem")).toContainText(["Workshop 2"]);
  await expect(list(page)).toContainText(/4 May 2027, 0?9[:.]00–0?9[:.]33/);
  await list(page).getByRole("button", { name: "Add a workshop" }).click();
  const form = dialog(page, "Add a workshop");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form).toContainText("Give the workshop a name in at least one language.");
  await form.getByRole("textbox", { name: /^Name in English/ }).fill("Kick-off");
  await form.getByRole("combobox", { name: "Kind" }).selectOption({ label: "Kick-off" });
  await form.getByRole("combobox", { name: "Where" }).selectOption({ label: "In person" });
  await form.getByLabel("Begins at").fill("13:00");
  await both(page, "the form of a workshop", "dialog");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form).toHaveCount(0);
  // The ready agenda: three hours, and an open door before them.
  await expect(list(page).getByRole("listitem").nth(1)).toContainText(/Kick-off · In person .*180 min/);
  await list(page).getByRole("button", { name: "Move earlier: Kick-off" }).click();
  await expect(list(page).getByRole("heading")).toContainText(["Workshops", "Kick-off", "Workshop 2"]);
  await both(page, "the series with workshops");
  await list(page).getByRole("button", { name: "Delete the workshop Kick-off" }).click();
  await list(page).getByRole("button", { name: "Delete", exact: true }).click();
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
});

test("an agenda: a shorter part brings the rest forward, parts are added, moved and made to fit; nothing is kept before it is saved", async ({ somebody, server }) => {
  const held = await workshop(server, { teams: 1, begins: "09:00" });
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const { page } = fanni;
  await page.goto(`${server.url}/series/${held.series}`);
  await list(page).getByRole("link", { name: "Workshop 2" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Workshop 2" })).toBeVisible();
  await expect(row(page, "Break")).toContainText(/0?9[:.]23/);
  await expect(row(page, "Steps")).toContainText("Participants can add: process step.");
  await both(page, "the agenda");
  await minutes(page, "Check-in").fill("3");
  await expect(row(page, "Break")).toContainText(/0?9[:.]18/);
  await expect(page.getByText("28 min in all")).toBeVisible();
  await minutes(page, "Check-in").fill("0");
  await expect(minutes(page, "Check-in")).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Save the agenda" }).click();
  await expect(page.getByText("Write a whole number from 1 to 480 as the minutes of each part.")).toBeVisible();
  await minutes(page, "Check-in").fill("8");

  await act(page, "Check-in", "Add a part after this…");
  const form = dialog(page, "New part");
  await form.getByRole("textbox", { name: /^Name in Swedish/ }).fill("Omröstning");
  await form.getByRole("textbox", { name: /^Name in English/ }).fill("Vote");
  await form.getByRole("textbox", { name: "Instruction in English" }).fill("Five votes each.");
  await form.getByRole("textbox", { name: /^Minutes/ }).fill("6");
  await form.getByRole("radio", { name: "Only what is chosen here" }).check();
  for (const name of ["edit everything", "move", "connect with arrows", "delete their own objects"]) {
    await form.getByRole("checkbox", { name, exact: true }).uncheck();
  }
  await form.getByRole("checkbox", { name: "vote", exact: true }).check();
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form).toContainText("Choose a way to vote, or take voting away.");
  await form.getByRole("combobox", { name: "Voting" }).selectOption({ label: "Dot vote" });
  await both(page, "the form of a part", "dialog");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form).toHaveCount(0);
  await expect(rows(page)).toContainText(["Check-in", "Vote", "Steps", "Break"]);
  await expect(row(page, "Vote")).toContainText("Participants can vote. Dot vote.");
  await act(page, "Vote", "Move later");
  await expect(rows(page)).toContainText(["Check-in", "Steps", "Vote", "Break"]);
  await expect(page.getByRole("button", { name: "Actions: Vote" })).toBeFocused();
  // Not saved: another look at the page has what was.
  expect(((await server.api("GET", `/api/series/${held.series}/workshops/${held.workshop}`)) as { version: number }).version).toBe(2);

  // 39 minutes; only Steps may shrink, from 15 to 10.
  const fit = page.getByRole("form", { name: "Make it fit this many minutes" });
  await fit.getByRole("textbox").fill("36");
  await fit.getByRole("button", { name: "Fit" }).click();
  await expect(minutes(page, "Steps")).toHaveValue("12");
  await fit.getByRole("textbox").fill("20");
  await fit.getByRole("button", { name: "Fit" }).click();
  await expect(page.getByText("Even at the least it takes 34 minutes.").first()).toBeVisible();
  await expect(minutes(page, "Steps")).toHaveValue("10");
  await page.getByRole("button", { name: "Save the agenda" }).click();
  await expect(page.getByText("The agenda is saved.").first()).toBeVisible();
  await act(page, "Vote", "Delete the part");
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Discard the changes" }).click();
  await expect(rows(page)).toContainText(["Check-in", "Steps", "Vote", "Break"]);
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page, "the agenda on a phone");
  await clean(page, "the agenda, 320");
});

test("two save at once: what one wrote is not lost, and both versions are told apart", async ({ somebody, server }) => {
  const held = await workshop(server, { teams: 1 });
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const { page } = fanni;
  await page.goto(`${server.url}/series/${held.series}/workshop/${held.workshop}`);
  await minutes(page, "Break").fill("20");
  const path = `/api/series/${held.series}/workshops/${held.workshop}`;
  const { agenda, version } = (await server.api("GET", path)) as { agenda: (object & { title: { en: string }; starts: number })[]; version: number };
  const others = agenda.slice(0, 2).map(({ starts: _starts, ...part }) => (part.title.en === "Steps" ? { ...part, minutes: 25 } : part));
  await server.api("PUT", `${path}/agenda`, { version, parts: [...others, { title: names("Close"), minutes: 3 }] });

  await page.getByRole("button", { name: "Save the agenda" }).click();
  const conflict = page.getByRole("region", { name: "Somebody else has saved the agenda meanwhile" });
  await expect(conflict.getByRole("listitem")).toHaveText(["Added: Close", "Deleted: Break", "Changed: Steps"]);
  await expect(minutes(page, "Break"), "what was written is still here").toHaveValue("20");
  await both(page, "a conflict");
  await conflict.getByRole("button", { name: "Save mine in its place" }).click();
  await expect(page.getByText("The agenda is saved.").first()).toBeVisible();
  const kept = (await server.api("GET", path)) as { agenda: { title: { en: string }; minutes: number }[] };
  expect(kept.agenda.map((part) => [part.title.en, part.minutes])).toEqual([["Check-in", 8], ["Steps", 15], ["Break", 20]]);
});

test("leaving with changes that are not kept asks first, by link and by Back", async ({ somebody, server }) => {
  const held = await workshop(server, { teams: 1 });
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const { page } = fanni;
  await page.goto(`${server.url}/series/${held.series}`);
  await list(page).getByRole("link", { name: "Workshop 2" }).click();
  const minutes = page.getByRole("textbox", { name: "Minutes: Steps" });
  await minutes.fill("12");
  const asked: string[] = [];
  let answer = false;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss());
  });
  await page.getByRole("link", { name: "Autumn refinery" }).click();
  await page.goBack({ waitUntil: "commit" }).catch(() => null);
  await expect.poll(() => asked.length).toBe(2);
  await expect(page).toHaveURL(new RegExp(`/workshop/${held.workshop}$`));
  await expect(minutes).toHaveValue("12");
  answer = true;
  await page.getByRole("link", { name: "Autumn refinery" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Autumn refinery" })).toBeVisible();
  expect(asked[0]).toContain("not saved");
  // Nothing holds one any more.
  await page.goBack();
  await expect(minutes).toHaveValue("15");
  expect(asked).toHaveLength(3);
});
