// Taken home: a named snapshot stays as it was, is compared with what came of it, and everything leaves as real files.
import type { Page } from "@playwright/test";
import { item, place, surface } from "./board.ts";
import { type BoardFile, canonical, fileId, takeFile } from "./files.ts";
import { expect, onBoard, saved, test } from "./people.ts";

test.describe.configure({ timeout: 180_000 });

const [LANE, FIRST, SECOND, OBSTACLE, NEXT] = ["l", "s", "s", "o", "a"].map((letter, at) => fileId(letter, at + 1));
/** A lane with two steps and an arrow, an obstacle on the first, and a next step. */
const small = {
  items: [
    { id: LANE, kind: "lane", text: "Kela", at: [0, 0], size: [1200, 260] },
    { id: FIRST, kind: "step", text: "Hakemus tehdään", at: [100, 90], size: [160, 100], parent: LANE, system: "Kelmu" },
    { id: SECOND, kind: "step", text: "Päätös 😀", at: [500, 90], size: [160, 100], parent: LANE },
    { id: OBSTACLE, kind: "obstacle", text: "=1+1; tieto \"puuttuu\"", at: [120, 400], size: [160, 100], severity: 3, types: ["informationFlow"] },
    { id: NEXT, kind: "nextStep", text: "Sovitaan äkkiä", at: [500, 400], size: [220, 120], ownerOrg: "Kela", due: "2027-01-31", status: "agreed" },
  ],
  links: [{ id: fileId("f", 1), kind: "sequence", from: FIRST, to: SECOND, text: "Kyllä" }],
};

