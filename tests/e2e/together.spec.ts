// Two people map a process on one board at the same time: what one does, the other sees; undo is one's own.
import { box, drag, field, item, middle, near, place, spot, surface, tool, write } from "./board.ts";
import { bar, expect, type Person, saved, test, words } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

async function two(member: (board: string, name: string, role: "participant") => Promise<Person>, board: string) {
  const aino = await member(board, "Aino", "participant");
  const bengt = await member(board, "Bengt", "participant");
  return [aino.page, bengt.page, aino, bengt] as const;
}

test("notes by double-click and by key, written at once, seen by the other with name and cursor", async ({ member, server }) => {
  const [aino, bengt] = await two(member, await server.board("Laput"));
  await expect(aino.getByRole("heading", { name: /three steps/i })).toBeVisible();
  await aino.mouse.dblclick(...(await spot(aino, [300, 250])));
  await expect(field(aino)).toBeFocused();
  await aino.keyboard.type("Hakemus viipyy");
  // The other reads along while it is being written.
  await expect(item(bengt, "Note", "Hakemus viipyy")).toContainText("Hakemus viipyy");
  await aino.keyboard.press("Escape");
  await saved(aino);

  await surface(bengt).click({ position: { x: 700, y: 500 } });
  await bengt.keyboard.press("n");
  await write(bengt, "Sosiaalityö auttaa");
  await expect(item(aino, "Note", "Sosiaalityö auttaa")).toBeVisible();

  // A chosen note takes what is typed: no key to learn first.
  await item(aino, "Note", "Hakemus").click();
  await aino.keyboard.type("; kuukausia");
  await aino.keyboard.press("Escape");
  await expect(item(bengt, "Note", "Hakemus viipyy; kuukausia")).toBeVisible();

  // Both write into one note.
  await item(aino, "Note", "Hakemus").dblclick();
  await item(bengt, "Note", "Hakemus").dblclick();
  await expect(field(bengt)).toBeFocused();
  await bengt.keyboard.press("Control+Home");
  await Promise.all([aino.keyboard.type(" ja vuosia"), bengt.keyboard.type("Usein: ")]);
  const both = "Usein: Hakemus viipyy; kuukausia ja vuosia";
  await expect(field(aino)).toHaveValue(both);
  await expect(field(bengt)).toHaveValue(both);
});

test("lanes, steps of five kinds that snap into them, and arrows that stay attached", async ({ member, server }) => {
  const board = await server.board("Prosessi");
  const [aino, bengt] = await two(member, board);
  await place(aino, "Lane", [60, 60], "Asiakas");
  await place(aino, "Lane", [60, 330], "Kela");
  await expect(item(bengt, "Lane", "Kela")).toBeVisible();
  const lane = await box(item(aino, "Lane", "Asiakas"));

  const kinds = ["Process step", "Start", "End", "Decision point", "Waiting"];
  for (const [at, kind] of kinds.entries()) {
    // Off the middle of the lane on purpose: it snaps.
    await tool(aino, "Step");
    await aino.mouse.click(lane.x + 150 + at * 180, lane.y + lane.height / 2 + (at % 2 === 0 ? 22 : -18));
    await write(aino, `Vaihe ${at + 1}`);
    if (kind === "Process step") continue;
    await item(aino, "Process step", `Vaihe ${at + 1}`).click();
    await aino.getByRole("combobox", { name: "Kind of step" }).selectOption({ label: kind });
    await expect(item(aino, kind, `Vaihe ${at + 1}`)).toBeVisible();
  }
  for (const [at, kind] of kinds.entries()) {
    const seen = item(bengt, kind, `Vaihe ${at + 1}`);
    await expect(seen).toHaveAttribute("aria-label", new RegExp(`lane Asiakas, ${at + 1} of 5`));
  }
  const rows = await Promise.all(kinds.map((kind, at) => middle(item(aino, kind, `Vaihe ${at + 1}`))));
  for (const [, y] of rows) expect(Math.abs(y - (lane.y + lane.height / 2))).toBeLessThan(40);

  // An arrow by two clicks, another by the keyboard's question.
  await tool(aino, "Arrow");
  await aino.mouse.click(...(await middle(item(aino, "Process step", "Vaihe 1"))));
  await aino.mouse.click(...(await middle(item(aino, "Start", "Vaihe 2"))));
  await expect(item(bengt, "Process step", "Vaihe 1")).toHaveAttribute("aria-label", /next: Vaihe 2/);
  await aino.keyboard.press("Escape");
  await item(aino, "Start", "Vaihe 2").click();
  await aino.getByRole("button", { name: "Actions" }).click();
  await aino.getByRole("menuitem", { name: "Connect…" }).click();
  await aino.getByRole("dialog").getByRole("button", { name: /^Vaihe 4/ }).click();
  await expect(item(bengt, "Start", "Vaihe 2")).toHaveAttribute("aria-label", /next: Vaihe 4/);

  // Dragged to the other lane, the step takes its arrows along and belongs there.
  const below = await box(item(aino, "Lane", "Kela"));
  const from = await middle(item(aino, "Start", "Vaihe 2"));
  await drag(aino, from, [from[0] + 90, below.y + below.height / 2 + 14]);
  for (const page of [aino, bengt]) {
    await expect(item(page, "Start", "Vaihe 2")).toHaveAttribute("aria-label", /lane Kela.*next: Vaihe 4/);
    await expect(item(page, "Process step", "Vaihe 1")).toHaveAttribute("aria-label", /next: Vaihe 2/);
  }
  await near(async () => (await middle(item(bengt, "Start", "Vaihe 2")))[1], below.y + below.height / 2, 40);
  // The document holds the ends as objects: a point cannot come loose.
  await saved(aino);
  type File = { items: { id: string; text: string }[]; links: { kind: string; from: string; to: string }[] };
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  const text = (id: string) => file.items.find((each) => each.id === id)?.text;
  expect(file.links.map((link) => `${text(link.from)} → ${text(link.to)}`).toSorted()).toEqual([
    "Vaihe 1 → Vaihe 2",
    "Vaihe 2 → Vaihe 4",
  ]);
});

