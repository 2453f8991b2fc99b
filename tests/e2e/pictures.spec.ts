// The pictures of the documentation, in Finnish: `WRITE_PICTURES=1 npx playwright test pictures`. They look as the pages do.
import { join as path } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { box, middle, near, place, surface, zoom } from "./board.ts";
import { bar, expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

const folder = process.env["WRITE_PICTURES"] === "1" ? path(import.meta.dirname, "../../docs/pictures") : "results/pictures";
const finnish = { locale: "fi-FI", timezoneId: "Europe/Helsinki", reducedMotion: "reduce" } as const;

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.screenshot({ path: path(folder, `${name}.png`), animations: "disabled" });
}

/** Zooms about a thing until things are at least so large. The board may still be moving under the pointer: it goes there for every turn. */
async function nearer(page: Page, thing: Locator, percent: number): Promise<void> {
  await page.keyboard.down("Control");
  for (let now = await zoom(page); now < percent; now = await zoom(page)) {
    await expect(async () => {
      await page.mouse.move(...(await middle(thing)));
      await page.mouse.wheel(0, -40);
      await expect.poll(() => zoom(page), { timeout: 3_000 }).toBeGreaterThan(now);
    }).toPass();
  }
  await page.keyboard.up("Control");
}

test("the demo series in pictures", async ({ owner }) => {
  const { page } = await owner(finnish);
  await page.getByRole("button", { name: /^Esittelysarja Jalostamo 2020/ }).click();
  await expect(page).toHaveURL(/\/series\/ws_/);
  await expect(page.getByRole("link", { name: /^Avaa taulu/ })).toHaveCount(6);
  await picture(page, "series");

  await page.getByRole("link", { name: "Avaa taulu: Asiakasmaksut" }).click();
  await saved(page);
  const address = page.url();
  await page.getByRole("button", { name: "Sovita näkymään" }).click();

  const obstacle = surface(page).getByRole("group", { name: /^Este: Laskussa ei kerrota/ });
  await nearer(page, obstacle, 56);
  const before = await box(obstacle);
  await page.mouse.wheel(-250, -190);
  await near(async () => (await box(obstacle)).y, before.y + 190);
  await obstacle.click();
  await expect(page.getByRole("complementary").getByLabel("Vakavuus")).toBeVisible();
  await picture(page, "board");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "dark");
  await page.emulateMedia({ colorScheme: "light" });

  // A snapshot, something that comes after it, and what the two differ in.
  await page.getByRole("button", { name: "Ota talteen" }).click();
  await page.getByRole("menuitem", { name: "Tilannevedokset…" }).click();
  const snapshots = page.getByRole("dialog", { name: "Tilannevedokset" });
  await snapshots.getByRole("textbox", { name: "Uuden tilannevedoksen nimi" }).fill("1. työpajan jälkeen");
  await page.keyboard.press("Enter");
  await expect(snapshots.getByRole("link", { name: /^Avaa tilannevedos/ })).toBeVisible();
  await page.keyboard.press("Escape");
  const panel = page.getByRole("complementary");
  await panel.getByLabel("Ratkaisu").selectOption({ label: "Hyväksytään" });
  await panel.getByLabel("Vakavuus").selectOption({ label: "Vakava" });
  await place(page, "Askel", [760, 330], "Kela ja kunta kokeilevat yhteistä laskunäkymää syksyllä.");
  await saved(page);
  await page.getByRole("button", { name: "Ota talteen" }).click();
  await page.getByRole("menuitem", { name: "Tilannevedokset…" }).click();
  await snapshots.getByRole("link", { name: /^Vertaa/ }).click();
  await expect(page.getByRole("region", { name: /^Muuttunut/ })).toBeVisible();
  // It goes by itself too, and may be gone by now.
  const notice = page.getByRole("region", { name: "Ilmoitukset" }).getByRole("button", { name: "Sulje" });
  await notice.click({ timeout: 3_000 }).catch(() => undefined);
  await expect(notice).toHaveCount(0);
  await picture(page, "compare");

  await page.goto(address);
  await saved(page);
  await bar(page).getByRole("button", { name: "Jaa" }).click();
  const share = page.getByRole("dialog", { name: /^Kutsu/ });
  await share.getByRole("button", { name: "Tee kutsulinkki" }).click();
  await expect(share.getByText("Linkki on valmis")).toBeVisible();
  await picture(page, "share");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Luettelonäkymä" }).click();
  const process = page.getByRole("heading", { name: "Prosessi: nykytila" });
  await expect(process).toBeVisible();
  await expect(page.getByRole("button", { name: /^Luvut/ })).toBeVisible();
  await process.evaluate((heading) => heading.scrollIntoView({ block: "start" }));
  await picture(page, "outline");
  await page.getByRole("button", { name: "Seuraa prosessia" }).click();
  await page.getByRole("button", { name: /^Aloita: / }).first().click();
  for (let step = 0; step < 2; step += 1) await page.getByRole("button", { name: /^Seuraava: / }).first().click();
  await picture(page, "follow");

  const phone = await owner({ ...finnish, viewport: { width: 320, height: 640 }, hasTouch: true, deviceScaleFactor: 2 });
  await phone.page.goto(address);
  await saved(phone.page);
  await expect(phone.page.getByRole("button", { name: /^Luvut/ })).toBeVisible();
  await picture(phone.page, "phone");
});

