// A workshop series by its owner's hand: organisations, teams, links with an end and a number of uses; teams see their own.
import { type Locator, type Page } from "@playwright/test";
import { place, item, WHOLE } from "./board.ts";
import { bar, expect, join, onBoard, test, words } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

const dialog = (page: Page, name: string): Locator => page.getByRole("dialog", { name });
const inTwoWeeks = (): string => new Date(Date.now() + 14 * 24 * 3_600_000).toISOString().slice(0, 10);

async function organisation(page: Page, name: string, short: string, sector: string): Promise<void> {
  await page.getByRole("button", { name: "Add an organisation" }).click();
  const form = dialog(page, "Add an organisation");
  await form.getByRole("textbox", { name: /^Name in Finnish/ }).fill(name);
  await form.getByRole("textbox", { name: "Abbreviation" }).fill(short);
  await form.getByRole("combobox", { name: "Sector" }).selectOption({ label: sector });
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form).toHaveCount(0);
  await expect(organisations(page).getByRole("listitem").filter({ hasText: name })).toContainText(sector);
}
const organisations = (page: Page): Locator => page.getByRole("region", { name: "Organisations" });
const teams = (page: Page): Locator => page.getByRole("region", { name: "Teams and challenges" });
const team = (page: Page, name: string): Locator =>
  teams(page).getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

async function addTeam(page: Page, name: string, challenge: string, more?: (form: Locator) => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Add a team" }).click();
  const form = dialog(page, "Add a team");
  await form.getByRole("textbox", { name: /^Name of the team/ }).fill(name);
  await form.getByRole("textbox", { name: /^Name of the challenge/ }).fill(challenge);
  await more?.(form);
  await form.getByRole("button", { name: "Add the team" }).click();
  await expect(form).toHaveCount(0);
  await expect(team(page, name)).toContainText(challenge);
}

