// Rough handling: the same things deleted, moved and regrouped by two at once, ten thousand pasted, files at every limit.
import { type Page } from "@playwright/test";
import { act, box, field, item, place, surface, write } from "./board.ts";
import { bar, expect, fetched, notSaved, saved, test } from "./people.ts";

test.describe.configure({ timeout: 180_000 });

const panel = (page: Page) => page.getByRole("complementary");
const none = (page: Page): Promise<void> => surface(page).click({ position: { x: 30, y: 20 } });
const fit = (page: Page): Promise<void> => page.getByRole("button", { name: "Zoom to fit" }).click();
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
function id(prefix: string, number: number): string {
  let tail = "";
  for (let rest = number; tail.length < 8; rest = Math.floor(rest / 32)) tail = DIGITS.charAt(rest % 32) + tail;
  return `${prefix}_01ARZ3NDEKTSV4RRFF${tail}`;
}
interface File {
  readonly items: readonly { id: string; kind: string; text: string; parent: string | null }[];
  readonly links: readonly { id: string; kind: string; from: string; to: string }[];
}

/** Every item as assistive technology hears it: place, group, pins and all. */
const heard = (page: Page): Promise<string[]> =>
  surface(page)
    .locator("[role=group][data-id]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? "").toSorted());
async function same(aino: Page, bengt: Page): Promise<void> {
  for (const page of [aino, bengt]) {
    await saved(page);
    await none(page);
    await fit(page);
  }
  await expect(async () => expect(await heard(bengt)).toEqual(await heard(aino))).toPass({ timeout: 10_000 });
}
async function choose(page: Page, texts: readonly string[]): Promise<void> {
  await none(page);
  await fit(page);
  for (const [at, text] of texts.entries()) {
    await item(page, "Note", text).click(at === 0 ? {} : { modifiers: ["Shift"] });
    // The panel has come and takes room.
    await expect(panel(page)).toBeVisible();
    if (at < texts.length - 1) await fit(page);
  }
}
async function into(page: Page, kind: string, text: string, where: RegExp): Promise<void> {
  await none(page);
  await fit(page);
  await item(page, kind, text).click();
  await act(page, "Move to…");
  await page.getByRole("dialog").getByRole("button", { name: where }).click();
}
async function remove(page: Page, kind: string, text: string): Promise<void> {
  await none(page);
  await fit(page);
  await item(page, kind, text).getByText(text).first().click();
  await act(page, "Delete");
}

test("two delete, move and regroup the same things, one of them offline: both end with the same, nothing typed is lost", async ({ member, server }) => {
  const names = ["Alfa", "Beta", "Gamma", "Delta", "Eeta"];
  const notes = names.map((text, at) => ({ id: id("n", at), kind: "note", text, at: [at * 220, 0], size: [200, 120] }));
  const lanes = ["Kela", "Kunta"].map((text, at) => ({ id: id("l", at), kind: "lane", text, at: [0, 200 + at * 220], size: [1_000, 200] }));
  const step = { id: id("s", 1), kind: "step", text: "Käsittely", at: [100, 60], size: [160, 80], parent: id("l", 1) };
  const board = await server.board("Yhtä aikaa", { items: [...notes, ...lanes, step] });
  const { page: aino } = await member(board, "Aino", "participant");
  const bengts = await member(board, "Bengt", "participant");
  const { page: bengt } = bengts;

  await fetched(bengt);
  await bengts.context.setOffline(true);
  await expect(bar(bengt)).toContainText("Offline");
  await into(bengt, "Note", "Alfa", /^Kela/);
  await choose(bengt, ["Gamma", "Delta"]);
  await act(bengt, "Group");
  await write(bengt, "Bengtin ryhmä");
  await remove(bengt, "Lane", "Kunta");
  await notSaved(bengt);
  // Still writing when the connection comes back.
  await item(bengt, "Note", "Beta").dblclick();
  await expect(field(bengt)).toBeFocused();
  await bengt.keyboard.type(" jatkuu junassa");

  await remove(aino, "Lane", "Kela");
  await remove(aino, "Note", "Beta");
  await choose(aino, ["Gamma", "Eeta"]);
  await act(aino, "Group");
  await write(aino, "Ainon ryhmä");
  await into(aino, "Note", "Delta", /^Kunta/);
  await saved(aino);

  await bengts.context.setOffline(false);
  await expect(bengt.getByText(/deleted what you were working on\. The text is kept: Beta jatkuu junassa/).first()).toBeVisible();
  await bengt.getByRole("button", { name: "Make a note of it" }).click();
  await saved(bengt);
  await bengt.keyboard.press("Escape");
  await same(aino, bengt);
  const all = await heard(aino);
  for (const text of ["Alfa", "Gamma", "Delta", "Eeta", "Käsittely", "Beta jatkuu junassa"]) {
    expect(all.filter((label) => label.startsWith(`Note: ${text}`) || label.startsWith(`Process step: ${text}`)), text).toHaveLength(1);
  }
  // In the file every parent and every end is there, and nothing is in itself.
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  const known = new Map(file.items.map((each) => [each.id, each]));
  for (const each of file.items) {
    const seen = new Set([each.id]);
    for (let at = each.parent; at !== null; at = known.get(at)?.parent ?? null) {
      expect(known.has(at) && !seen.has(at), each.text).toBe(true);
      seen.add(at);
    }
  }
  expect(file.links.filter((link) => !known.has(link.from) || !known.has(link.to))).toEqual([]);

  // Now both online, in the same instant.
  await Promise.all([choose(aino, ["Eeta"]), choose(bengt, ["Eeta"])]);
  await Promise.all([aino, bengt].map((page) => page.keyboard.press("Delete")));
  await same(aino, bengt);
  for (const page of [aino, bengt]) await expect(item(page, "Note", "Eeta")).toHaveCount(0);
  await Promise.all([choose(aino, ["Alfa", "Delta"]), choose(bengt, ["Alfa", "Delta"])]);
  await Promise.all([aino, bengt].map((page) => page.keyboard.press("g")));
  for (const page of [aino, bengt]) {
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("Escape");
  }
  await same(aino, bengt);
  await choose(bengt, ["Alfa"]);
  await Promise.all([aino.getByRole("button", { name: "Undo" }).click(), bengt.keyboard.press("Delete")]);
  await same(aino, bengt);
  await place(aino, "Note", [60, 640], "Vielä");
  await expect(item(bengt, "Note", "Vielä")).toBeVisible();
  await same(aino, bengt);
});

/** Puts lines on the clipboard, as another program would. */
async function copied(page: Page, text: string): Promise<void> {
  const elsewhere = await page.context().newPage();
  await elsewhere.evaluate((lines) => {
    const give = (event: ClipboardEvent): void => {
      event.clipboardData?.setData("text/plain", lines);
      event.preventDefault();
      document.title = "copied";
    };
    document.addEventListener("copy", give);
  }, text);
  await elsewhere.keyboard.press("Control+c");
  await expect(elsewhere).toHaveTitle("copied");
  await elsewhere.close();
  await page.bringToFront();
}
const lines = (count: number): string => Array.from({ length: count }, (_, at) => `Liitetty rivi ${at + 1}`).join("\n");

test("10,000 lines are pasted: the page answers meanwhile, all are there, and the other has them", async ({ member, server }) => {
  const board = await server.board("Liittäminen");
  const { page: aino } = await member(board, "Aino", "participant");
  const { page: bengt } = await member(board, "Bengt", "participant");
  await copied(aino, lines(10_000));
  // The page itself measures from a click to the frame after it.
  await aino.evaluate(() => {
    const answers: number[] = [];
    Object.assign(globalThis, { answers });
    addEventListener(
      "click",
      (event) => requestAnimationFrame(() => setTimeout(() => answers.push(Math.round(performance.now() - event.timeStamp)))),
      { capture: true },
    );
  });
  const [out, back] = [await box(aino.getByRole("button", { name: "Zoom out" })), await box(aino.getByRole("button", { name: "Zoom in" }))];
  await surface(aino).click({ position: { x: 500, y: 600 } });
  await aino.keyboard.press("Control+v");
  const done = panel(aino).getByRole("heading", { name: "10,000 objects selected" });
  let clicks = 0;
  for (; (await done.count()) === 0; clicks += 1) {
    expect(clicks, "pasting comes to an end").toBeLessThan(3_000);
    const { x, y, width, height } = clicks % 2 === 0 ? out : back;
    await aino.mouse.click(x + width / 2, y + height / 2);
  }
  const answers = await aino.evaluate(() => (globalThis as unknown as { answers: number[] }).answers);
  console.log(`pasting 10,000: ${clicks} clicks meanwhile, slowest answer ${Math.max(...answers)} ms`);
  expect(clicks).toBeGreaterThan(0);
  expect(Math.max(...answers)).toBeLessThan(2_000);
  await expect(bar(aino)).toContainText(/Saved/, { timeout: 60_000 });
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  expect(new Set(file.items.map((each) => each.text)).size).toBe(10_000);
  await bengt.getByRole("toolbar").getByRole("button", { name: "Search" }).click();
  await bengt.getByRole("searchbox").fill("rivi 9999");
  await bengt.getByRole("search").getByRole("button", { name: /^Liitetty rivi 9999/ }).click();
  await expect(item(bengt, "Note", "Liitetty rivi 9999")).toBeVisible();
  // Undone as one.
  await aino.getByRole("button", { name: "Undo" }).click();
  await expect(bar(aino)).toContainText(/Saved/, { timeout: 60_000 });
  expect(((await server.api("GET", `/api/boards/${board}/export.json`)) as File).items).toEqual([]);
});

test("what does not fit on a full board is told, and what did is there", async ({ member, server }) => {
  const items = Array.from({ length: 19_995 }, (_, at) => ({
    id: id("n", at),
    kind: "note",
    text: `Vanha ${at + 1}`,
    at: [(at % 200) * 220, Math.floor(at / 200) * 140],
    size: [200, 120],
  }));
  const board = await server.board("Täynnä", { items });
  const { page } = await member(board, "Aino", "participant");
  await copied(page, lines(10_000));
  await surface(page).click({ position: { x: 500, y: 4 } });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+v");
  await expect(page.getByText("5 objects pasted. 9995 did not fit: the board holds no more objects.").first()).toBeVisible({ timeout: 30_000 });
  await expect(bar(page)).toContainText(/Saved/, { timeout: 30_000 });
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  expect(file.items).toHaveLength(20_000);
  expect(file.items.filter((each) => each.text.startsWith("Liitetty")).map((each) => each.text)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `Liitetty rivi ${number}`),
  );
  await page.keyboard.press("n");
  await expect(page.getByText(/holds the most objects it can, 20,000/).first()).toBeVisible();
  await expect(field(page)).toHaveCount(0);
});