async function openSnapshots(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Take home" }).click();
  await page.getByRole("menuitem", { name: "Snapshots…" }).click();
  await expect(page.getByRole("dialog", { name: "Snapshots" })).toBeVisible();
}
async function takeSnapshot(page: Page, name: string): Promise<string> {
  await openSnapshots(page);
  const dialog = page.getByRole("dialog", { name: "Snapshots" });
  await dialog.getByRole("textbox", { name: "Name of the new snapshot" }).fill(name);
  await page.keyboard.press("Enter");
  const open = dialog.getByRole("link", { name: `Open the snapshot ${name}` });
  await expect(open).toBeVisible();
  const id = (await open.getAttribute("href"))?.split("/").at(-1) ?? "";
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  return id;
}
/** One more, one less, and one that says something else. */
async function change(page: Page): Promise<void> {
  await item(page, "Obstacle", "=1").click();
  await page.keyboard.press("Delete");
  await expect(item(page, "Obstacle", "=1")).toHaveCount(0);
  await item(page, "Process step", "Hakemus").click();
  await page.keyboard.press("F2");
  await expect(surface(page).getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Hakemus lähetetään");
  await page.keyboard.press("Escape");
  await place(page, "Note", [900, 560], "Uusi havainto");
  await saved(page);
}
/** What the server answers to the person of the page. */
const asks = (page: Page, method: string, path: string, body?: object): Promise<number> =>
  page.evaluate(
    async (ask) => {
      const answer = await fetch(ask.path, {
        method: ask.method,
        headers: { "content-type": "application/json" },
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      });
      return answer.status;
    },
    { method, path, body },
  );

test("a snapshot is named, stays as it was while the board goes on, cannot be edited, and is compared", async ({ member, server }) => {
  const board = await server.board("Kotiin", small);
  const fanni = await member(board, "Fanni", "facilitator");
  const pekka = await member(board, "Pekka", "participant");
  const snapshot = await takeSnapshot(fanni.page, "Nykytila");
  const was = (await server.api("GET", `/api/boards/${board}/export.json?snapshot=${snapshot}`)) as BoardFile;
  expect(was.items).toHaveLength(5);

  await test.step("a participant sees it, and can neither take, rename nor delete one", async () => {
    await openSnapshots(pekka.page);
    const dialog = pekka.page.getByRole("dialog", { name: "Snapshots" });
    await expect(dialog.getByText("Nykytila")).toBeVisible();
    await expect(dialog).toContainText("taken by: Fanni");
    await expect(dialog.getByRole("textbox")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Actions: Nykytila" }).click();
    await expect(pekka.page.getByRole("menuitem")).toHaveText(["Export as a file…"]);
    await pekka.page.keyboard.press("Escape");
    await pekka.page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    const path = `/api/boards/${board}/snapshots`;
    expect(await asks(pekka.page, "POST", path, { name: "Oma" })).toBe(403);
    expect(await asks(pekka.page, "PATCH", `${path}/${snapshot}`, { name: "Oma" })).toBe(403);
    expect(await asks(pekka.page, "DELETE", `${path}/${snapshot}`)).toBe(403);
    expect(await server.api("GET", path)).toMatchObject([{ id: snapshot, name: "Nykytila", byName: "Fanni" }]);
  });

  await change(pekka.page);
  const { page } = fanni;
  await test.step("the snapshot shows what was, on the canvas", async () => {
    await openSnapshots(page);
    await page.getByRole("link", { name: "Open the snapshot Nykytila" }).click();
    await expect(page).toHaveURL(new RegExp(`/board/${board}/snapshot/${snapshot}$`));
    await expect(page.getByRole("note")).toContainText("nothing can be changed");
    await expect(item(page, "Obstacle", "=1")).toBeVisible();
    await expect(item(page, "Process step", "Hakemus tehdään")).toBeVisible();
    await expect(surface(page).getByRole("group", { name: /Uusi havainto/ })).toHaveCount(0);
    await expect(page.getByRole("toolbar")).toHaveCount(0);
  });

  await test.step("no pointer and no key edits it", async () => {
    const count = await surface(page).getByRole("group").count();
    const { x, y, width, height } = (await item(page, "Process step", "Hakemus").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const [left, top] = [x + width / 2, y + height / 2];
    await page.mouse.dblclick(left, top);
    await expect(surface(page).getByRole("textbox")).toHaveCount(0);
    await page.mouse.move(left, top);
    await page.mouse.down();
    await page.mouse.move(left + 200, top + 60, { steps: 5 });
    await page.mouse.up();
    expect((await item(page, "Process step", "Hakemus").boundingBox())?.x).toBe(x);
    await item(page, "Process step", "Hakemus").focus();
    for (const key of ["n", "s", "l", "e", "y", "a", "F2", "Enter", "Delete", "Backspace", "c", "m", "g", "Control+d", "Control+x", "Control+v", "Control+z", "Space", "ArrowRight", "Space", "x"]) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(surface(page).getByRole("textbox")).toHaveCount(0);
      if (key === "ArrowRight") await item(page, "Process step", "Hakemus").focus();
    }
    await expect(surface(page).getByRole("group")).toHaveCount(count);
    await item(page, "Process step", "Hakemus").click();
    const fields = page.getByRole("complementary").locator("input, select, textarea");
    await expect(fields.first()).toBeVisible();
    expect(await fields.evaluateAll((all) => all.every((each) => each.matches(":disabled, [readonly]")))).toBe(true);
  });

  await test.step("nor in the outline", async () => {
    await page.getByRole("button", { name: "Outline view" }).click();
    const outline = page.getByRole("region", { name: "The board as an outline" });
    const step = outline.locator("button[data-outline]", { hasText: /^Hakemus tehdään$/ });
    await expect(step).toBeVisible();
    await expect(outline.getByRole("textbox")).toHaveCount(0);
    await step.focus();
    for (const key of ["Enter", "F2", "Delete", "n", "Control+z", "Control+v", "Control+x"]) {
      await page.keyboard.press(key);
      await expect(outline.getByRole("textbox")).toHaveCount(0);
    }
    await outline.getByRole("button", { name: "Actions: Hakemus tehdään", exact: true }).click();
    for (const name of ["Delete", "Duplicate", "Move to…", "Add an obstacle", "Change the colour…"]) {
      const entry = page.getByRole("menuitem", { name });
      await expect(entry).toHaveAttribute("aria-disabled", "true");
      await expect(entry).toContainText("A snapshot cannot be changed");
    }
    await page.keyboard.press("Escape");
    await expect(step).toBeVisible();
    expect(await server.api("GET", `/api/boards/${board}/export.json?snapshot=${snapshot}`)).toMatchObject({ items: was.items, links: was.links });
  });

  await test.step("the comparison lists what was added, changed and removed", async () => {
    await page.getByRole("link", { name: "Compare" }).click();
    await expect(page.getByText(/1 added, 1 changed, \d removed/)).toBeVisible();
    const section = (name: RegExp) => page.getByRole("region", { name });
    await expect(section(/^Added \(1\)/)).toContainText(/Note.*Uusi havainto/s);
    await expect(section(/^Changed \(1\)/)).toContainText(/Text.*Hakemus tehdään.*Hakemus lähetetään/s);
    await expect(section(/^Removed/)).toContainText(/Obstacle.*tieto "puuttuu"/s);
    await section(/^Added/).getByRole("link").click();
    await onBoard(page);
    // In the view that was chosen last.
    await expect(page.locator("button[data-outline]", { hasText: /^Uusi havainto$/ })).toBeFocused();
  });
});

test("JSON of the board and of a snapshot comes in again as a board that says the same", async ({ owner, server }) => {
  const { page } = await owner();
  const { id: board } = (await server.api("POST", "/api/boards", { title: "Esimerkki", content: "demo" })) as { id: string };
  await page.goto(`${server.url}/board/${board}`);
  await saved(page);
  await takeSnapshot(page, "Ennen");
  await place(page, "Note", [700, 60], "Vain nyt");
  await saved(page);
  const files = [await takeFile(page, "The whole board (JSON)", "The board now"), await takeFile(page, "The whole board (JSON)", "Ennen")];
  expect(files.map(({ text }) => text.includes("Vain nyt"))).toEqual([true, false]);
  for (const { name, text, bytes } of files) {
    expect(name).toMatch(/\.json$/);
    await page.goto(`${server.url}/`);
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: bytes });
    await onBoard(page);
    await expect(page.getByRole("heading", { level: 1, name: "Esimerkki" })).toBeVisible();
    expect(page.url()).not.toContain(board);
    const again = await takeFile(page, "The whole board (JSON)");
    expect(canonical(again.text)).toEqual(canonical(text));
    expect(again.text).not.toBe(text);
  }
});

