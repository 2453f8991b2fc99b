// The keyboard begins at the start of every page one comes to, and goes on there when what one pressed is gone.
import { surface, field } from "./board.ts";
import { expect, onBoard, test } from "./people.ts";
import { boardOf, begin, callAll, facilitate, names, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 120_000 });

test("from page to page: the heading has the focus, there and back", async ({ owner, server }) => {
  const held = await workshop(server, { teams: 1 });
  const { page } = await owner();
  const heading = page.getByRole("heading", { level: 1 });
  await page.reload();
  await page.locator(`a[href="/series/${held.series}"]`).first().press("Enter");
  await expect(heading).toHaveText("Autumn refinery");
  await expect(heading).toBeFocused();
  await page.getByRole("link", { name: "Control room" }).press("Enter");
  await expect(heading).toHaveText("Control room");
  await expect(heading).toBeFocused();
  await page.goBack();
  await expect(heading).toHaveText("Autumn refinery");
  await expect(heading).toBeFocused();
  await page.locator(`a[href="/series/${held.series}/workshop/${held.workshop}"]`).first().press("Enter");
  await expect(heading).toHaveText("Workshop 2");
  await expect(heading).toBeFocused();
  await page.goto(`${server.url}/series/${held.series}`);
  await page.locator(`a[href="/board/${boardOf(held)}"]`).first().press("Enter");
  await expect(surface(page)).toBeFocused();
});

test("from the lobby by keyboard onto the board: the first letter already makes a note", async ({ somebody, server }) => {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Helsinki" }).format(new Date());
  const held = await workshop(server, { teams: 1, date });
  const { page } = await somebody("Aino");
  await page.goto(await server.invite(boardOf(held), "participant"));
  await page.getByRole("main").getByRole("textbox").fill("Aino");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.getByRole("button", { name: "Go to the board" }).press("Enter");
  await onBoard(page);
  await expect(surface(page)).toBeFocused();
  await page.keyboard.press("n");
  await expect(field(page)).toBeFocused();
});

test("what was pressed goes: beginning a workshop for all teams, revealing, answering a survey", async ({ member, somebody, server }) => {
  const may = { add: ["note"], editOwn: true };
  const held = await workshop(server, { parts: [{ title: names("Ideas"), minutes: 6, writing: "silent", may }] });
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const { page } = fanni;
  const lead = page.getByRole("region", { name: "Lead" });
  await page.keyboard.press("F8");
  await lead.getByRole("radio", { name: "All teams" }).check();
  await lead.getByRole("button", { name: "Start a workshop" }).press("Enter");
  await expect(lead.getByRole("button", { name: "Next: Ideas" })).toBeVisible();
  await expect(lead.getByRole("heading", { name: "Lead" })).toBeFocused();
  await lead.getByRole("button", { name: "Next: Ideas" }).press("Enter");
  const reveal = page.getByRole("region", { name: "Silent writing" }).getByRole("button", { name: "Reveal", exact: true });
  await reveal.press("Enter");
  await expect(reveal).toHaveCount(0);
  await expect(surface(page)).toBeFocused();
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("Nothing had been written in silence.");

  const aino = await member(boardOf(held), "Aino", "participant");
  await callAll(server, held, { type: "openSurvey", workshop: held.workshop, survey: "start" });
  await aino.page.getByRole("button", { name: "Answer", exact: true }).press("Enter");
  const dialog = aino.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "4" }).first().check();
  await dialog.getByRole("button", { name: "Send the answer" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(surface(aino.page)).toBeFocused();
});

test("an owner's link ends at the greeting", async ({ server, somebody }) => {
  await begin(server, await workshop(server, { teams: 1 }));
  const { page } = await somebody("Omistaja");
  await page.goto(server.ownerLink);
  const name = page.getByRole("main").getByRole("textbox");
  const on = page.getByRole("button", { name: "Continue" });
  await expect(name.or(on)).not.toHaveCount(0);
  if ((await name.count()) > 0) await name.fill("Omistaja");
  await on.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Omistaja" })).toBeFocused();
});
