// The step script on the board: a part begins for everybody, what it forbids, time and messages, all teams at once, two who
// press at once, and all of it by keyboard alone.
import { type Locator, type Page } from "@playwright/test";
import { hears, listenTo, outline, pick, press, reach } from "./keyboard.ts";
import { both, clean, fits } from "./look.ts";
import { expect, join, saved, test } from "./people.ts";
import { begin, boardOf, callAll, facilitate, tellBoard, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

const line = (page: Page): Locator => page.getByRole("region", { name: "Agenda" });
const lead = (page: Page): Locator => page.getByRole("region", { name: "Lead" });
const toolButton = (page: Page, name: string): Locator => page.getByRole("toolbar").getByRole("button", { name, exact: true });
/** Of a page that is driven by mouse: it is said, wherever the keyboard is. */
async function said(page: Page, words: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.said)).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
}
const openLead = async (page: Page): Promise<void> => {
  await page.getByRole("banner").getByRole("button", { name: "Lead" }).click();
  await expect(lead(page)).toBeVisible();
};

test("a facilitator runs the script: parts, what they forbid, time, a message, and what a latecomer sees", async ({ somebody, member, server }) => {
  const held = await workshop(server);
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const aino = await somebody("Aino");
  await listenTo(aino);
  await join(aino, await server.invite(boardOf(held), "participant"));
  await expect(line(aino.page)).toHaveCount(0);

  const { page } = fanni;
  await openLead(page);
  await expect(lead(page).getByRole("combobox", { name: "Workshop" })).toContainText("Workshop 2");
  await lead(page).getByRole("button", { name: "Start a workshop" }).click();
  await lead(page).getByRole("button", { name: "Next: Check-in" }).click();
  await expect(line(aino.page)).toContainText("Part 1 of 3");
  await expect(line(aino.page)).toContainText("Check-in");
  await expect(line(aino.page)).toContainText("You can add: note.");
  await expect(line(aino.page).getByRole("timer")).toHaveText(/^[78]:\d\d$/);
  await said(aino.page, "Part 1 of 3 begins: Check-in. 8 minutes.");
  // What the part forbids cannot be chosen, and says why.
  await expect(toolButton(aino.page, "Note")).toHaveAttribute("aria-disabled", "false");
  for (const name of ["Step", "Arrow", "Lane"]) await expect(toolButton(aino.page, name)).toHaveAttribute("aria-disabled", "true");
  await toolButton(aino.page, "Step").click({ force: true });
  await expect(aino.page.getByRole("alert").or(aino.page.getByText(/The part that is running does not allow this/)).first()).toBeVisible();
  await expect(toolButton(page, "Step")).toHaveAttribute("aria-disabled", "false");

  await aino.page.getByRole("button", { name: "Instruction", exact: true }).click();
  await expect(aino.page.getByRole("region", { name: "Instruction" })).toContainText("Write your name on a note.");
  await both(aino.page, "the line with the instruction");

  // Time and a message.
  await lead(page).getByRole("button", { name: "Add 5 minutes" }).click();
  await expect(line(aino.page).getByRole("timer")).toHaveText(/^1[23]:\d\d$/);
  await lead(page).getByRole("button", { name: "Pause the timer" }).click();
  await expect(line(aino.page)).toContainText("paused");
  await lead(page).getByRole("textbox", { name: "Message to the team" }).fill("Back at ten o'clock");
  await lead(page).getByRole("button", { name: "Send" }).click();
  const message = aino.page.getByRole("region", { name: "Message from Fanni" });
  await expect(message).toContainText("Back at ten o'clock");
  await said(aino.page, "Message from Fanni: Back at ten o'clock");
  await message.getByRole("button", { name: "Close the message" }).click();
  await expect(message).toHaveCount(0);

  // The second part is moved behind the third, made another for this board, and begun.
  await lead(page).getByRole("button", { name: "Actions: Steps" }).click();
  await page.getByRole("menuitem", { name: "Change the part…" }).click();
  const form = page.getByRole("dialog", { name: "Change the part" });
  await form.getByRole("textbox", { name: /^Minutes/ }).fill("0");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toContainText("Write a whole number from 1 to 480.");
  await form.getByRole("textbox", { name: /^Minutes/ }).fill("12");
  await form.getByRole("checkbox", { name: "Note", exact: true }).check();
  await both(page, "the form of a part", "dialog");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await expect(lead(page).getByRole("listitem").filter({ hasText: "Steps" })).toContainText("12 min");
  await lead(page).getByRole("button", { name: "Actions: Steps" }).click();
  await page.getByRole("menuitem", { name: "Move later" }).click();
  await expect(lead(page).getByRole("listitem").nth(2)).toContainText("Steps");
  await lead(page).getByRole("button", { name: "Actions: Steps" }).click();
  await page.getByRole("menuitem", { name: "Start the part" }).click();
  await expect(line(aino.page)).toContainText("You can add: note and process step.");
  await both(page, "the lead panel");

  // A latecomer reads what was; nobody but facilitators reads ahead.
  const otto = await member(boardOf(held), "Otto", "participant", { viewport: { width: 320, height: 640 } });
  const soFar = otto.page.getByRole("region", { name: "What happened so far" });
  await expect(soFar.getByRole("listitem")).toHaveText(["Done: Check-in", "Now: Steps", "Back at ten o'clock"]);
  await expect(otto.page.getByText("Break")).toHaveCount(0);
  await fits(otto.page, "the line of a latecomer");
  await clean(otto.page, "the line of a latecomer");
  await soFar.getByRole("button", { name: "Got it" }).click();
  await otto.page.getByRole("button", { name: "Instruction", exact: true }).click();
  await otto.page.getByText("Earlier parts").click();
  await expect(otto.page.getByRole("region", { name: "Instruction" })).toContainText("Write your name on a note.");
});

