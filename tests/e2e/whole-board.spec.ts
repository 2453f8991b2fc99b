// Two people map a whole challenge by mouse on one board: every kind of thing with its fields, and every way of editing.
import { type Page } from "@playwright/test";
import { act, add, between, box, counted, drag, field, fill, item, middle, near, place, reads, spot, surface, tool, write } from "./board.ts";
import { bar, expect, type Person, saved, test } from "./people.ts";

test.describe.configure({ timeout: 180_000 });

type Server = Parameters<Parameters<typeof test>[2]>[0]["server"];

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

test("many at once by mouse: swept over, moved, grouped, resized, recoloured, doubled, copied, laid over each other", async ({ member, server }) => {
  const id = (number: number) => `n_01ARZ3NDEKTSV4RRFFQ69G5FA${number}`;
  const note = (number: number, text: string, at: readonly [number, number]) => ({ id: id(number), kind: "note", text, at, size: [200, 120] });
  const notes = [note(1, "Yksi", [0, 0]), note(2, "Kaksi", [0, 180]), note(3, "Kolme", [0, 360]), note(4, "Sivussa", [900, 0])];
  const board = await server.board("Muokkaus", { items: notes });
  const ainos = await member(board, "Aino", "participant");
  const { page: aino } = ainos;
  const { page: bengt } = await member(board, "Bengt", "participant");
  const at = (page: Page, text: string) => box(item(page, "Note", text));
  /** From the note that stays: the views of the two may stand elsewhere. */
  const away = async (page: Page, text: string): Promise<readonly [number, number]> => {
    const [one, base] = [await at(page, text), await at(page, "Sivussa")];
    return [one.x - base.x, one.y - base.y];
  };
  for (const page of [aino, bengt]) for (let turn = 0; turn < 2; turn += 1) await page.getByRole("button", { name: "Zoom out" }).click();
  for (const page of [aino, bengt]) await page.getByRole("button", { name: "Zoom to fit" }).click();
  for (const page of [aino, bengt]) for (let turn = 0; turn < 2; turn += 1) await page.getByRole("button", { name: "Zoom out" }).click();

  // Swept over from the empty board; the one aside is not touched.
  const sweep = async (): Promise<void> => {
    const [first, last] = [await at(aino, "Yksi"), await at(aino, "Kolme")];
    await drag(aino, [first.x - 14, first.y - 14], [last.x + last.width / 2, last.y + last.height / 2]);
    await expect(panel(aino)).toContainText("3 objects selected");
  };
  await sweep();
  await expect(surface(bengt).locator(".jb-other")).toHaveCount(3);

  // Pulled by one, all three go, and the other sees them go and land.
  const before = await Promise.all(["Yksi", "Kaksi", "Kolme"].map((text) => away(bengt, text)));
  const grip = await middle(item(aino, "Note", "Kaksi"));
  await drag(aino, grip, [grip[0] + 150, grip[1] + 60]);
  for (const [index, text] of ["Yksi", "Kaksi", "Kolme"].entries()) {
    await near(async () => (await away(bengt, text))[0] - (before[index]?.[0] ?? 0), 150, 8);
    await near(async () => (await away(bengt, text))[1] - (before[index]?.[1] ?? 0), 60, 8);
  }

  // Grouped, named, moved as one; ungrouped, they stay where they are.
  await act(aino, "Group");
  await write(aino, "Alkupää");
  await expect(item(bengt, "Group", "Alkupää")).toHaveAttribute("aria-label", /3 objects in the group/);
  await expect(item(bengt, "Note", "Kolme")).toHaveAttribute("aria-label", /group Alkupää, 3 of 3/);
  const inside = await away(bengt, "Kaksi");
  const head = await box(item(aino, "Group", "Alkupää"));
  await drag(aino, [head.x + head.width / 2, head.y + 12], [head.x + head.width / 2, head.y + 72]);
  await near(async () => (await away(bengt, "Kaksi"))[1], inside[1] + 60, 8);
  const grouped = await away(bengt, "Kolme");
  await act(aino, "Ungroup");
  await expect(item(bengt, "Group", "Alkupää")).toHaveCount(0);
  await expect(item(bengt, "Note", "Kolme")).not.toHaveAttribute("aria-label", /group/);
  expect((await away(bengt, "Kolme"))[1]).toBeCloseTo(grouped[1], 0);

  // Recoloured together, then one resized by its corner.
  await expect(panel(aino)).toContainText("3 objects selected");
  await panel(aino).getByRole("radio", { name: "Green" }).check({ force: true });
  await item(bengt, "Note", "Yksi").click();
  await expect(panel(bengt).getByRole("radio", { name: "Green" })).toBeChecked();
  await item(aino, "Note", "Yksi").click();
  const small = await at(aino, "Yksi");
  await drag(aino, [small.x + small.width + 4, small.y + small.height + 4], [small.x + small.width + 64, small.y + small.height + 34]);
  await near(async () => (await at(bengt, "Yksi")).width, small.width + 60, 8);
  await near(async () => (await at(bengt, "Yksi")).height, small.height + 30, 8);

  // Doubled; undone; cut and pasted; copied and pasted.
  await item(aino, "Note", "Kaksi").click();
  await act(aino, "Duplicate");
  await expect(item(bengt, "Note", "Kaksi")).toHaveCount(2);
  await aino.getByRole("button", { name: "Undo" }).click();
  await expect(item(bengt, "Note", "Kaksi")).toHaveCount(1);
  await item(aino, "Note", "Kaksi").click();
  await aino.keyboard.press("Control+c");
  await aino.keyboard.press("Control+v");
  await expect(item(bengt, "Note", "Kaksi")).toHaveCount(2);
  await aino.keyboard.press("Control+x");
  await expect(item(bengt, "Note", "Kaksi")).toHaveCount(1);
  await aino.keyboard.press("Control+v");
  await expect(item(bengt, "Note", "Kaksi")).toHaveCount(2);
  // Among boards of other people too: the copy is plain data.
  const elsewhere = await ainos.context.newPage();
  await elsewhere.setContent("<textarea></textarea>");
  await elsewhere.locator("textarea").press("Control+v");
  await expect(elsewhere.locator("textarea")).toHaveValue("Kaksi");

  // Lines from outside become notes, empty ones none.
  await elsewhere.locator("textarea").fill("Rivi yksi\n\n  Rivi kaksi\nRivi 😀 kolme");
  await elsewhere.locator("textarea").press("Control+a");
  await elsewhere.locator("textarea").press("Control+c");
  await aino.bringToFront();
  await surface(aino).click({ position: { x: 30, y: 20 } });
  await aino.keyboard.press("Control+v");
  for (const page of [aino, bengt]) await page.getByRole("button", { name: "Zoom to fit" }).click();
  for (const page of [aino, bengt]) await expect(item(page, "Note", "Rivi")).toHaveCount(3);
  await expect(item(bengt, "Note", "Rivi kaksi")).toBeVisible();

  // One over the other: a click takes the one that lies above, on both pages.
  const over = await middle(item(aino, "Note", "Sivussa"));
  const other = await middle(item(aino, "Note", "Kolme"));
  await drag(aino, other, [over[0] + 30, over[1] + 20]);
  const above = async (page: Page): Promise<string> => {
    const [x, y] = await middle(item(page, "Note", "Sivussa"));
    return page.evaluate(([px = 0, py = 0]) => document.elementFromPoint(px, py)?.closest("[role=group]")?.getAttribute("aria-label") ?? "", [x + 5, y + 5]);
  };
  const clickAbove = async (page: Page, text: string): Promise<void> => {
    const [x, y] = await middle(item(page, "Note", "Sivussa"));
    await surface(page).click({ position: { x: 30, y: 20 } });
    await page.mouse.click(x + 5, y + 5);
    await expect(panel(page).getByRole("textbox", { name: "Text" })).toHaveValue(text);
  };
  const [top, under] = (await above(aino)).startsWith("Note: Kolme") ? (["Kolme", "Sivussa"] as const) : (["Sivussa", "Kolme"] as const);
  await clickAbove(aino, top);
  await act(aino, "Send backward");
  await expect.poll(() => above(bengt)).toMatch(new RegExp(`^Note: ${under}`));
  await clickAbove(aino, under);
  await act(aino, "Send to back");
  await expect.poll(() => above(bengt)).toMatch(new RegExp(`^Note: ${top}`));
  await clickAbove(bengt, top);
  await saved(aino);
});