test("notes, pictures and tables are real files, of the board and of a snapshot", async ({ member, server, somebody }) => {
  const board = await server.board("Äänekoski", small);
  const { page } = await member(board, "Fanni", "facilitator");
  await takeSnapshot(page, "Ennen");
  await change(page);
  const viewer = await somebody("Katselija");
  for (const [from, has, lacks] of [["The board now", "Hakemus lähetetään", "Hakemus tehdään"], ["Ennen", "Hakemus tehdään", "Uusi havainto"]] as const) {
    const notes = await takeFile(page, "Notes (Markdown)", from);
    expect(notes.name).toMatch(/^[\w-]+.*\.md$/);
    expect(notes.text).toMatch(/^# Äänekoski/m);
    expect(notes.text).toContain(has);
    expect(notes.text).not.toContain(lacks);

    const svg = await takeFile(page, "Picture (SVG)", from);
    expect(svg.name).toMatch(/\.svg$/);
    expect(svg.text).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
    const png = await takeFile(page, "Picture (PNG)", from);
    expect(png.name).toMatch(/\.png$/);
    expect(png.bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
    expect(width).toBeGreaterThan(600);
    expect(height).toBeGreaterThan(300);
    // What a browser makes of it is as large as it says, and is not of one colour.
    const drawn = await viewer.page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const pen = canvas.getContext("2d");
      pen?.drawImage(image, 0, 0);
      const points = new Uint32Array(pen?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer(0));
      return { width: image.naturalWidth, height: image.naturalHeight, colors: new Set(points).size };
    }, png.bytes.toString("base64"));
    expect(drawn).toMatchObject({ width, height });
    expect(drawn.colors).toBeGreaterThan(20);

    const table = async (format: string): Promise<readonly string[]> => {
      const file = await takeFile(page, format, from);
      expect(file.name).toMatch(/\.csv$/);
      expect(file.bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
      expect(file.text).not.toMatch(/sep=/);
      expect(file.text.endsWith("\r\n")).toBe(true);
      const lines = file.text.slice(1).split("\r\n").slice(0, -1);
      expect(lines[0]?.split(";").length).toBeGreaterThan(3);
      return lines;
    };
    const next = await table("Next steps (CSV)");
    expect(next).toHaveLength(2);
    expect(next[1]).toContain("Sovitaan äkkiä");
    expect(next[1]?.split(";")).toContain("2027-01-31");
    const obstacles = await table("Obstacles (CSV)");
    // A formula is only text, quotes and separators stay in their cell.
    if (from === "Ennen") expect(obstacles[1]).toContain(`"'=1+1; tieto ""puuttuu"""`);
    expect(obstacles).toHaveLength(from === "Ennen" ? 2 : 1);
    const steps = await table("Process steps (CSV)");
    expect(steps).toHaveLength(3);
    expect(steps.slice(1).join("\n")).toContain(has);
    expect(steps.slice(1).join("\n")).toContain("Päätös 😀");
  }
});

test("a picture of thousands of things shows how far it is, and can be stopped", async ({ member, server }) => {
  const lanes = Array.from({ length: 20 }, (_, at) => ({ id: fileId("l", at), kind: "lane", text: `Rata ${at}`, at: [0, at * 400], size: [30_000, 380] }));
  const steps = Array.from({ length: 4_000 }, (_, at) => ({
    id: fileId("s", at),
    kind: "step",
    text: `Vaihe ${at}: tiedot tarkistetaan ja lähetetään eteenpäin`,
    at: [80 + Math.floor(at / 20) * 145, 130],
    size: [140, 100],
    parent: fileId("l", at % 20),
  }));
  const links = Array.from({ length: 3_000 }, (_, at) => ({ id: fileId("f", at), kind: "sequence", from: steps[at]?.id, to: steps[at + 20]?.id }));
  const board = await server.board("Suuri", { items: [...lanes, ...steps], links });
  const { page } = await member(board, "Fanni", "participant");
  await page.getByRole("button", { name: "Take home" }).click();
  await page.getByRole("menuitem", { name: "Export as a file…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export as a file" });
  await dialog.getByRole("radio", { name: "Picture (PNG)" }).check();
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  await dialog.getByRole("button", { name: "Make the file" }).click();
  const bar = dialog.getByRole("progressbar", { name: "Making the file…" });
  await expect(bar).toBeVisible();
  await expect(bar).toHaveAttribute("aria-valuenow", /^\d+$/);
  await dialog.getByRole("button", { name: "Cancel the export" }).click();
  await expect(dialog).toContainText("The export was cancelled.");
  await expect(bar).toHaveCount(0);
  // What was stopped stands in nobody's way.
  const small_ = await takeFile(page, "Process steps (CSV)");
  expect(small_.text.split("\r\n")).toHaveLength(4_002);
  expect(downloads).toBe(1);
  const [file] = await Promise.all([
    page.waitForEvent("download", { timeout: 120_000 }),
    (async () => {
      await dialog.getByRole("radio", { name: "Picture (PNG)" }).check();
      await dialog.getByRole("button", { name: "Make the file" }).click();
    })(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.png$/);
});