test("a step that the part forbids comes back with the part's name", async ({ member, server }) => {
  const held = await workshop(server, { teams: 1 });
  await begin(server, held);
  const aino = await member(boardOf(held), "Aino", "participant");
  await aino.page.getByRole("toolbar").getByRole("button", { name: "Step", exact: true }).click();
  // The part begins while she is about to place a step, and her browser has not heard of it.
  await aino.context.setOffline(true);
  await callAll(server, held, { type: "nextPart" });
  await aino.page.mouse.click(700, 400);
  await aino.page.keyboard.type("Liian myöhään");
  await aino.page.keyboard.press("Escape");
  await aino.context.setOffline(false);
  await expect(aino.page.getByText(/The part “Check-in” does not allow this/).first()).toBeVisible();
});

test("next for all teams; of two who press at once one wins and the other reads who it was", async ({ somebody, member, server }) => {
  const held = await workshop(server, { teams: 2 });
  await begin(server, held);
  const [fanni, maija] = [await somebody("Fanni"), await somebody("Maija")];
  await facilitate(fanni, server, held);
  await facilitate(maija, server, held);
  const otto = await member(boardOf(held, 1), "Otto", "participant");
  for (const { page } of [fanni, maija]) {
    await openLead(page);
    await expect(lead(page).getByRole("button", { name: "Next: Check-in" })).toBeEnabled();
  }
  await lead(fanni.page).getByRole("radio", { name: "All teams" }).check();
  await lead(fanni.page).getByRole("button", { name: "Next: Check-in" }).click();
  await expect(line(otto.page)).toContainText("Check-in");
  await expect(line(maija.page)).toContainText("Check-in");

  // Maija's press is on its way when Fanni's is done.
  await lead(fanni.page).getByRole("radio", { name: "This team" }).check();
  let let_go = (): void => undefined;
  const held_back = new Promise<void>((resolve) => (let_go = resolve));
  await maija.page.route("**/commands", async (route) => {
    await held_back;
    await route.continue();
  }, { times: 1 });
  const asked = maija.page.waitForRequest("**/commands");
  await lead(maija.page).getByRole("button", { name: "Next: Steps" }).click();
  await asked;
  await lead(fanni.page).getByRole("button", { name: "Next: Steps" }).click();
  await expect(line(fanni.page)).toContainText("Steps");
  let_go();
  await expect(maija.page.getByText("Fanni was first and started: Steps. What you did was not done.").first()).toBeVisible();
  await expect(line(maija.page)).toContainText("Part 2 of 3");
  await expect(line(otto.page), "the other team is where it was").toContainText("Check-in");

  // What does not touch the press does not stop it: a message comes between.
  let_go = () => undefined;
  const again = new Promise<void>((resolve) => (let_go = resolve));
  await maija.page.route("**/commands", async (route) => {
    await again;
    await route.continue();
  }, { times: 1 });
  const second = maija.page.waitForRequest("**/commands");
  await lead(maija.page).getByRole("button", { name: "Next: Break" }).click();
  await second;
  await tellBoard(server, boardOf(held), { type: "say", text: "Well done" });
  await expect(line(maija.page).page().getByText("Well done").first()).toBeVisible();
  let_go();
  await expect(line(fanni.page)).toContainText("Part 3 of 3");
});