test("search and jump, a link to an object, a command from the list of all, and the facilitator's lock", async ({ member, server }) => {
  const id = (number: number) => `n_01ARZ3NDEKTSV4RRFFQ69G5FA${number}`;
  const board = await server.board("Löytäminen", {
    items: [
      { id: id(1), kind: "note", text: "Lähellä", at: [0, 0], size: [200, 120] },
      { id: id(2), kind: "note", text: "Kaukana Öinen", at: [30_000, 20_000], size: [200, 120] },
      { id: "o_01ARZ3NDEKTSV4RRFFQ69G5FA3", kind: "obstacle", text: "Kaukana este", at: [-9_000, 4_000], size: [160, 80] },
    ],
  });
  const ainos = await member(board, "Aino", "facilitator");
  const { page: aino } = ainos;
  const bengts = await member(board, "Bengt", "participant");
  const { page: bengt } = bengts;

  await aino.getByRole("toolbar").getByRole("button", { name: "Search" }).click();
  const search = aino.getByRole("search");
  await search.getByRole("searchbox").fill("kaukana");
  await expect(search.getByRole("status")).toContainText("2 objects");
  await search.getByRole("button", { name: "Obstacle, 1" }).click();
  await expect(search.getByRole("status")).toContainText("One object");
  await search.getByRole("button", { name: "All kinds" }).click();
  // Without the dots too: what is typed on another keyboard finds it.
  await search.getByRole("searchbox").fill("oinen");
  await search.getByRole("button", { name: /^Kaukana Öinen/ }).click();
  await expect(item(aino, "Note", "Kaukana")).toBeInViewport({ ratio: 1 });
  await expect(panel(aino).getByRole("textbox", { name: "Text" })).toHaveValue("Kaukana Öinen");
  await search.getByRole("searchbox").fill("eiolemassa");
  await expect(search.getByRole("status")).toContainText("Nothing found.");
  await search.getByRole("button", { name: "Close the search" }).click();
  await expect(search).toHaveCount(0);

  // The link of the object, opened by the other in a new tab, leads there.
  await act(aino, "Copy link to this object");
  await expect(aino.getByText(/The link to Kaukana Öinen was copied/).first()).toBeAttached();
  const paper = await ainos.context.newPage();
  await paper.setContent("<textarea></textarea>");
  await paper.locator("textarea").press("Control+v");
  await expect(paper.locator("textarea")).toHaveValue(new RegExp(`/board/${board}#object=n_`));
  const address = await paper.locator("textarea").inputValue();
  await paper.close();
  const tab = await bengts.context.newPage();
  await tab.goto(address);
  await expect(item(tab, "Note", "Kaukana")).toBeInViewport({ ratio: 1 });
  await expect(panel(tab).getByRole("textbox", { name: "Text" })).toHaveValue("Kaukana Öinen");
  await tab.goto("about:blank");
  await tab.goto(`${server.url}/board/${board}#object=n_01ARZ3NDEKTSV4RRFFQ69G5FZZ`);
  await expect(tab.getByText(/The object of the link is not on the board/).first()).toBeVisible();
  await tab.close();

  // The list of all actions runs what is chosen in it.
  await aino.bringToFront();
  await aino.keyboard.press("Control+k");
  const palette = aino.getByRole("dialog", { name: "All actions" });
  await palette.getByRole("combobox").fill("fit");
  await palette.getByRole("option", { name: /^Zoom to fit/ }).click();
  await expect(palette).toHaveCount(0);
  await expect(item(aino, "Note", "Lähellä")).toBeInViewport();
  await expect(item(aino, "Obstacle", "Kaukana este")).toBeInViewport();

  // Locked by the facilitator: the participant reads it, and neither pulls, writes nor deletes it.
  await bengt.bringToFront();
  await expect(item(bengt, "Note", "Lähellä")).toBeVisible();
  await aino.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("select all");
  await palette.getByRole("option", { name: /^Select all/ }).click();
  await act(aino, "Lock");
  await expect(item(bengt, "Note", "Lähellä")).toHaveAttribute("aria-label", /locked/);
  await item(bengt, "Note", "Lähellä").click();
  await expect(panel(bengt)).toContainText("The facilitator has locked this");
  await expect(panel(bengt).getByRole("textbox", { name: "Text" })).toHaveAttribute("readonly");
  const still = await box(item(bengt, "Note", "Lähellä"));
  const [x, y] = await middle(item(bengt, "Note", "Lähellä"));
  await drag(bengt, [x, y], [x + 200, y + 100]);
  await bengt.keyboard.press("Delete");
  await bengt.keyboard.type("Ei näin");
  await place(bengt, "Note", [700, 600], "Vapaa lappu");
  await saved(bengt);
  const now = await box(item(bengt, "Note", "Lähellä"));
  expect([now.x, now.y]).toEqual([still.x, still.y]);
  await expect(item(bengt, "Note", "Lähellä")).toHaveText(/^\s*Lähellä\s*$/);
  await expect(item(aino, "Note", "Vapaa lappu")).toBeVisible();
  // Unlocked, it can be moved.
  await act(aino, "Unlock");
  await expect(item(bengt, "Note", "Lähellä")).not.toHaveAttribute("aria-label", /locked/);
  await drag(bengt, await middle(item(bengt, "Note", "Lähellä")), [x + 200, y + 100]);
  await near(async () => (await box(item(bengt, "Note", "Lähellä"))).x, still.x + 200, 10);
  await expect(bar(bengt)).not.toContainText("Not saved");
});