test("obstacles and cooperation spots sit on a step and move with it; next steps have owner and day", async ({ member, server }) => {
  const [aino, bengt] = await two(member, await server.board("Esteet"));
  await place(aino, "Step", [300, 260], "Perukirjoitus");
  for (const [key, kind, text] of [["e", "Obstacle", "Tieto ei kulje"], ["y", "Cooperation spot", "Yhteinen neuvonta"]] as const) {
    await aino.keyboard.press("Escape");
    await surface(aino).click({ position: { x: 20, y: 20 } });
    // Letters are commands when the step is reached by keys.
    await aino.keyboard.press("Home");
    await expect(item(aino, "Process step", "Perukirjoitus")).toBeFocused();
    await aino.keyboard.press(key);
    await write(aino, text);
    await expect(item(bengt, kind, text)).toHaveAttribute("aria-label", /pinned to Perukirjoitus/);
  }
  const before = await box(item(bengt, "Obstacle", "Tieto"));
  const [x, y] = await middle(item(aino, "Process step", "Perukirjoitus"));
  const shown = await box(item(bengt, "Process step", "Perukirjoitus"));
  await drag(aino, [x, y], [x + 160, y + 90]);
  await near(async () => (await box(item(bengt, "Process step", "Perukirjoitus"))).x - shown.x, 160, 24);
  await near(async () => (await box(item(bengt, "Obstacle", "Tieto"))).x - before.x, 160, 24);
  await near(async () => (await box(item(bengt, "Obstacle", "Tieto"))).y - before.y, 90, 24);

  await surface(aino).click({ position: { x: 20, y: 20 } });
  await place(aino, "Next step", [700, 560], "Sovitaan yhteyshenkilöt");
  await item(aino, "Next step", "Sovitaan").click();
  const panel = aino.getByRole("complementary");
  await panel.getByRole("textbox", { name: "Owner (responsible)" }).fill("Kela");
  await panel.getByLabel("Due date").fill("2027-01-31");
  await panel.getByLabel("Due date").press("Tab");
  await item(bengt, "Next step", "Sovitaan").click();
  const theirs = bengt.getByRole("complementary");
  await expect(theirs.getByRole("textbox", { name: "Owner (responsible)" })).toHaveValue("Kela");
  await expect(theirs.getByLabel("Due date")).toHaveValue("2027-01-31");
  await theirs.getByRole("combobox", { name: "Status" }).selectOption({ label: "Agreed" });
  await expect(panel.getByRole("combobox", { name: "Status" })).toHaveValue("agreed");
});

