// A vote from opening to result: by mouse, by keyboard on the board, in the list; secret until it closes; and what everybody sees then.
import { type Locator, type Page } from "@playwright/test";
import { field, item } from "./board.ts";
import { fileId } from "./files.ts";
import { hears, listenTo, somewhere } from "./keyboard.ts";
import { both, clean, fits } from "./look.ts";
import { expect, join, test } from "./people.ts";
import type { Server } from "./server.ts";
import { begin, boardOf, facilitate, names, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 180_000 });

const TEXTS = ["The form is missing", "Nobody owns the whole", "Two registers disagree", "The law is unclear"];
const items = TEXTS.map((text, at) => ({
  id: fileId("o", at + 1),
  kind: "obstacle",
  text,
  at: [80 + (at % 2) * 260, 120 + Math.floor(at / 2) * 160],
}));

const votes = (page: Page): Locator => page.getByRole("complementary", { name: "Votes" });
const more = (within: Page | Locator, text: string): Locator => within.getByRole("button", { name: `Give a vote: ${text}` });
const left = (page: Page, n: number): Locator => votes(page).getByText(`Votes left: ${n}`, { exact: true });

/** Opens a dot vote in the form of the panel. */
async function open(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Votes", exact: true }).click();
  await votes(page).getByRole("textbox", { name: "Title of the vote" }).fill(title);
  await votes(page).getByRole("button", { name: "Open the vote" }).click();
  await expect(votes(page).getByRole("heading", { name: title })).toBeVisible();
}
const results = (page: Page): Locator => votes(page).getByRole("region", { name: "Results" });

async function wall(server: Server): Promise<string> {
  return server.board("Obstacles", { items });
}

test("three vote by mouse, by key and in the list; nobody sees anything before the facilitator closes it", async ({ member, somebody, server }) => {
  const board = await wall(server);
  const fanni = await member(board, "Fanni", "facilitator");
  const aino = await member(board, "Aino", "participant");
  const kalle = await somebody("Kalle");
  await listenTo(kalle);
  await join(kalle, await server.invite(board, "participant"));
  const onSurface = () => kalle.page.evaluate(() => document.activeElement?.closest("[data-region=surface]") instanceof Element);
  for (let turn = 0; turn < 8 && !(await onSurface()); turn += 1) await kalle.page.keyboard.press("F6");
  const sari = await member(board, "Sari", "participant");

  // Ahead of the form: a budget that makes no sense is not opened, and the form says why.
  await fanni.page.getByRole("button", { name: "Votes", exact: true }).click();
  await votes(fanni.page).getByRole("textbox", { name: "At most for one" }).fill("9");
  await votes(fanni.page).getByRole("button", { name: "Open the vote" }).click();
  await expect(votes(fanni.page)).toContainText("no more than a person has");
  await votes(fanni.page).getByRole("textbox", { name: "At most for one" }).fill("2");
  await clean(fanni.page, "the form of a new vote", "aside");
  await votes(fanni.page).getByRole("button", { name: "Close the votes" }).click();
  await open(fanni.page, "The worst obstacles");

  // By mouse: a card is chosen on the board, and given votes in the line above it.
  await expect(aino.page.getByText("Votes left: 5")).toBeVisible();
  await item(aino.page, "Obstacle", TEXTS[1] ?? "").click();
  const line = aino.page.getByRole("group", { name: `Votes for: ${TEXTS[1]}` }).first();
  await line.getByRole("button", { name: /^Give a vote/ }).click();
  await line.getByRole("button", { name: /^Give a vote/ }).click();
  await expect(line.getByRole("button", { name: /^Give a vote/ })).toHaveAttribute("aria-disabled", "true");
  await expect(aino.page.getByText("Votes left: 3")).toBeVisible();
  await aino.page.getByRole("button", { name: "My votes" }).click();
  await more(votes(aino.page), TEXTS[0] ?? "").click();
  await expect(left(aino.page, 2)).toBeVisible();
  await votes(aino.page).getByRole("button", { name: "I am done" }).click();
  await expect(votes(aino.page)).toContainText("Your ballot is saved.");

  // By keyboard on the board: the next card, V, V, and one V back with Shift.
  const { keyboard } = kalle.page;
  await hears(kalle.page, "A vote has been opened");
  await keyboard.press(".");
  await hears(kalle.page, /selected/i);
  await keyboard.press("v");
  await hears(kalle.page, /one vote. Votes left: 4/);
  await keyboard.press("v");
  await hears(kalle.page, /2 votes. Votes left: 3/);
  await keyboard.press("v");
  await hears(kalle.page, "as many as you can give");
  await keyboard.press("Shift+V");
  await hears(kalle.page, /one vote. Votes left: 4/);
  await somewhere(kalle.page);

  // In the list, by the keyboard alone, with the ballot that another tab left.
  const again = await sari.context.newPage();
  await again.goto(sari.page.url());
  await sari.page.getByRole("button", { name: "My votes" }).focus();
  await sari.page.keyboard.press("Enter");
  await more(votes(sari.page), TEXTS[1] ?? "").focus();
  await sari.page.keyboard.press("Enter");
  await sari.page.keyboard.press("Space");
  await expect(left(sari.page, 3)).toBeVisible();
  await expect(votes(sari.page)).toContainText("Your ballot is saved.");
  await again.getByRole("button", { name: "My votes" }).click();
  await expect(left(again, 3)).toBeVisible();
  await again.close();
  await both(sari.page, "the ballot as a list", "aside");
  await both(sari.page, "the line of the vote", "section[aria-labelledby=vote-line]");

  // The facilitator sees how many and whom the vote waits for, and nothing else.
  await expect(votes(fanni.page)).toContainText("3 of 3");
  await expect(votes(fanni.page)).toContainText("1 of 3");
  await expect(votes(fanni.page).getByText("Kalle and Sari", { exact: true })).toBeVisible();
  await votes(aino.page).getByRole("button", { name: "I am done" }).focus();
  await expect(results(fanni.page)).toHaveCount(0);
  // For somebody on the phone.
  await votes(fanni.page).getByText("Enter a ballot for somebody").click();
  await more(votes(fanni.page), TEXTS[3] ?? "").click();
  await votes(fanni.page).getByRole("button", { name: "Enter this ballot" }).click();
  await expect(votes(fanni.page)).toContainText("Ballot 1");
  await both(fanni.page, "a vote that is followed", "aside");

  await votes(fanni.page).getByRole("button", { name: "Close the vote", exact: true }).click();
  await votes(fanni.page).getByRole("button", { name: "Close the vote", exact: true }).click();
  for (const { page } of [fanni, aino, sari]) {
    const rows = results(page).getByRole("row");
    await expect(rows.nth(1)).toContainText(TEXTS[1] ?? "");
    await expect(rows.nth(1)).toContainText("4 votes");
    await expect(rows.nth(1)).toContainText("Top three");
    await expect(results(page)).toContainText("3 of 3 voted.");
    await expect(results(page)).toContainText("In addition one ballot was entered by a facilitator.");
    await expect(page.getByText("Votes left")).toHaveCount(0);
  }
  // What was under the keyboard is gone by somebody else's deed: it goes on at the head of the votes.
  await expect(votes(aino.page).getByRole("heading", { name: "Votes", exact: true })).toBeFocused();
  await hears(kalle.page, "The vote is closed.");
  await kalle.page.getByRole("button", { name: "Show the result" }).click();
  await expect(results(kalle.page).getByRole("row").nth(1)).toContainText(TEXTS[1] ?? "");
  await both(aino.page, "the result", "aside");
  // A row leads to its card.
  await results(aino.page).getByRole("button", { name: TEXTS[1] ?? "" }).click();
  await expect(item(aino.page, "Obstacle", TEXTS[1] ?? "")).toBeVisible();

  // A note in the name of nobody who is here, for somebody on the phone; only who runs the board writes one.
  await fanni.page.keyboard.press("ControlOrMeta+k");
  await fanni.page.keyboard.type("Add a note for somebody");
  await fanni.page.keyboard.press("Enter");
  await expect(field(fanni.page)).toBeFocused();
  await fanni.page.keyboard.type("The form was never sent");
  await fanni.page.keyboard.press("Escape");
  await expect(item(aino.page, "Note", "The form was never sent")).toHaveAccessibleName(/Entered for somebody/);
  await both(aino.page, "a note that was entered");
});

