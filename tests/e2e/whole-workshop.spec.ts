// A workshop from the lobby to its end with six teams: the lead by the keyboard alone in the control room, another facilitator by
// mouse at a board, three people on the first team (by mouse, by keyboard on the board, in the outline), one on each of the others.
import type { Locator, Page } from "@playwright/test";
import { field, item, place, surface } from "./board.ts";
import { hears, listenTo, outline, press, row } from "./keyboard.ts";
import { type Person, expect, onBoard, saved, test } from "./people.ts";
import { boardOf, facilitate, names, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 300_000 });

const may = { add: ["note"], editOwn: true, deleteOwn: true };
const PARTS = [
  { title: names("Open door"), minutes: 15, early: true, may },
  { title: names("Ideas"), minutes: 6, writing: "silent", may },
  { title: names("Choice"), minutes: 5, may: { vote: true }, vote: { method: "dots", votes: 3, most: 2 }, voteOn: ["note"] },
  { title: names("Feedback"), minutes: 5, may: {} },
];
const card = (page: Page, team: number): Locator => page.getByRole("article", { name: `Team ${team}` });
const all = (page: Page): Locator => page.getByRole("region", { name: "All teams" });
const votes = (page: Page): Locator => page.getByRole("complementary", { name: "Votes" });
const notes = (page: Page): Locator => surface(page).getByRole("group", { name: /^Note: / });

