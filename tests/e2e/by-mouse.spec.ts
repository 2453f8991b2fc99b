// Two people edit one board by mouse: many at once, what lies over what, finding, links, the list of actions, the lock.
import { type Page } from "@playwright/test";
import { act, box, drag, item, middle, near, place, surface, write, zoom } from "./board.ts";
import { bar, expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 180_000 });

const panel = (page: Page) => page.getByRole("complementary");
const none = (page: Page): Promise<void> => surface(page).click({ position: { x: 30, y: 20 } });

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
  for (const page of [aino, bengt]) await expect.poll(() => zoom(page)).toBeLessThan(75);

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
  await saved(aino);
});

test("one over the other: a click takes the one that lies above, on both pages", async ({ member, server }) => {
  const id = (number: number) => `n_01ARZ3NDEKTSV4RRFFQ69G5FA${number}`;
  const items = [
    { id: id(1), kind: "note", text: "Alla", at: [0, 0], size: [200, 120] },
    { id: id(2), kind: "note", text: "Sivulla", at: [500, 0], size: [200, 120] },
  ];
  const board = await server.board("Päällekkäin", { items });
  const { page: aino } = await member(board, "Aino", "participant");
  const { page: bengt } = await member(board, "Bengt", "participant");
  const still = await middle(item(aino, "Note", "Alla"));
  await drag(aino, await middle(item(aino, "Note", "Sivulla")), [still[0] + 30, still[1] + 20]);
  await none(aino);
  const shared = async (page: Page): Promise<readonly [number, number]> => {
    const [x, y] = await middle(item(page, "Note", "Alla"));
    return [x + 5, y + 5];
  };
  const above = async (page: Page): Promise<string> =>
    page.evaluate(([x = 0, y = 0]) => document.elementFromPoint(x, y)?.closest("[role=group]")?.getAttribute("aria-label") ?? "", [...(await shared(page))]);
  const takes = async (page: Page, text: string): Promise<void> => {
    await expect.poll(() => above(page)).toMatch(new RegExp(`^Note: ${text}`));
    await none(page);
    await page.mouse.click(...(await shared(page)));
    await expect(panel(page).getByRole("textbox", { name: "Text" })).toHaveValue(text);
    await none(page);
    await expect(panel(page)).toHaveCount(0);
  };
  await expect.poll(() => above(bengt)).toMatch(/^Note: (Alla|Sivulla)/);
  const [top, under] = (await above(aino)).startsWith("Note: Alla") ? (["Alla", "Sivulla"] as const) : (["Sivulla", "Alla"] as const);
  for (const page of [aino, bengt]) await takes(page, top);
  for (const [entry, wanted] of [["Send backward", under], ["Send backward", top], ["Send to back", under], ["Send to back", top]] as const) {
    await aino.mouse.click(...(await shared(aino)));
    await act(aino, entry);
    for (const page of [aino, bengt]) await takes(page, wanted);
  }
});

test("search and jump, a link to an object, a command from the list of all, and the facilitator's lock", async ({ member, server }) => {
  const id = (number: number) => `n_01ARZ3NDEKTSV4RRFFQ69G5FA${number}`;
  const board = await server.board("Löytäminen", {
    items: [
      { id: id(1), kind: "note", text: "Lähellä", at: [0, 0], size: [200, 120] },
      { id: id(2), kind: "note", text: "Kaukana Öinen", at: [5_000, 2_500], size: [200, 120] },
      { id: "o_01ARZ3NDEKTSV4RRFFQ69G5FA3", kind: "obstacle", text: "Kaukana este", at: [-800, 900], size: [160, 80] },
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
  await expect(item(aino, "Note", "Kaukana")).toBeInViewport({ ratio: 0.99 });
  await expect(panel(aino).getByRole("textbox", { name: "Text" })).toHaveValue("Kaukana Öinen");
  await search.getByRole("searchbox").fill("eiolemassa");
  await expect(search.getByRole("status")).toContainText("Nothing found.");
  await search.getByRole("button", { name: "Close the search" }).click();
  await expect(search).toHaveCount(0);

  // The link of the object, opened by the other in a new tab, leads there.
  await act(aino, "Copy link to this object");
  await expect(aino.getByText(/The link to Kaukana Öinen was copied/).first()).toBeVisible();
  const paper = await ainos.context.newPage();
  await paper.setContent("<textarea></textarea>");
  await paper.locator("textarea").press("Control+v");
  await expect(paper.locator("textarea")).toHaveValue(new RegExp(`/board/${board}#object=n_`));
  const address = await paper.locator("textarea").inputValue();
  await paper.close();
  const tab = await bengts.context.newPage();
  await tab.goto(address);
  await expect(item(tab, "Note", "Kaukana")).toBeInViewport({ ratio: 0.99 });
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
  await expect(panel(bengt)).toContainText("The object is locked. A facilitator can unlock it.");
  await expect(panel(bengt).getByRole("textbox", { name: "Text" })).toHaveAttribute("readonly");
  const [x, y] = await middle(item(bengt, "Note", "Lähellä"));
  await drag(bengt, [x, y], [x + 200, y + 100]);
  await bengt.keyboard.press("Delete");
  await bengt.keyboard.type("Ei näin");
  await place(bengt, "Note", [700, 600], "Vapaa lappu");
  await saved(bengt);
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as { items: { text: string; at: number[] }[] };
  expect(file.items.find((each) => each.text === "Lähellä")?.at).toEqual([0, 0]);
  await expect(item(bengt, "Note", "Lähellä")).toHaveText(/^\s*Lähellä\s*$/);
  await expect(item(aino, "Note", "Vapaa lappu")).toBeVisible();
  // Unlocked, it can be moved.
  await act(aino, "Unlock");
  await expect(item(bengt, "Note", "Lähellä")).not.toHaveAttribute("aria-label", /locked/);
  const still = await box(item(bengt, "Note", "Lähellä"));
  const grip = await middle(item(bengt, "Note", "Lähellä"));
  await drag(bengt, grip, [grip[0] + 200, grip[1] + 100]);
  await near(async () => (await box(item(bengt, "Note", "Lähellä"))).x, still.x + 200, 10);
  await expect(bar(bengt)).not.toContainText("Not saved");
});