test("a file at every limit opens, can be fitted and read; one that is past them is refused with a message", async ({ member, owner, server }) => {
  const far = 1_000_000;
  const odd = {
    rtl: "שלום עולם \u202Eהפוך\u202C",
    invisible: "\u200B\u200C\u200D\u2060\uFEFF",
    marks: `Zalgo ${"o\u0301\u0323\u0330".repeat(40)}`,
    family: "👩‍👩‍👧‍👦🇫🇮".repeat(20),
    long: "sanaväli".repeat(500),
    lines: "a\n".repeat(1_900),
    tags: "<img src=x onerror=alert(1)> & <b>ei</b>",
  };
  const corners = [[-far, -far], [far, far], [-far, far], [far, -far], [0, 0], [0, 0], [0, 0]];
  const notes = Object.values(odd).map((text, at) => ({ id: id("n", at), kind: "note", text, at: corners[at], size: at % 2 === 0 ? [far, 1] : [1, far] }));
  const lane = { id: id("l", 1), kind: "lane", text: odd.rtl, at: [far, far], size: [1, 1] };
  const steps = [1, 2].map((at) => ({ id: id("s", at), kind: "step", text: `Askel ${at}`, at: [at === 1 ? -far : far, far], size: [far, far], parent: lane.id }));
  const links = [{ id: id("f", 1), kind: "sequence", text: odd.rtl, from: steps[0]?.id, to: steps[1]?.id }];
  const board = await server.board(`Rajat ${odd.rtl}`.slice(0, 60), { items: [...notes, lane, ...steps], links });
  const { page } = await member(board, "Aino", "participant");
  await fit(page);
  await expect(page.getByText(/^5\s?%$/)).toBeVisible();
  // Everything is in the outline, and can be gone to from there.
  await page.getByRole("button", { name: "Outline view" }).click();
  const outline = page.getByRole("region", { name: "The board as an outline" });
  await expect(outline.getByText("Askel 1").first()).toBeVisible();
  const listed = await outline.locator("[data-outline]").evaluateAll((all) => new Set(all.map((each) => each.getAttribute("data-outline"))).size);
  expect(listed).toBeGreaterThanOrEqual(notes.length + 1 + steps.length);
  await expect(outline.getByText("<img src=x onerror=alert(1)>").first()).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  await page.getByRole("button", { name: "Canvas view" }).click();
  // It is still a board: found, brought near, written to.
  await page.getByRole("toolbar").getByRole("button", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("Zalgo");
  await page.getByRole("search").getByRole("button", { name: /^Zalgo/ }).click();
  await expect(panel(page).getByRole("textbox", { name: "Text" })).toHaveValue(odd.marks);
  await page.getByRole("button", { name: "Close the search" }).click();
  await none(page);
  await page.keyboard.press("n");
  await write(page, "Tavallinen lappu");
  await saved(page);
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  for (const text of Object.values(odd)) expect(file.items.map((each) => each.text)).toContain(text);
  expect(file.items.map((each) => each.text)).toContain("Tavallinen lappu");

  // One past: refused, each with a message, and no board is made.
  const host = await owner();
  const before = ((await server.api("GET", "/api/boards")) as unknown[]).length;
  const head = { format: "jalostamo.board", version: 1, title: "Yli" };
  const note = { id: id("n", 1), kind: "note", text: "", at: [0, 0], size: [200, 120] };
  const group = (own: number, parent: number) => ({ id: id("u", own), kind: "group", text: "", at: [0, 0], size: [400, 300], parent: id("u", parent) });
  const past = [
    { items: [{ ...note, at: [far + 1, 0] }] },
    { items: [{ ...note, size: [0, 10] }] },
    { items: [group(1, 2), group(2, 1)] },
    { items: [note], links: [{ id: id("f", 1), kind: "sequence", from: note.id, to: id("n", 99) }] },
  ];
  for (const content of past) {
    const buffer = Buffer.from(JSON.stringify({ ...head, ...content }));
    await host.page.locator("input[type=file]").setInputFiles({ name: "yli.json", mimeType: "application/json", buffer });
    await expect(host.page.getByText(/The file is not a (valid|Jalostamo) board/).last()).toBeVisible();
    await host.page.reload();
    await expect(host.page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(((await server.api("GET", "/api/boards")) as unknown[]).length).toBe(before);
});