test("six teams hold a workshop from the lobby to the end", async ({ owner, somebody, server }) => {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Helsinki" }).format(new Date());
  const held = await workshop(server, { teams: 6, parts: PARTS, date, begins: "09:00" });
  await owner();
  const fanni = await somebody("Fanni", { viewport: { width: 1366, height: 768 } });
  await listenTo(fanni);
  const kalle = await somebody("Kalle");

  // The lobby, and past it.
  const people: Person[] = [];
  for (const [name, team] of [["Aino", 0], ["Bengt", 0], ["Sari", 0], ["Mikko", 1], ["Pia", 2], ["Otto", 3], ["Liisa", 4], ["Eero", 5]] as const) {
    const person = await somebody(name);
    await person.page.goto(await server.invite(boardOf(held, team), "participant"));
    await person.page.getByRole("main").getByRole("textbox").fill(name);
    await person.page.keyboard.press("Enter");
    await person.page.getByRole("button", { name: "Go to the board" }).press("Enter");
    await onBoard(person.page);
    people.push(person);
  }
  const [aino, bengt, sari, ...others] = people as [Person, Person, Person, ...Person[]];

  // The lead begins it for all from the control room.
  const { url } = (await server.api("POST", `/api/series/${held.series}/invites`, { role: "facilitator" })) as { url: string };
  const { page: lead } = fanni;
  await lead.goto(url);
  await lead.keyboard.press("Tab");
  await lead.getByRole("main").getByRole("textbox").focus();
  await lead.keyboard.type("Fanni");
  await lead.keyboard.press("Enter");
  await press(lead, lead.getByRole("link", { name: "Control room" }));
  await expect(card(lead, 1)).toContainText("3 of 3 here");
  await expect(card(lead, 6)).toContainText("1 of 1 here");
  await press(lead, all(lead).getByRole("button", { name: "Start a workshop" }));
  await lead.keyboard.press("Enter");
  await expect(all(lead).getByRole("button", { name: "Next part: all teams" })).toBeVisible();
  const next = async (part: string): Promise<void> => {
    await press(lead, all(lead).getByRole("button", { name: "Next part: all teams" }));
    await expect(all(lead)).toContainText(part);
    for (const { page } of people) await expect(page.getByRole("region", { name: "Agenda" })).toContainText(part);
  };
  await next("Open door");
  await facilitate(kalle, server, held);

  // Ideas in silence: each in their own way; nobody has anybody else's.
  await next("Ideas");
  await place(aino.page, "Note", [300, 200], "By mouse");
  await press(bengt.page, bengt.page.getByRole("button", { name: "Outline view" }));
  await outline(bengt.page).getByRole("textbox", { name: "New note", exact: true }).focus();
  await bengt.page.keyboard.type("In the outline");
  await bengt.page.keyboard.press("Enter");
  for (const [at, { page }] of [sari, ...others].entries()) {
    await surface(page).focus();
    await page.keyboard.press("n");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(`By key ${at}`);
    await page.keyboard.press("Escape");
  }
  for (const { page } of people) await saved(page);
  for (const { page } of [aino, sari, ...others]) await expect(notes(page)).toHaveCount(1);
  await expect(notes(kalle.page)).toHaveCount(0);
  await expect(card(lead, 1)).toContainText("0 new items a minute");

  // Help: asked by keyboard, given by mouse; the lead sees who goes.
  await bengt.page.getByRole("button", { name: "Ask for help" }).press("Enter");
  await bengt.page.keyboard.type("What is an idea?");
  await bengt.page.keyboard.press("Enter");
  await hears(lead, "Bengt");
  await kalle.page.getByRole("button", { name: "One asks for help" }).click();
  const dialog = kalle.page.getByRole("dialog", { name: "Here now" });
  await dialog.getByRole("button", { name: "I'm coming to help Bengt" }).click();
  await expect(lead.getByRole("region", { name: /^Asking for help/ })).toContainText("Kalle is coming");
  await expect(bengt.page.getByRole("region", { name: "Attention and help" })).toContainText("Kalle is coming to help you.");
  await dialog.getByRole("button", { name: "Bengt has been helped" }).click();
  await kalle.page.keyboard.press("Escape");

  // All is revealed at once, on every board its own.
  await press(lead, all(lead).getByRole("button", { name: /^Reveal/ }));
  await press(lead, lead.getByRole("dialog").getByRole("button", { name: "Reveal" }));
  for (const { page } of [aino, sari, kalle]) await expect(notes(page)).toHaveCount(3);
  await expect(row(bengt.page, "By mouse")).toBeVisible();
  for (const { page } of others) await expect(notes(page)).toHaveCount(1);
  await aino.page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Show" }).click();
  await expect(item(aino.page, "Note", "In the outline")).toBeInViewport();
  await press(lead, all(lead).getByRole("button", { name: "Message: all teams" }));
  await lead.keyboard.type("Well done");
  await press(lead, lead.getByRole("dialog").getByRole("button", { name: "Send" }));
  for (const { page } of people) await expect(page.getByText("Well done").first()).toBeVisible();

  // A vote on all boards, opened by mouse; three ways to vote; closed from the control room.
  await next("Choice");
  await kalle.page.getByRole("button", { name: "Votes", exact: true }).click();
  await votes(kalle.page).getByRole("checkbox", { name: "Open for all teams of the workshop" }).check();
  await votes(kalle.page).getByRole("button", { name: "Open the vote" }).click();
  await expect(aino.page.getByText("Votes left: 3")).toBeVisible();
  await item(aino.page, "Note", "In the outline").click();
  await aino.page.getByRole("group", { name: "Votes for: In the outline" }).first().getByRole("button", { name: /^Give a vote/ }).click();
  await press(bengt.page, bengt.page.getByRole("button", { name: "My votes" }));
  await press(bengt.page, votes(bengt.page).getByRole("button", { name: "Give a vote: In the outline" }));
  await surface(sari.page).focus();
  await sari.page.keyboard.press(".");
  await sari.page.keyboard.press("v");
  await expect(sari.page.getByText("Votes left: 2")).toBeVisible();
  await expect(votes(bengt.page)).toContainText("Your ballot is saved.");
  await press(bengt.page, votes(bengt.page).getByRole("button", { name: "I am done" }));
  await expect(card(lead, 1)).toContainText("Voting: 1 of 3 done");
  await press(lead, all(lead).getByRole("button", { name: "Close the vote: all teams" }));
  await press(lead, lead.getByRole("dialog").getByRole("button", { name: "Close the vote" }));
  const results = votes(bengt.page).getByRole("region", { name: "Results" });
  await expect(results.getByRole("row").nth(1)).toContainText("In the outline");
  await expect(results).toContainText("3 of 3 voted.");

  // Feedback without names, from all teams.
  await next("Feedback");
  const surveys = kalle.page.getByRole("region", { name: "Feedback and pulse" });
  await surveys.getByRole("button", { name: "Open: Feedback on the workshop" }).click();
  for (const { page } of people) {
    await page.getByRole("button", { name: "Answer", exact: true }).press("Enter");
    const form = page.getByRole("dialog", { name: "Feedback on the workshop" });
    await form.getByRole("radio", { name: "5" }).first().check();
    await form.getByRole("button", { name: "Send the answer" }).press("Enter");
    await expect(form).toHaveCount(0);
  }
  await expect(surveys).toContainText("8 of 8 answered");

  // The end; each board has its snapshots, and its result.
  await kalle.page.getByRole("banner").getByRole("button", { name: "Lead" }).click();
  const panel = kalle.page.getByRole("region", { name: "Lead" });
  await panel.getByRole("radio", { name: "All teams" }).check();
  await panel.getByRole("button", { name: "End the workshop" }).click();
  await panel.getByRole("button", { name: "End the workshop" }).first().click();
  await expect(all(lead)).toContainText("No workshop");
  for (const team of [0, 5]) {
    const snapshots = (await server.api("GET", `/api/boards/${boardOf(held, team)}/snapshots`)) as { kind: string }[];
    const kinds = snapshots.map(({ kind }) => kind);
    expect([kinds.filter((kind) => kind === "part").length, kinds.filter((kind) => kind === "workshop").length]).toEqual([4, 1]);
  }
  for (const { page } of people) await expect(page.getByText("The workshop has ended.").first()).toBeAttached();
});