test("a workshop in pictures", async ({ owner, somebody, server }) => {
  const { page } = await owner(finnish);
  await page.getByRole("button", { name: /^Esittelysarja Jalostamo 2020/ }).click();
  await expect(page.getByRole("link", { name: /^Avaa taulu/ })).toHaveCount(6);
  const series = /ws_\w+/.exec(page.url())?.[0] ?? "";
  const { teams } = (await server.api("GET", `/api/series/${series}`)) as { teams: readonly { name: string; board: string }[] };
  const made = (await server.api("POST", `/api/series/${series}/workshops`, {
    title: { fi: "Työpaja 2: esteet ja yhteiset askeleet", sv: "", en: "" },
    begins: "09:00",
  })) as { id: string };
  const workshop = `/api/series/${series}/workshops/${made.id}`;
  const call = (command: object): Promise<unknown> => server.api("POST", `${workshop}/commands`, command);

  await page.goto(`${server.url}/series/${series}/workshop/${made.id}`);
  await expect(page.getByRole("row", { name: /^8.45/ })).toBeVisible();
  await picture(page, "agenda");

  await call({ type: "startWorkshop", workshop: made.id });
  const { agenda } = (await server.api("GET", workshop)) as { agenda: readonly { id: string }[] };
  await call({ type: "startPart", part: agenda[10]?.id });
  // Somebody on each team; two of them ask for help.
  const words = ["Kumpi on pullonkaula, jono vai puuttuva tieto?", ""];
  for (const [at, name] of ["Aino Virtanen", "Bengt Öhman", "Kaisa Lehtonen", "Mikko Salo", "Pia Lind", "Otto Niemi"].entries()) {
    const team = teams[at];
    if (team === undefined) throw new Error("six teams");
    const { page: theirs } = await somebody(name, finnish);
    await theirs.goto(await server.invite(team.board, "participant"));
    await theirs.getByRole("main").getByRole("textbox").fill(name);
    await theirs.getByRole("main").locator("form button").click();
    await expect(theirs).toHaveURL(/\/board\//);
    await saved(theirs);
    if (at === 0) await place(theirs, "Este", [420, 330], "Tieto puuttuu, kun päätös tehdään");
    const text = words[at];
    if (text === undefined) continue;
    await theirs.evaluate(
      async ([board, body]) => {
        const headers = { "content-type": "application/json" };
        await fetch(`/api/boards/${board}/commands`, { method: "POST", headers, body });
      },
      [team.board, JSON.stringify({ type: "askHelp", text })] as const,
    );
  }
  await page.goto(`${server.url}/series/${series}/control`);
  await expect(page.getByRole("article").locator("img")).toHaveCount(6);
  await expect(page.getByRole("region", { name: /^Avun pyynnöt/ })).toContainText("Bengt");
  await picture(page, "control");

  await page.goto(`${server.url}/board/${teams[0]?.board ?? ""}`);
  await saved(page);
  await page.keyboard.press("F8");
  await expect(page.getByRole("region", { name: "Ohjaus" }).getByRole("listitem").first()).toBeVisible();
  await picture(page, "lead");
});
