// Two people map a whole challenge by mouse on one board: every kind of thing with its fields, arrows, pins, counters.
import { type Page } from "@playwright/test";
import { act, add, between, box, counted, fill, item, middle, reads, surface, tool, write } from "./board.ts";
import { expect, saved, test } from "./people.ts";
import { type Server } from "./server.ts";

test.describe.configure({ timeout: 180_000 });

/** A team's board in a series with two organisations. */
async function teamBoard(server: Server): Promise<string> {
  const names = (fi: string) => ({ fi, sv: "", en: "" });
  const series = (await server.api("POST", "/api/series", { name: names("Jalostamo") })) as { id: string };
  for (const name of ["Kela", "Porvoo"]) {
    await server.api("POST", `/api/series/${series.id}/organisations`, { name: names(name), sector: "other" });
  }
  const team = await server.api("POST", `/api/series/${series.id}/teams`, { name: "Tiimi", challenge: { title: "Läheisen kuolema" } });
  return (team as { board: string }).board;
}
const fit = (page: Page): Promise<void> => page.getByRole("button", { name: "Zoom to fit" }).click();
const panel = (page: Page) => page.getByRole("complementary");
const none = (page: Page): Promise<void> => surface(page).click({ position: { x: 30, y: 20 } });

test("a whole challenge by mouse: structure, process, pins, findings, agreement, each seen by the other with its fields", async ({ member, server }) => {
  const board = await teamBoard(server);
  const { page: aino } = await member(board, "Aino", "participant");
  const { page: bengt } = await member(board, "Bengt", "participant");

  // An area with three lanes in it; the customer's is made last and moved first.
  await add(aino, "Area", "Nykytila");
  for (const page of [aino, bengt]) await page.getByRole("button", { name: "Close the guide" }).click();
  await item(aino, "Area", "Nykytila").getByText("Nykytila").click();
  await fill(aino, { Purpose: "Näin se toimii nyt" });
  for (const [name, kind, org] of [["Kela", "Organisation", "Kela"], ["Porvoo", "Organisation", "Porvoo"], ["Omainen", "Customer", ""]] as const) {
    await act(aino, "Add a lane");
    await write(aino, name);
    await fill(aino, { "Kind of lane": kind, Organisation: org });
    await expect(item(bengt, "Lane", name)).toHaveAttribute("aria-label", /area Nykytila/);
    await item(aino, "Area", "Nykytila").getByText("Nykytila").click();
  }
  await fit(aino);
  await item(aino, "Lane", "Omainen").getByText("Omainen").click();
  for (let turn = 0; turn < 2; turn += 1) {
    await act(aino, "Move in the order…");
    await aino.getByRole("dialog").getByRole("button", { name: "Earlier" }).click();
    await aino.keyboard.press("Escape");
  }
  await fit(bengt);
  await expect(item(bengt, "Lane", "Omainen")).toHaveAttribute("aria-label", /area Nykytila, 1 of 3/);
  expect((await box(item(bengt, "Lane", "Omainen"))).y).toBeLessThan((await box(item(bengt, "Lane", "Kela"))).y);
  await expect(item(bengt, "Area", "Nykytila")).toHaveAttribute("aria-label", /Näin se toimii nyt/);

  // Steps by both, with system, channel and duration.
  const lane = async (page: Page, name: string, part: number): Promise<[number, number]> => {
    const { x, y, width, height } = await box(item(page, "Lane", name));
    return [x + width * part, y + height / 2];
  };
  await none(aino);
  const steps = [
    [aino, "Omainen", 0.2, "Suruviesti"],
    [bengt, "Kela", 0.35, "Hakemus"],
    [aino, "Kela", 0.6, "Odotus"],
    [bengt, "Porvoo", 0.8, "Päätös"],
  ] as const;
  for (const [page, where, part, text] of steps) {
    await tool(page, "Step");
    await page.mouse.click(...(await lane(page, where, part)));
    await write(page, text);
  }
  for (const page of [aino, bengt]) for (const [, where, , text] of steps) {
    await expect(item(page, "Process step", text)).toHaveAttribute("aria-label", new RegExp(`lane ${where}`));
  }
  await item(bengt, "Process step", "Hakemus").click();
  await fill(bengt, { "The customer takes part": true, "Information system": "OIWA", Channel: "Online", Duration: "30 min", Volume: "1 200 vuodessa" });
  await item(aino, "Process step", "Hakemus").click();
  await reads(aino, { "The customer takes part": true, "Information system": "OIWA", Channel: "Online", Duration: "30 min", Volume: "1 200 vuodessa" });
  await item(bengt, "Process step", "Päätös").click();
  await fill(bengt, { "The customer takes part": true, Channel: "By letter" });
  await item(aino, "Process step", "Odotus").click();
  await fill(aino, { "Kind of step": "Waiting" });
  await counted(bengt, [0, 0, 1, 0]);

  // Arrows, one with a label and a kind of its own; the counters are live on both.
  const arrow = async (page: Page, from: readonly [string, string], to: readonly [string, string]): Promise<void> => {
    await tool(page, "Arrow");
    await page.mouse.click(...(await middle(item(page, ...from))));
    await page.mouse.click(...(await middle(item(page, ...to))));
    await tool(page, "Select");
    await expect(item(page, ...from)).toHaveAttribute("aria-label", new RegExp(`next: .*${to[1]}`));
  };
  await arrow(aino, ["Process step", "Suruviesti"], ["Process step", "Hakemus"]);
  await arrow(bengt, ["Process step", "Hakemus"], ["Waiting", "Odotus"]);
  for (const page of [aino, bengt]) await counted(page, [0, 0, 1, 0]);
  await arrow(aino, ["Waiting", "Odotus"], ["Process step", "Päätös"]);
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 0]);
  await aino.mouse.click(...(await between(item(aino, "Process step", "Hakemus"), item(aino, "Waiting", "Odotus"))));
  await expect(panel(aino)).toContainText("Hakemus → Odotus");
  await fill(aino, { "Name of the arrow": "liitteet puuttuvat", "Information passed on": "Tulotiedot" });
  await expect(item(bengt, "Process step", "Hakemus")).toHaveAttribute("aria-label", /next: Odotus \(liitteet puuttuvat · Tulotiedot\)/);

  // An obstacle on a step, another on an arrow.
  await tool(bengt, "Obstacle");
  await bengt.mouse.click(...(await middle(item(bengt, "Process step", "Hakemus"))));
  await write(bengt, "Tieto ei kulje");
  await expect(item(aino, "Obstacle", "Tieto ei kulje")).toHaveAttribute("aria-label", /pinned to Hakemus/);
  await none(bengt);
  await tool(bengt, "Obstacle");
  await bengt.mouse.click(...(await between(item(bengt, "Process step", "Hakemus"), item(bengt, "Waiting", "Odotus"))));
  await write(bengt, "Paperit postissa");
  await expect(item(aino, "Obstacle", "Paperit")).toHaveAttribute("aria-label", /pinned to the arrow Hakemus → Odotus/);
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 2]);
  await item(bengt, "Obstacle", "Tieto ei kulje").click();
  await fill(bengt, { Severity: "Blocking", Resolution: "Accepted", "Data protection and permits": true, Legislation: true });
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 1]);
  await expect(item(aino, "Obstacle", "Tieto ei kulje")).toHaveAttribute("aria-label", /Blocking, Accepted/);
  await item(aino, "Obstacle", "Tieto ei kulje").click();
  await reads(aino, { "Data protection and permits": true, Legislation: true, Resources: false });

  // What is pinned to the selected step, from the menu of other things.
  const pinned = [
    [aino, "Bottleneck", "Yksi käsittelijä", { "Waiting time": "3 viikkoa", Queue: "140 hakemusta", Cause: "Lomat" }, /Waiting time: 3 viikkoa/],
    [bengt, "Pain point", "Toimeentulo katkeaa", { Severity: "Serious" }, /Serious/],
    [aino, "Question", "Miksi paperilla?", { State: "Answered", Assumption: "Laki vaatii", Answer: "Ei vaadi" }, /Answered, Answer: Ei vaadi/],
    [bengt, "Evidence", "12 haastattelua", { "Kind of evidence": "Interview", Source: "Kysely 2020", Date: "2020-06-01" }, /Interview, Source: Kysely 2020/],
  ] as const;
  for (const [page, kind, text, fields, says] of pinned) {
    const other = page === aino ? bengt : aino;
    await none(page);
    await item(page, "Process step", "Päätös").click({ position: { x: 10, y: 10 } });
    await add(page, kind, text);
    await fill(page, fields);
    await expect(item(other, kind, text.slice(0, 6))).toHaveAttribute("aria-label", /pinned to Päätös/);
    await expect(item(other, kind, text.slice(0, 6))).toHaveAttribute("aria-label", says);
  }
  await none(aino);
  await tool(aino, "Cooperation");
  await aino.mouse.click(...(await middle(item(aino, "Waiting", "Odotus"))));
  await write(aino, "Yhteinen neuvonta");
  await item(aino, "Cooperation spot", "Yhteinen").click();
  await fill(aino, { "Form of cooperation": "Shared service", Organisations: "Kela, Porvoo" });
  await expect(item(bengt, "Cooperation spot", "Yhteinen")).toHaveAttribute("aria-label", /pinned to Odotus/);

  // What stands freely.
  const free = [
    [bengt, "Idea", "Yksi ilmoitus riittää", { State: "Shortlisted", "Benefit to the customer": "Ei lomakkeita", Impact: "5, very large", Effort: "2, small" }, /Shortlisted/],
    [aino, "Insight", "Kukaan ei näe kokonaisuutta", {}, /Kukaan/],
    [bengt, "Term", "Omainen", { Meaning: "Vainajan lähin", "Agreed together": true, "Other words": "läheinen" }, /Meaning: Vainajan lähin, Agreed together/],
    [aino, "Shared goal", "Yksi yhteydenotto", { Kela: true, Porvoo: true, Version: "2" }, /Agreed by 2 organisations/],
  ] as const;
  for (const [page, kind, text, fields, says] of free) {
    const other = page === aino ? bengt : aino;
    await none(page);
    await add(page, kind, text);
    await fill(page, fields);
    await fit(other);
    await expect(item(other, kind, text)).toHaveAttribute("aria-label", says);
    await fit(page);
  }

  // A next step with all its fields, among them those of a law proposal.
  await none(aino);
  await tool(aino, "Next step");
  const below = await box(item(aino, "Area", "Nykytila"));
  await aino.mouse.click(below.x + below.width * 0.3, below.y + below.height * 0.9);
  await write(aino, "Muutetaan pykälää");
  const all = {
    "Type of next step": "Law-change proposal",
    "Owner (responsible)": "Kela",
    "Contact person": "Liisa",
    "Due date": "2027-01-31",
    Status: "Agreed",
    "First action": "Kutsutaan ministeriö koolle",
    Statute: "Perintökaari",
    Section: "20 luku 4 §",
    Ministry: "Oikeusministeriö",
    "Takes part": "Porvoo, DVV",
    "Time frame": "Within half a year",
    "Who decides": "Eduskunta",
    Mandate: "Asked",
  };
  await fill(aino, all);
  await fit(bengt);
  await item(bengt, "Next step", "Muutetaan").click();
  await reads(bengt, all);
  await expect(item(bengt, "Next step", "Muutetaan")).toHaveAttribute("aria-label", /Agreed, Owner \(responsible\): Kela/);
  for (const page of [aino, bengt]) await saved(page);
});