test("move, resize, delete; undo and redo are of one's own changes only", async ({ member, server }) => {
  const [aino, bengt] = await two(member, await server.board("Kumoaminen"));
  await place(aino, "Note", [300, 250], "Ainon lappu");
  await expect(item(bengt, "Note", "Ainon")).toBeVisible();
  await place(bengt, "Note", [300, 500], "Bengtin lappu");
  await expect(item(aino, "Note", "Bengtin")).toBeVisible();

  // Places are told from the other note: each person's view may stand elsewhere.
  const right = async (): Promise<number> =>
    (await box(item(bengt, "Note", "Ainon"))).x - (await box(item(bengt, "Note", "Bengtin"))).x;
  const wide = async (): Promise<number> => (await box(item(bengt, "Note", "Ainon"))).width;
  const start = await right();
  const [x, y] = await middle(item(aino, "Note", "Ainon"));
  await drag(aino, [x, y], [x + 200, y - 40]);
  await near(right, start + 200, 16);
  const moved = await box(item(aino, "Note", "Ainon"));
  await drag(aino, [moved.x + moved.width, moved.y + moved.height], [moved.x + moved.width + 120, moved.y + moved.height + 60]);
  await near(wide, moved.width + 120, 16);

  // Bengt writes after that; Aino's undo takes back her own doings one by one and leaves his.
  await item(bengt, "Note", "Ainon").dblclick();
  await write(bengt, " (Bengt lisäsi)");
  await expect(item(aino, "Note", "Ainon")).toContainText("(Bengt lisäsi)");
  await surface(aino).click({ position: { x: 20, y: 20 } });
  const undo = aino.getByRole("button", { name: "Undo" });
  await aino.keyboard.press("Control+z");
  await near(wide, moved.width);
  await undo.click();
  await near(right, start);
  await expect(item(bengt, "Note", "Ainon")).toContainText("(Bengt lisäsi)");
  await aino.getByRole("button", { name: "Redo" }).click();
  await near(right, start + 200, 16);
  await aino.keyboard.press("Control+z");
  await near(right, start);

  // Deleted by Aino, brought back by her undo, with what Bengt wrote in it.
  await item(aino, "Note", "Ainon").click();
  await aino.keyboard.press("Delete");
  await expect(item(bengt, "Note", "Ainon")).toHaveCount(0);
  await aino.keyboard.press("Control+z");
  await expect(item(bengt, "Note", "Ainon")).toContainText("(Bengt lisäsi)");

  // Undone to the very beginning, Bengt's note stands; redone, hers is back.
  for (let turn = 0; turn < 12 && (await undo.getAttribute("aria-disabled")) !== "true"; turn += 1) await undo.click();
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await expect(item(aino, "Note", "Bengtin lappu")).toBeVisible();
  await expect(item(bengt, "Note", "Bengtin lappu")).toBeVisible();
  await surface(aino).click({ position: { x: 20, y: 20 } });
  await aino.keyboard.press("Control+y");
  await expect(surface(bengt).getByRole("group", { name: /^Note: / })).toHaveCount(2);
});

test("names, cursors, selections and drags of others are live; who is here is listed", async ({ member, server }) => {
  const board = await server.board("Läsnäolo");
  const [aino, bengt, , someone] = await two(member, board);
  await place(aino, "Note", [300, 250], "Liikkuva");
  await expect(item(bengt, "Note", "Liikkuva")).toBeVisible();
  await aino.mouse.move(...(await spot(aino, [500, 480])));
  await expect(surface(bengt).getByText("Aino", { exact: true }).first()).toBeVisible();
  // Where the pointer was, on the board of the other.
  const wanted = await spot(bengt, [500, 480]);
  await near(async () => (await cursor(bengt))[0], wanted[0], 14);
  await near(async () => (await cursor(bengt))[1], wanted[1], 30);

  await item(aino, "Note", "Liikkuva").click();
  await expect(surface(bengt).locator(".jb-other")).toHaveCount(1);
  const shown = await box(item(bengt, "Note", "Liikkuva"));
  const [x, y] = await middle(item(aino, "Note", "Liikkuva"));
  await drag(aino, [x, y], [x + 240, y + 160], async () => {
    await near(async () => (await box(item(bengt, "Note", "Liikkuva"))).x, shown.x + 240, 16);
    await near(async () => (await box(item(bengt, "Note", "Liikkuva"))).y, shown.y + 160, 16);
  });

  await aino.getByRole("button", { name: "2 here now" }).click();
  const list = aino.getByRole("dialog", { name: "Here now" }).getByRole("list").first().getByRole("listitem");
  await expect(list).toHaveCount(2);
  await expect(list.filter({ hasText: "Aino" })).toContainText("you");
  await someone.context.close();
  await expect(aino.getByRole("dialog").getByText("Nobody else is here now.")).toBeVisible();
  await expect(surface(aino).getByText("Bengt", { exact: true })).toHaveCount(0);
  await expect(bar(aino)).toContainText(words.saved);
});

/** The point of the other's drawn pointer. */
async function cursor(page: Person["page"]): Promise<readonly [number, number]> {
  const at = await surface(page).locator(".jb-cursor").first().boundingBox();
  return at === null ? [Number.NaN, Number.NaN] : [at.x, at.y];
}
