// A whole board in the outline by keyboard alone: everything is made, changed and heard; the other sees it drawn.
import { item, surface } from "./board.ts";
import { act, answer, choose, fillIn, hears, line, listenTo, make, openOutline, outline, panel, pick, press, reach, row, somewhere } from "./keyboard.ts";
import { expect, join, saved, test } from "./people.ts";

test.describe.configure({ timeout: 240_000 });

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

test("a process with its branches, obstacles and answers, every kind of thing and its fields", async ({ member, server, somebody }) => {
  const board = await server.board("Koko taulu");
  const other = await member(board, "Bengt", "participant");
  const aino = await somebody("Aino");
  await listenTo(aino);
  await join(aino, await server.invite(board, "participant"));
  const { page } = aino;
  await openOutline(page);

  await test.step("an area with lanes, the customer's first", async () => {
    await make(page, "New lane", "Area", "Nykytila");
    await hears(page, /Added: Area\. Nykytila/);
    await make(page, "New note in Nykytila", "Lane", "Asiakas");
    await hears(page, /Asiakas/);
    await act(page, "Asiakas", "Details…");
    await choose(page, panel(page).getByLabel("Kind of lane"), "Customer");
    await hears(page, /Details changed: Asiakas/);
    await page.keyboard.press("Escape");
    for (const name of ["Kela", "Kunta"]) {
      await make(page, "New lane in Nykytila", undefined, name);
      await hears(page, name);
    }
    await expect(outline(page).getByRole("heading", { level: 3 })).toHaveText(["Asiakas", "Kela", "Kunta"]);
  });

  await test.step("steps in the lanes, of their kinds", async () => {
    for (const [lane, text, place] of [
      ["Asiakas", "Hakee tukea", "1 of 1"],
      ["Kela", "Käsittely", "1 of 1"],
      ["Kela", "Riittääkö?", "2 of 2"],
      ["Kela", "Päätös", "3 of 3"],
      ["Kunta", "Lisäselvitys", "1 of 1"],
    ] as const) {
      await make(page, `New process step in the lane ${lane}`, undefined, text);
      await hears(page, `Process step added. ${text} Lane: ${lane}, ${place}.`);
    }
    await act(page, "Riittääkö?", "Details…");
    await choose(page, panel(page).getByLabel("Kind of step"), "Decision point");
    await hears(page, "Details changed: Riittääkö?");
    await fillIn(page, panel(page).getByLabel("Information system"), "Kelmu");
    await hears(page, "Details changed: Riittääkö?");
    await press(page, panel(page).getByRole("checkbox", { name: "The customer takes part" }), "Space");
    await hears(page, "Details changed: Riittääkö?");
    await page.keyboard.press("Escape");
    await expect(outline(page).getByRole("button", { name: "Actions: Riittääkö?" })).toBeFocused();
    await expect(line(page, "Riittääkö?")).toContainText(/Decision point.*Kelmu/s);
  });

  await test.step("arrows of two kinds, with the names of the branches", async () => {
    await act(page, "Hakee tukea", "Connect…");
    const dialog = page.getByRole("dialog");
    await choose(page, dialog.getByLabel("Kind of arrow"), "Customer moves on");
    await reach(page, dialog.getByRole("searchbox"));
    await answer(page, "käsi", /^Käsittely/);
    await hears(page, /Connected: Hakee tukea → Käsittely\. Customer moves on/);
    for (const [from, typed, to] of [
      ["Käsittely", "riit", "Riittääkö?"],
      ["Riittääkö?", "pää", "Päätös"],
      ["Riittääkö?", "lisä", "Lisäselvitys"],
    ] as const) {
      await act(page, from, "Connect…");
      await answer(page, typed, new RegExp(`^${to.slice(0, 6)}`));
      await hears(page, `Connected: ${from} → ${to}`);
    }
    for (const [to, label] of [["Päätös", "Kyllä"], ["Lisäselvitys", "Ei"]] as const) {
      await act(page, "Riittääkö?", `Arrow to ${to}…`);
      await expect(dialog.getByRole("textbox", { name: "Name of the arrow" })).toBeFocused();
      await page.keyboard.type(label);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await somewhere(page);
      await expect(row(page, `Riittääkö? → ${to}: ${label}`)).toBeVisible();
    }
    await expect(line(page, "Riittääkö?")).toContainText(/Päätös \(Kyllä\).*Lisäselvitys \(Ei\)/s);
  });

  await test.step("an obstacle on a step and one on an arrow, and the next step that answers it", async () => {
    await act(page, "Käsittely", "Add an obstacle");
    await hears(page, /Added: Obstacle, to Käsittely/);
    await expect(outline(page).locator("textarea")).toBeFocused();
    await page.keyboard.type("Tieto puuttuu");
    await page.keyboard.press("Escape");
    await expect(row(page, "Tieto puuttuu")).toBeFocused();
    await act(page, "Riittääkö? → Lisäselvitys: Ei", "Add an obstacle");
    await hears(page, /on the arrow Riittääkö\? → Lisäselvitys/);
    await expect(outline(page).locator("textarea")).toBeFocused();
    await page.keyboard.type("Pyyntö kulkee paperilla");
    await page.keyboard.press("Escape");
    await expect(line(page, "Pyyntö kulkee paperilla")).toContainText("On the arrow Riittääkö? → Lisäselvitys");

    await make(page, "New next step", undefined, "Sovitaan lomakkeesta");
    await hears(page, "Next step added. Sovitaan lomakkeesta");
    await act(page, "Tieto puuttuu", "Relate to…");
    await answer(page, "lomak", /^Sovitaan/);
    await hears(page, "Related: Tieto puuttuu and Sovitaan lomakkeesta.");
    await expect(line(page, "Tieto puuttuu")).toContainText("Answered by: Sovitaan lomakkeesta");
  });

  await test.step("the fields of the obstacle and of the next step", async () => {
    await act(page, "Tieto puuttuu", "Details…");
    await choose(page, panel(page).getByLabel("Severity"), "Serious");
    await hears(page, "Details changed: Tieto puuttuu");
    for (const type of ["Information flow", "Data protection and permits"]) {
      await press(page, panel(page).getByRole("checkbox", { name: type }), "Space");
      await hears(page, "Details changed: Tieto puuttuu");
    }
    await page.keyboard.press("Escape");
    await press(page, outline(page).getByRole("button", { name: "Details: Sovitaan lomakkeesta" }));
    await choose(page, panel(page).getByLabel("Type of next step"), "Experiment");
    await fillIn(page, panel(page).getByLabel("Owner (responsible)"), "Kela");
    await reach(page, panel(page).getByLabel("Due date"));
    // The browser's own field, in the order of its own language.
    await page.keyboard.type("01312027");
    await choose(page, panel(page).getByLabel("Status"), "Agreed");
    await hears(page, "Details changed: Sovitaan lomakkeesta");
    await page.keyboard.press("Escape");
    await somewhere(page);
    await expect(outline(page).getByRole("row", { name: /^Go to Sovitaan lomakkeesta/ })).toContainText(/Experiment.*Kela.*31 Jan 2027.*Agreed/s);
    await expect(outline(page).getByRole("row", { name: /^Go to Tieto puuttuu/ })).toContainText(/Serious/);
  });

  const kinds = [
    ["Note", "Lappu"],
    ["Cooperation spot", "Yhteinen neuvonta"],
    ["Bottleneck", "Ruuhka"],
    ["Pain point", "Sama asia kahdesti"],
    ["Question", "Kuka päättää?"],
    ["Idea", "Yksi luukku"],
    ["Insight", "Odotus on pisin vaihe"],
    ["Evidence", "Haastattelu"],
    ["Shared goal", "Yksi hakemus"],
    ["Group", "Muut asiat"],
  ] as const;
  await test.step("every other kind", async () => {
    const now: Record<string, string> = { "Shared goal": "New shared goal", Evidence: "New observation or source" };
    let field = "New lane in Nykytila";
    for (const [kind, text] of kinds) {
      await make(page, field, kind, text);
      await hears(page, text.replace("?", ""));
      field = `${now[kind] ?? `New ${kind.toLowerCase()}`} in Nykytila`;
    }
    await make(page, "New term", undefined, "Päätös viipyy");
    await hears(page, /Term.*Päätös viipyy/);
    await press(page, outline(page).getByRole("button", { name: "Details: Päätös viipyy" }));
    await fillIn(page, panel(page).getByLabel("Meaning"), "Yli 30 päivää");
    await hears(page, "Details changed: Päätös viipyy");
    await page.keyboard.press("Escape");
    await expect(outline(page).getByRole("row", { name: /^Go to Päätös viipyy/ })).toContainText("Yli 30 päivää");
  });

  await test.step("the way through the process: the decision asks which branch", async () => {
    await press(page, page.getByRole("button", { name: "Follow the process" }));
    const way = outline(page).locator("section.card");
    await expect(way.getByRole("heading")).toBeFocused();
    await press(page, way.getByRole("button", { name: /^Begin: Hakee tukea/ }));
    await expect(way.getByRole("heading", { name: "Step 1: Hakee tukea" })).toBeFocused();
    await press(page, way.getByRole("button", { name: "Next: Käsittely" }));
    await expect(way).toContainText("Tieto puuttuu");
    await press(page, way.getByRole("button", { name: "Next: Riittääkö?" }));
    await expect(way).toContainText("The way divides. Choose a branch:");
    await expect(way.getByRole("button", { name: /\(Kyllä\)|\(Ei\)/ })).toHaveText(["Päätös (Kyllä)", "Lisäselvitys (Ei)"]);
    await press(page, way.getByRole("button", { name: "Lisäselvitys (Ei)" }));
    await expect(way.getByRole("heading", { name: "Step 4: Lisäselvitys" })).toBeFocused();
    await expect(way).toContainText("No arrow leads on from here");
    await press(page, way.getByRole("button", { name: "Back to Riittääkö?" }));
    await expect(way.getByRole("heading", { name: "Step 3: Riittääkö?" })).toBeFocused();
    await press(page, way.getByRole("button", { name: "Stop following" }));
    await expect(row(page, "Riittääkö?")).toBeFocused();
  });

  await test.step("the other has it all on the canvas", async () => {
    await saved(page);
    const { page: theirs } = other;
    const drawn = async (kind: string, text: string, name: RegExp): Promise<void> => {
      await expect(item(theirs, kind, text.replace("?", String.raw`\?`))).toHaveAttribute("aria-label", name);
    };
    await drawn("Process step", "Käsittely", /lane Kela, 1 of 3.*Tieto puuttuu.*next: Riittääkö\?/);
    await drawn("Decision point", "Riittääkö?", /lane Kela, 2 of 3.*next: Päätös \(Kyllä\), Lisäselvitys \(Ei\)/);
    await drawn("Obstacle", "Tieto puuttuu", /pinned to Käsittely/);
    await drawn("Obstacle", "Pyyntö kulkee", /pinned to the arrow Riittääkö\? → Lisäselvitys/);
    await drawn("Next step", "Sovitaan lomakkeesta", /Sovitaan/);
    for (const [kind, text] of kinds) await drawn(kind, text, new RegExp(text.replace("?", String.raw`\?`)));
    await expect(surface(theirs).getByRole("group", { name: /^Area: Nykytila/ })).toHaveCount(1);
  });
});

