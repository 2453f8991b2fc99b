// Everything important on a board by clicks alone: no pointer is ever pulled while it is pressed.
import { type Page } from "@playwright/test";
import { act, add, between, box, counted, fill, item, middle, near, place, reads, surface, tool, write, WHOLE } from "./board.ts";
import { bar, expect, type Person, saved, test as base } from "./people.ts";

/** How far a pressed pointer may go and still be a click. */
const SLIP = 3;

/** Somebody whose mouse can only click: the ways to pull are taken away, and the page itself keeps watch. */
async function onlyClicks({ context, page }: Person): Promise<() => Promise<void>> {
  const never = (): never => {
    throw new Error("a pull, where only clicks are allowed");
  };
  Object.assign(page.mouse, { down: never, up: never });
  Object.assign(page, { dragAndDrop: never });
  const watch = (): void => {
    const pulls: number[] = [];
    Object.assign(globalThis, { pulls });
    let from: PointerEvent | undefined;
    const far = (event: PointerEvent): number => (from === undefined ? 0 : Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY));
    addEventListener("pointerdown", (event) => (from = event), { capture: true });
    addEventListener("pointermove", (event) => event.buttons > 0 && pulls.push(far(event)), { capture: true });
    addEventListener("pointerup", (event) => pulls.push(far(event)), { capture: true });
  };
  await context.addInitScript(watch);
  await page.evaluate(watch);
  return async () => {
    const pulls = await page.evaluate(() => (globalThis as unknown as { pulls: number[] }).pulls);
    expect(pulls.length, "clicks were watched").toBeGreaterThan(0);
    expect(Math.max(...pulls)).toBeLessThanOrEqual(SLIP);
  };
}
const test = base.extend<{ clicker: (board: string, name: string, role: "participant" | "facilitator") => Promise<Page> }>({
  clicker: async ({ member }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (board, name, role) => {
      const person = await member(board, name, role);
      ends.push(await onlyClicks(person));
      return person.page;
    });
    for (const end of ends) await end();
  },
});
test.describe.configure({ timeout: 180_000 });