test("an owner sets a series up, two join a team by one link, a third is told why not, revocation ends it", async ({ owner, somebody, server }) => {
  const { page } = await owner();
  await page.getByRole("button", { name: /^New workshop series/ }).click();
  const form = dialog(page, "New workshop series");
  // A nameless series is not made, and the form says what is missing.
  await form.getByRole("button", { name: "Make the series" }).click();
  await expect(form).toContainText("Give the series a name.");
  await form.getByRole("checkbox", { name: "Suomi" }).check();
  await form.getByRole("textbox", { name: /^Name in Finnish/ }).fill("Syksyn jalostamo");
  await form.getByRole("textbox", { name: /^Name in English/ }).fill("Autumn refinery");
  await form.getByLabel("Starts").fill("2027-09-30");
  await form.getByLabel("Ends").fill("2027-05-31");
  await form.getByRole("button", { name: "Make the series" }).click();
  await expect(form).toContainText("cannot end before it starts");
  await form.getByLabel("Starts").fill("2027-05-31");
  await form.getByLabel("Ends").fill("2027-09-30");
  await form.getByRole("button", { name: "Make the series" }).click();
  await expect(page).toHaveURL(/\/series\/ws_/);
  await expect(page.getByRole("heading", { level: 1, name: "Autumn refinery" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/31 May 2027\s*–\s*30 Sep(t|tember)? 2027/);

  await organisation(page, "Kansaneläkelaitos", "Kela", "Kela");
  await organisation(page, "Porvoon kaupunki", "", "Municipality");
  await organisation(page, "Valtiovarainministeriö", "VM", "Ministry");
  await page.getByRole("button", { name: "Edit the series" }).click();
  await dialog(page, "Edit the series").getByRole("checkbox", { name: /^Valtiovarainministeriö/ }).check();
  await dialog(page, "Edit the series").getByRole("button", { name: "Save" }).click();
  const ministry = organisations(page).getByRole("listitem").filter({ hasText: "Valtiovarainministeriö" });
  await expect(ministry).toContainText("Owner");
  // What is in use cannot be taken away; what is not, can.
  await expect(ministry.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  await expect(ministry).toContainText("Used in one place");

  await addTeam(page, "Tiimi 1", "Läheisen kuolema", async (more) => {
    await more.getByRole("textbox", { name: "Customer group" }).fill("Omaiset");
    await more.getByRole("checkbox", { name: "Information flow" }).check();
  });
  await addTeam(page, "Tiimi 2", "Asiakasmaksut ja toimeentulotuki", async (more) => {
    await more.getByRole("combobox", { name: "Owner organisation" }).selectOption({ label: "Kansaneläkelaitos" });
  });
  await expect(team(page, "Tiimi 1")).toContainText("Network / no owner");
  await expect(team(page, "Tiimi 1")).toContainText("Information flow");
  await expect(team(page, "Tiimi 2")).not.toContainText("Network / no owner");
  await expect(team(page, "Tiimi 2")).toContainText("Kansaneläkelaitos");

  // A link with an end and two uses.
  await page.getByRole("button", { name: "Invite to the team Tiimi 1" }).click();
  const share = dialog(page, "Invite to the team: Tiimi 1");
  await share.getByRole("radio", { name: /^Participant/ }).check();
  await share.getByRole("combobox", { name: "The link is valid for" }).selectOption({ label: "Until a chosen day" });
  await share.getByLabel("Last day of validity").fill("2020-01-01");
  await share.getByRole("textbox", { name: "How many people can use it" }).fill("2");
  await share.getByRole("button", { name: "Make an invitation link" }).click();
  await expect(share).toContainText("The day is in the past.");
  await share.getByLabel("Last day of validity").fill(inTwoWeeks());
  await share.getByRole("button", { name: "Make an invitation link" }).click();
  const link = share.getByRole("textbox", { name: /link: Participant/ });
  await expect(link).toHaveValue(/#join=/);
  const address = await link.inputValue();
  const code = share.getByRole("img", { name: "QR code of the invitation link, role: Participant" });
  await expect(code).toBeVisible();
  expect(await code.locator("path").getAttribute("d")).toMatch(/^M/);
  await expect(share.getByRole("textbox", { name: "Invitation text" })).toHaveValue(/Autumn refinery[\s\S]*Tiimi 1[\s\S]*#join=/);
  await expect(share.getByRole("listitem").filter({ hasText: "Participant" })).toContainText("2 uses left");
  await share.getByRole("button", { name: "Show large" }).click();
  const large = dialog(page, "Scan the code to join");
  await expect(large.getByRole("img")).toBeInViewport({ ratio: WHOLE });
  await page.keyboard.press("Escape");
  await expect(large).toHaveCount(0);
  await expect(share).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(share).toHaveCount(0);

  const aino = await somebody("Aino");
  await aino.page.goto(address);
  await expect(aino.page.getByRole("main")).toContainText("Tiimi 1");
  await expect(aino.page.getByRole("main")).toContainText("Autumn refinery");
  const bengt = await somebody("Bengt");
  for (const person of [aino, bengt]) await join(person, address);
  await expect(bar(aino.page)).toContainText("Tiimi 1");
  await place(aino.page, "Note", [300, 250], "Kuolintodistus viipyy");
  await expect(item(bengt.page, "Note", "Kuolintodistus")).toBeVisible();
  // The challenge is at hand on the board, with the flag that nobody owns it.
  await aino.page.getByRole("button", { name: "Challenge", exact: true }).click();
  await expect(dialog(aino.page, "Challenge")).toContainText("Network / no owner");
  await aino.page.keyboard.press("Escape");

  const third = await somebody("Kolmas");
  await third.page.goto(address);
  await expect(third.page.getByRole("heading", { level: 1, name: /invitation link does not work/i })).toBeVisible();
  await expect(third.page.getByRole("main")).toContainText(/used up/);
  await expect(third.page.getByRole("textbox")).toHaveCount(0);

  // Nothing of the other team: not by address, not on the first page, not from the server.
  const other = await team(page, "Tiimi 2").getByRole("link", { name: /^Open the board/ }).getAttribute("href");
  const stranger = await aino.context.newPage();
  await stranger.goto(`${server.url}${other}`);
  await expect(stranger.getByRole("main")).toContainText(/not found|no right/);
  await expect(stranger.getByText("Asiakasmaksut")).toHaveCount(0);
  await stranger.goto(`${server.url}/`);
  await expect(stranger.getByRole("link", { name: /Tiimi 1/ })).toBeVisible();
  await expect(stranger.getByText(/Tiimi 2|Asiakasmaksut/)).toHaveCount(0);
  await stranger.goto(`${server.url}${new URL(page.url()).pathname}`);
  await expect(stranger.getByRole("main")).toContainText(/not found|no right/);
  await stranger.close();

  // The link is revoked: both are out at once and are told so.
  await page.getByRole("button", { name: "Invite to the team Tiimi 1" }).click();
  await share.getByText("One link is no longer valid").click();
  await share.getByRole("button", { name: /^Revoke the link: Participant/ }).click();
  await share.getByRole("button", { name: "Revoke the link", exact: true }).click();
  await expect(share).toContainText("Revoked");
  for (const person of [aino, bengt]) {
    await expect(person.page.getByRole("alert").filter({ hasText: /access to this board has ended/ }).first()).toBeVisible();
    await expect(bar(person.page)).not.toContainText(words.saved);
    await person.page.reload();
    await expect(person.page.getByRole("main")).toContainText(/not found|no right/);
  }
});

test("a series link gives its role on every board, later ones too, and no more", async ({ owner, somebody, server }) => {
  const { page } = await owner();
  const made = (await server.api("POST", "/api/series", { name: { fi: "Sarja", sv: "", en: "" } })) as { id: string };
  await page.goto(`${server.url}/series/${made.id}`);
  await addTeam(page, "Ensimmäinen", "Yksi");
  await page.getByRole("button", { name: "Invite to the series" }).click();
  const share = dialog(page, "Invite to the series");
  await expect(share.getByRole("radio", { name: /^Participant/ })).toHaveCount(0);
  await share.getByRole("radio", { name: /^Observer/ }).check();
  await share.getByRole("button", { name: "Make an invitation link" }).click();
  const link = share.getByRole("textbox", { name: /link: Observer/ });
  await expect(link).toHaveValue(/#join=/);
  const address = await link.inputValue();
  await page.keyboard.press("Escape");

  const guest = await somebody("Katsoja");
  await guest.page.goto(address);
  await guest.page.getByRole("textbox", { name: "Your name" }).fill(guest.name);
  await guest.page.getByRole("button", { name: words.join }).click();
  await expect(guest.page).toHaveURL(new RegExp(`/series/${made.id}`));
  await expect(guest.page.getByRole("button", { name: /Add a team|Invite|Edit/ })).toHaveCount(0);
  await addTeam(page, "Myöhempi", "Kaksi");
  await guest.page.reload();
  for (const name of ["Ensimmäinen", "Myöhempi"]) {
    await guest.page.getByRole("link", { name: `Open the board: ${name}` }).click();
    await onBoard(guest.page);
    await expect(guest.page.getByRole("toolbar").getByRole("button", { name: "Note" })).toHaveAttribute("aria-disabled", "true");
    await guest.page.goBack();
    await expect(guest.page).toHaveURL(/\/series\//);
  }
});

test("the demo series opens: six teams with their boards, all with content", async ({ owner }) => {
  const { page } = await owner();
  const button = page.getByRole("button", { name: /^Demo series Jalostamo 2020/ });
  await button.evaluate((element) => {
    element.addEventListener("click", () => performance.mark("demo"), { capture: true, once: true });
    const look = (): void => {
      const there = location.pathname.startsWith("/series/");
      if (there && document.querySelectorAll("main a[href^='/board/']").length >= 6) performance.measure("listed", "demo");
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await button.click();
  await expect(page).toHaveURL(/\/series\/ws_/);
  const boards = teams(page).getByRole("link", { name: /^Open the board/ });
  await expect(boards).toHaveCount(6);
  await page.waitForFunction(() => performance.getEntriesByName("listed").length > 0);
  const took = await page.evaluate(() => Math.round(performance.getEntriesByName("listed")[0]?.duration ?? Number.NaN));
  console.log(`click on the demo series to six boards listed, ms: ${took}`);
  const addresses = await boards.evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
  expect(new Set(addresses).size).toBe(6);
  for (const address of addresses) {
    await page.goto(address);
    await onBoard(page);
    await page.getByRole("button", { name: "Outline view" }).click();
    const outline = page.getByRole("region", { name: "The board as an outline" });
    await expect(outline.getByRole("heading", { level: 3 })).not.toHaveCount(0);
    await expect(outline.getByRole("heading", { level: 2, name: "Next steps" })).toBeVisible();
  }
});