test("all of it by keyboard alone, and nobody's focus is moved by others", async ({ somebody, server }) => {
  const held = await workshop(server, { teams: 1 });
  const fanni = await somebody("Fanni");
  await listenTo(fanni);
  await facilitate(fanni, server, held);
  const aino = await somebody("Aino");
  await listenTo(aino);
  await join(aino, await server.invite(boardOf(held), "participant"));
  const { page } = fanni;

  await reach(page, page.getByRole("button", { name: "Outline view" }));
  await page.keyboard.press("F8");
  await expect(lead(page).getByRole("heading", { name: "Lead" })).toBeFocused();
  await press(page, lead(page).getByRole("button", { name: "Start a workshop" }));
  await hears(page, "The workshop has begun.");
  await press(page, lead(page).getByRole("button", { name: "Next: Check-in" }));
  await hears(page, "Part 1 of 3 begins: Check-in.");
  await pick(page, lead(page).getByRole("button", { name: "Actions: Steps" }), "Move later");
  await expect(lead(page).getByRole("listitem").nth(2)).toContainText("Steps");
  await expect(lead(page).getByRole("button", { name: "Actions: Steps" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(lead(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Outline view" })).toBeFocused();

  // Aino writes in the outline; parts come and go, and she stays where she writes.
  await press(aino.page, aino.page.getByRole("button", { name: "Outline view" }));
  await expect(outline(aino.page)).toBeVisible();
  const instruction = aino.page.getByRole("button", { name: "Instruction", exact: true });
  await press(aino.page, instruction);
  await expect(aino.page.getByRole("region", { name: "Instruction" })).toContainText("Write your name on a note.");
  await expect(instruction).toBeFocused();
  // From the palette: the next part, and a question for the time.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Next part");
  await page.keyboard.press("Enter");
  await hears(aino.page, "Part 2 of 3 begins: Break.");
  await expect(instruction).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("time left");
  await page.keyboard.press("Enter");
  await hears(page, /Now: Break\. Time left: (10|9) minutes/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Send a message");
  await page.keyboard.press("Enter");
  await expect(lead(page).getByRole("textbox", { name: "Message to the team" })).toBeFocused();
  await page.keyboard.type("Hei");
  await press(page, lead(page).getByRole("button", { name: "Send" }));
  await hears(aino.page, "Message from Fanni: Hei");
  await expect(instruction).toBeFocused();
  await press(page, lead(page).getByRole("button", { name: "End the workshop" }));
  await press(page, lead(page).getByRole("button", { name: "End the workshop" }).first());
  await hears(aino.page, "The workshop has ended.");
  await expect(instruction, "what is under her hands does not go").toBeFocused();
  await press(aino.page, line(aino.page).getByRole("button", { name: "Close", exact: true }));
  await expect(line(aino.page)).toHaveCount(0);
  await saved(aino.page);
});