test("a vote as the part says, for all teams; on a narrow screen too", async ({ owner, somebody, server }) => {
  const parts = [
    { title: names("Vote"), minutes: 6, may: { vote: true }, vote: { method: "rating" }, voteOn: ["note"] },
    { title: names("Talk"), minutes: 6, may: {} },
  ];
  const held = await workshop(server, { parts });
  await begin(server, held);
  await owner();
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const team = await Promise.all(
    [0, 1].map(async (at) => {
      const person = await somebody(`Member ${at}`, { viewport: { width: 320, height: 640 } });
      await join(person, await server.invite(boardOf(held, at), "participant"));
      return person;
    }),
  );
  const { page } = fanni;
  await page.getByRole("toolbar").getByRole("button", { name: "Note", exact: true }).click();
  await page.mouse.click(500, 300);
  await page.keyboard.type("Shared goal");
  await page.keyboard.press("Escape");
  await server.api("POST", `/api/series/${held.series}/workshops/${held.workshop}/commands`, { type: "nextPart" });
  await page.getByRole("button", { name: "Votes", exact: true }).click();
  await expect(votes(page).getByRole("combobox", { name: "Way of voting" })).toHaveValue("rating");
  await votes(page).getByRole("checkbox", { name: "Open for all teams of the workshop" }).check();
  await votes(page).getByRole("button", { name: "Open the vote" }).click();
  for (const person of team) {
    await person.page.getByRole("button", { name: "My votes" }).click();
    await fits(person.page, "the ballot");
    await clean(person.page, "the ballot, narrow");
  }
  const [first] = team;
  if (first === undefined) throw new Error("there is a team");
  const goal = votes(first.page).getByRole("group", { name: "Shared goal" });
  await goal.getByRole("radio", { name: "4" }).check();
  await expect(votes(first.page)).toContainText("Your ballot is saved.");
  // The next part does not let people vote: the ballot says so, and stays as it was.
  await server.api("POST", `/api/series/${held.series}/workshops/${held.workshop}/commands`, { type: "nextPart" });
  await expect(votes(first.page)).toContainText("You cannot vote now");
  await votes(page).getByRole("button", { name: "Close for all teams" }).click();
  await expect(votes(page).getByRole("group", { name: "Close for all teams" })).toBeVisible();
  await votes(page).getByRole("group", { name: "Close for all teams" }).getByRole("button", { name: "Close for all teams" }).click();
  for (const person of [fanni, ...team]) {
    await expect(results(person.page)).toContainText("No totals are shown: with fewer than three ballots");
  }
});