interface File {
  readonly items: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly parent: string | null; readonly color: string; readonly order: string }[];
}

test("moved, ordered, grouped, doubled, copied, coloured, locked, deleted and undone, and heard each time", async ({ member, server, somebody }) => {
  const board = await server.board("Muutetaan");
  const other = await member(board, "Bengt", "participant");
  const aino = await somebody("Aino", clipboard);
  await listenTo(aino);
  await join(aino, await server.invite(board, "facilitator"));
  const { page } = aino;
  await openOutline(page);
  for (const lane of ["Kela", "Kunta"]) await make(page, "New lane", undefined, lane);
  for (const step of ["Yksi", "Kaksi", "Kolme"]) await make(page, "New process step in the lane Kela", undefined, step);
  await make(page, "New lane", "Idea", "Lomake");
  await make(page, "New idea", undefined, "Luukku");
  await hears(page, /Luukku/);
  const steps = (lane: string) => outline(page).getByRole("list", { name: `Process steps: ${lane}` }).locator("button[data-outline]");

  await test.step("to another lane", async () => {
    await act(page, "Kaksi", "Move to…");
    await answer(page, "kunta", /^Kunta/);
    await hears(page, "Kaksi moved to the lane Kunta.");
    await expect(steps("Kunta")).toHaveText(["Kaksi"]);
    await expect(item(other.page, "Process step", "Kaksi")).toHaveAttribute("aria-label", /lane Kunta/);
  });

  await test.step("later in the order", async () => {
    await act(page, "Yksi", "Move in the order…");
    const dialog = page.getByRole("dialog", { name: "Move in the order" });
    await press(page, dialog.getByRole("button", { name: "Later" }));
    await hears(page, "Yksi is now 2 of 2.");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await somewhere(page);
    await expect(steps("Kela")).toHaveText(["Kolme", "Yksi"]);
  });

  await test.step("several chosen, grouped, and taken apart", async () => {
    await press(page, page.getByRole("button", { name: "Select several" }));
    await hears(page, "You can select several things with the check boxes.");
    for (const name of ["Lomake", "Luukku"]) {
      await press(page, outline(page).getByRole("checkbox", { name: `Select: ${name}`, exact: true }), "Space");
    }
    const chosen = page.getByRole("group", { name: "Actions for the selected" });
    await expect(chosen).toContainText("2 things selected");
    await pick(page, chosen.getByRole("button", { name: "Actions for the selected" }), "Group");
    await hears(page, "2 objects are now a group. Give it a name.");
    await expect(outline(page).locator("textarea")).toBeFocused();
    await page.keyboard.type("Ideat");
    await page.keyboard.press("Escape");
    await expect(outline(page).getByRole("heading", { name: "Ideat" })).toBeVisible();
    await somewhere(page);
    await press(page, page.getByRole("button", { name: "End selecting" }));
    await somewhere(page);
    await expect(item(other.page, "Idea", "Luukku")).toHaveAttribute("aria-label", /group Ideat/);
    await act(page, "Ideat", "Ungroup");
    await hears(page, "Ungrouped. 2 objects stay in place.");
    await expect(outline(page).getByRole("heading", { name: "Ideat" })).toHaveCount(0);
    await expect(item(other.page, "Group", "Ideat")).toHaveCount(0);
    await somewhere(page);
  });

  await test.step("doubled from the menu, copied and pasted by keys and by the menu", async () => {
    await act(page, "Luukku", "Duplicate");
    await hears(page, "Object duplicated.");
    await expect(row(page, "Luukku")).toHaveCount(2);
    await reach(page, row(page, "Lomake"));
    await page.keyboard.press("Control+c");
    await hears(page, "One object copied.");
    await page.keyboard.press("Control+v");
    await hears(page, "One object pasted.");
    await expect(row(page, "Lomake")).toHaveCount(2);
    await page.keyboard.press("Control+z");
    await hears(page, "Undone.");
    await expect(row(page, "Lomake")).toHaveCount(1);
    await page.keyboard.press("Control+Shift+z");
    await hears(page, "Redone.");
    await expect(row(page, "Lomake")).toHaveCount(2);
    await act(page, "Kolme", "Copy");
    await hears(page, "One object copied.");
  });

  await test.step("coloured, locked, unlocked", async () => {
    await act(page, "Yksi", "Change the colour…");
    await press(page, page.getByRole("dialog").getByRole("button", { name: "Violet" }));
    await hears(page, "Colour changed: Violet.");
    await act(page, "Yksi", "Lock");
    await hears(page, "Object locked.");
    await expect(item(other.page, "Process step", "Yksi")).toHaveAttribute("aria-label", /locked/i);
    await act(page, "Yksi", "Unlock");
    await hears(page, "Object unlocked.");
    await expect(item(other.page, "Process step", "Yksi")).not.toHaveAttribute("aria-label", /locked/i);
  });

  await test.step("deleted and brought back; the keyboard goes to the next", async () => {
    await act(page, "Kolme", "Delete");
    await hears(page, "Deleted: Kolme");
    await expect(row(page, "Kolme")).toHaveCount(0);
    await expect(item(other.page, "Process step", "Kolme")).toHaveCount(0);
    await expect(row(page, "Yksi")).toBeFocused();
    await page.keyboard.press("Control+z");
    await hears(page, "Undone.");
    await expect(steps("Kela")).toHaveText(["Kolme", "Yksi"]);
    await expect(item(other.page, "Process step", "Kolme")).toBeVisible();
    await act(page, "Kunta", "Delete");
    await hears(page, "Lane deleted: Kunta. One object is now in Unplaced.");
    await somewhere(page);
    await page.keyboard.press("Control+z");
    await hears(page, "Undone.");
    await expect(steps("Kunta")).toHaveText(["Kaksi"]);
  });

  await saved(page);
  const { items } = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
  const lane = (text: string) => items.find((each) => each.kind === "lane" && each.text === text)?.id;
  const inOrder = items.filter((each) => each.parent === lane("Kela")).toSorted((a, b) => (a.order < b.order ? -1 : 1));
  expect(inOrder.map((each) => each.text)).toEqual(["Kolme", "Yksi"]);
  expect(inOrder[1]?.color).toBe("violet");
  expect(items.filter((each) => each.parent === lane("Kunta")).map((each) => each.text)).toEqual(["Kaksi"]);
  expect(items.filter((each) => each.kind === "idea").map((each) => each.text).toSorted()).toEqual(["Lomake", "Lomake", "Luukku", "Luukku"]);
});