const panel = (page: Page) => page.getByRole("complementary");
const none = (page: Page): Promise<void> => surface(page).click({ position: { x: 30, y: 20 } });
/** Answers a question that an action asked. */
async function answer(page: Page, name: RegExp | string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("the watch sees a pull", async ({ member, server }) => {
  const person = await member(await server.board("Vahti"), "Vetäjä", "participant");
  const { mouse } = person.page;
  const [down, up] = [mouse.down.bind(mouse), mouse.up.bind(mouse)];
  const clean = await onlyClicks(person);
  expect(() => mouse.down()).toThrow("a pull");
  await surface(person.page).click({ position: { x: 400, y: 400 } });
  await clean();
  await mouse.move(600, 400);
  await down();
  await mouse.move(660, 400, { steps: 3 });
  await up();
  await expect(clean()).rejects.toThrow();
});

test("a challenge is mapped by clicks alone: area, lanes, steps, arrow, pins, next step", async ({ clicker, member, server }) => {
  const board = await server.board("Napsauttaen");
  const aino = await clicker(board, "Aino", "participant");
  const { page: bengt } = await member(board, "Bengt", "participant");
  await add(aino, "Area", "Nykytila");
  await aino.getByRole("button", { name: "Close the guide" }).click();
  for (const [name, kind, org] of [["Omainen", "Customer", ""], ["Kela", "Organisation", "Kela"], ["Porvoo", "Organisation", "Porvoo"]] as const) {
    await item(aino, "Area", "Nykytila").getByText("Nykytila").click();
    await act(aino, "Add a lane");
    await write(aino, name);
    await fill(aino, { "Kind of lane": kind, Organisation: org });
  }
  await aino.getByRole("button", { name: "Zoom to fit" }).click();
  for (const [lane, text] of [["Omainen", "Ilmoitus"], ["Kela", "Hakemus"], ["Kela", "Odotus"]] as const) {
    await item(aino, "Lane", lane).getByText(lane, { exact: true }).first().click();
    await act(aino, "Add a process step");
    await write(aino, text);
  }
  await tool(aino, "Step");
  const porvoo = await box(item(aino, "Lane", "Porvoo"));
  await aino.mouse.click(porvoo.x + porvoo.width * 0.7, porvoo.y + porvoo.height / 2);
  await write(aino, "Päätös");
  await fill(aino, { "The customer takes part": true });
  await item(aino, "Process step", "Hakemus").click();
  await fill(aino, { "The customer takes part": true, "Information system": "OIWA", Channel: "By phone", Duration: "viikko" });
  await item(aino, "Process step", "Odotus").click();
  await fill(aino, { "Kind of step": "Waiting" });

  // One arrow by two clicks on the board, two by the question; a label and a kind by the panel.
  await tool(aino, "Arrow");
  await aino.mouse.click(...(await middle(item(aino, "Process step", "Hakemus"))));
  await aino.mouse.click(...(await middle(item(aino, "Waiting", "Odotus"))));
  await tool(aino, "Select");
  for (const [from, to, kind] of [["Odotus", "Päätös", "Arrow"], ["Ilmoitus", "Hakemus", "Customer moves on"]] as const) {
    await item(aino, from === "Odotus" ? "Waiting" : "Process step", from).click();
    await act(aino, "Connect…");
    await aino.getByRole("dialog").getByRole("combobox", { name: "Kind of arrow" }).selectOption({ label: kind });
    await answer(aino, new RegExp(`^${to}`));
  }
  await none(aino);
  await aino.mouse.click(...(await between(item(aino, "Process step", "Hakemus"), item(aino, "Waiting", "Odotus"))));
  await fill(aino, { "Name of the arrow": "Puuttuu liite" });
  await expect(item(bengt, "Process step", "Hakemus")).toHaveAttribute("aria-label", /next: Odotus \(Puuttuu liite\)/);
  await expect(item(bengt, "Waiting", "Odotus")).toHaveAttribute("aria-label", /next: Päätös/);
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 0]);

  // Pins: on an arrow by the tool, on a step by its menu, and moved to another step by the question.
  await none(aino);
  await tool(aino, "Obstacle");
  await aino.mouse.click(...(await between(item(aino, "Process step", "Hakemus"), item(aino, "Waiting", "Odotus"))));
  await write(aino, "Paperit");
  await expect(item(bengt, "Obstacle", "Paperit")).toHaveAttribute("aria-label", /pinned to the arrow Hakemus → Odotus/);
  for (const [entry, kind, text] of [
    ["Add an obstacle", "Obstacle", "Tieto puuttuu"],
    ["Add a bottleneck", "Bottleneck", "Yksi tekijä"],
    ["Add a pain point", "Pain point", "Raha loppuu"],
    ["Add a cooperation spot", "Cooperation spot", "Neuvonta"],
    ["Add a question", "Question", "Miksi?"],
    ["Add evidence", "Evidence", "Haastattelu"],
  ] as const) {
    await none(aino);
    await item(aino, "Process step", "Päätös").click({ position: { x: 10, y: 10 } });
    await act(aino, entry);
    await write(aino, text);
    await bengt.getByRole("button", { name: "Zoom to fit" }).click();
    await expect(item(bengt, kind, text.slice(0, 5))).toHaveAttribute("aria-label", /pinned to Päätös/);
  }
  await none(aino);
  await item(aino, "Obstacle", "Tieto puuttuu").click();
  await fill(aino, { Severity: "Serious", Legislation: true });
  await act(aino, "Pin to…");
  await answer(aino, /^Ilmoitus/);
  await expect(item(bengt, "Obstacle", "Tieto puuttuu")).toHaveAttribute("aria-label", /pinned to Ilmoitus/);
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 2]);
  await act(aino, "Detach");
  await expect(item(bengt, "Obstacle", "Tieto puuttuu")).not.toHaveAttribute("aria-label", /pinned/);

  for (const [kind, text] of [["Idea", "Yksi luukku"], ["Insight", "Ei kokonaiskuvaa"], ["Term", "Omainen"], ["Shared goal", "Yksi yhteydenotto"]] as const) {
    await none(aino);
    await add(aino, kind, text);
    await bengt.getByRole("button", { name: "Zoom to fit" }).click();
    await expect(item(bengt, kind, text)).toBeVisible();
    await aino.getByRole("button", { name: "Zoom to fit" }).click();
  }
  await none(aino);
  await tool(aino, "Next step");
  const area = await box(item(aino, "Area", "Nykytila"));
  await aino.mouse.click(area.x + area.width * 0.3, area.y + area.height * 0.92);
  await write(aino, "Sovitaan");
  const step = { "Type of next step": "Joint development project", "Owner (responsible)": "Kela", "Contact person": "Liisa", "Due date": "2027-01-31", Status: "In progress" };
  await fill(aino, step);
  // Answered: the obstacle leads to the next step.
  await item(aino, "Obstacle", "Paperit").click();
  await act(aino, "Relate to…");
  await answer(aino, /^Sovitaan/);
  await fill(aino, { Resolution: "Next step agreed" });
  for (const page of [aino, bengt]) await counted(page, [1, 1, 1, 1]);
  await bengt.getByRole("button", { name: "Zoom to fit" }).click();
  await expect(item(bengt, "Obstacle", "Paperit")).toHaveAttribute("aria-label", /answered by Sovitaan/);
  await item(bengt, "Next step", "Sovitaan").click();
  await reads(bengt, step);
  await saved(aino);
});

test("editing by clicks alone: several chosen, moved, resized, grouped, recoloured, doubled, layered, found, locked", async ({ clicker, member, server }) => {
  const id = (number: number) => `n_01ARZ3NDEKTSV4RRFFQ69G5FA${number}`;
  const note = (number: number, text: string, at: readonly [number, number]) => ({ id: id(number), kind: "note", text, at, size: [200, 120] });
  const lane = { id: "l_01ARZ3NDEKTSV4RRFFQ69G5FA9", kind: "lane", text: "Kunta", at: [0, 500], size: [1_000, 200] };
  const items = [note(1, "Yksi", [0, 0]), note(2, "Kaksi", [300, 0]), note(3, "Kolme", [320, 20]), note(4, "Paikallaan", [800, 0]), lane];
  const board = await server.board("Muokkaus", { items });
  const aino = await clicker(board, "Aino", "facilitator");
  const { page: bengt } = await member(board, "Bengt", "participant");
  const away = async (text: string): Promise<readonly [number, number]> => {
    const [one, base] = [await box(item(bengt, "Note", text)), await box(item(bengt, "Note", "Paikallaan"))];
    return [one.x - base.x, one.y - base.y];
  };
  const zoom = (await box(item(bengt, "Note", "Yksi"))).width / 200;

  // Several: one click, then clicks with Shift; moved by buttons, all together.
  const choose = async (): Promise<void> => {
    await item(aino, "Note", "Yksi").click();
    await item(aino, "Note", "Kolme").click({ modifiers: ["Shift"] });
    await expect(panel(aino)).toContainText("2 objects selected");
  };
  await choose();
  const [first, third] = [await away("Yksi"), await away("Kolme")];
  await panel(aino).getByText("Place and size").click();
  for (const name of ["Move down", "Move down", "Move right"]) await panel(aino).getByRole("button", { name }).click();
  await near(async () => (await away("Yksi"))[1] - first[1], 40 * zoom);
  await near(async () => (await away("Kolme"))[0] - third[0], 20 * zoom);

  // Grouped and named; recoloured; ungrouped.
  await act(aino, "Group");
  await write(aino, "Pari");
  await expect(item(bengt, "Group", "Pari")).toHaveAttribute("aria-label", /2 objects in the group/);
  await act(aino, "Ungroup");
  await expect(item(bengt, "Group", "Pari")).toHaveCount(0);
  await act(aino, "Change the colour…");
  await answer(aino, "Violet");
  await item(bengt, "Note", "Yksi").click();
  await expect(panel(bengt).getByRole("radio", { name: "Violet" })).toBeChecked();

  // Resized by numbers; what is too small becomes the least.
  await none(aino);
  await item(aino, "Note", "Yksi").click();
  await panel(aino).getByText("Place and size").click();
  await fill(aino, { Width: "260", Height: "5" });
  await reads(aino, { Width: "260", Height: "40" });
  await near(async () => (await box(item(bengt, "Note", "Yksi"))).width, 260 * zoom);
  await near(async () => (await box(item(bengt, "Note", "Yksi"))).height, 40 * zoom);

  // Doubled, deleted, brought back.
  await act(aino, "Duplicate");
  await expect(item(bengt, "Note", "Yksi")).toHaveCount(2);
  await act(aino, "Delete");
  await expect(item(bengt, "Note", "Yksi")).toHaveCount(1);
  await aino.getByRole("button", { name: "Undo" }).click();
  await expect(item(bengt, "Note", "Yksi")).toHaveCount(2);
  await aino.getByRole("button", { name: "Redo" }).click();
  await expect(item(bengt, "Note", "Yksi")).toHaveCount(1);

  // Into a lane, and out again.
  await item(aino, "Note", "Yksi").click();
  await act(aino, "Move to…");
  await answer(aino, /^Kunta/);
  await expect(item(bengt, "Note", "Yksi")).toHaveAttribute("aria-label", /lane Kunta/);
  await act(aino, "Move to…");
  await answer(aino, "Freely on the board");
  await expect(item(bengt, "Note", "Yksi")).not.toHaveAttribute("aria-label", /lane Kunta/);

  // Which of two that lie over each other is on top.
  const above = async (): Promise<string> => {
    const [a, b] = [await box(item(bengt, "Note", "Kaksi")), await box(item(bengt, "Note", "Kolme"))];
    const at = [Math.max(a.x, b.x) + 12, Math.max(a.y, b.y) + 12];
    return bengt.evaluate(([x = 0, y = 0]) => document.elementFromPoint(x, y)?.closest("[role=group]")?.getAttribute("aria-label") ?? "", at);
  };
  await none(bengt);
  await item(aino, "Note", "Kaksi").click({ position: { x: 8, y: 8 } });
  await act(aino, "Bring to front");
  await expect.poll(above).toMatch(/^Note: Kaksi/);
  await act(aino, "Send backward");
  await expect.poll(above).toMatch(/^Note: Kolme/);
  await act(aino, "Bring forward");
  await expect.poll(above).toMatch(/^Note: Kaksi/);

  // Found, and the view moved there and about, without pulling the paper.
  await aino.getByRole("button", { name: "Scroll the view" }).click();
  for (let turn = 0; turn < 8; turn += 1) await aino.getByRole("button", { name: "Scroll right" }).click();
  await expect(item(aino, "Note", "Yksi")).not.toBeInViewport();
  await aino.getByRole("toolbar").getByRole("button", { name: "Search" }).click();
  await aino.getByRole("searchbox").fill("yksi");
  await aino.getByRole("search").getByRole("button", { name: /^Yksi/ }).click();
  await expect(item(aino, "Note", "Yksi")).toBeInViewport({ ratio: WHOLE });
  await aino.getByRole("button", { name: "Close the search" }).click();
  await act(aino, "Copy link to this object");
  await expect(aino.getByText(/The link to Yksi was copied/).first()).toBeAttached();

  // Locked and let go.
  await act(aino, "Lock");
  await expect(item(bengt, "Note", "Yksi")).toHaveAttribute("aria-label", /locked/);
  await bengt.getByRole("button", { name: "Zoom to fit" }).click();
  await item(bengt, "Note", "Yksi").click();
  await expect(panel(bengt)).toContainText("The object is locked. A facilitator can unlock it.");
  await panel(bengt).getByText("Place and size").click();
  await expect(panel(bengt).getByRole("button", { name: "Move up" })).toBeDisabled();
  await act(aino, "Unlock");
  await expect(panel(bengt).getByRole("button", { name: "Move up" })).toBeEnabled();
  await place(aino, "Note", [400, 60], "Lopuksi");
  await saved(aino);
  await expect(bar(bengt)).not.toContainText("Not saved");
});
