// What leaves the board as a file: JSON that comes back whole, a picture that renders, clear words for broken files.
import { readFile } from "node:fs/promises";
import { type Page } from "@playwright/test";
import { type BoardFile, canonical } from "./files.ts";
import { expect, onBoard, test } from "./people.ts";

async function download(page: Page, format: string): Promise<{ name: string; text: string }> {
  await page.getByRole("button", { name: "Take home" }).click();
  await page.getByRole("menuitem", { name: "Export as a file…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export as a file" });
  await dialog.getByRole("radio", { name: format }).check();
  const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Make the file" }).click()]);
  const text = await readFile(await file.path(), "utf8");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  return { name: file.suggestedFilename(), text };
}

test("JSON out, in again and out once more is the same board", async ({ owner, server }) => {
  const { page } = await owner();
  await page.getByRole("button", { name: /^Open the demo/ }).click();
  await onBoard(page);
  const first = await download(page, "The whole board (JSON)");
  expect(first.name).toMatch(/\.json$/);
  const file = JSON.parse(first.text) as BoardFile;
  expect(file).toMatchObject({ format: "jalostamo.board", version: 1 });
  expect(file.items.length).toBeGreaterThan(35);

  await page.getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL(`${server.url}/`);
  await page.locator("input[type=file]").setInputFiles({ name: first.name, mimeType: "application/json", buffer: Buffer.from(first.text) });
  await onBoard(page);
  await expect(page.getByRole("heading", { level: 1, name: file.title })).toBeVisible();
  const second = await download(page, "The whole board (JSON)");
  expect(canonical(second.text)).toEqual(canonical(first.text));
});

test("SVG comes as a file that draws what is on the board", async ({ owner, member, somebody }) => {
  const host = await owner();
  await host.page.getByRole("button", { name: /^Open the demo/ }).click();
  await onBoard(host.page);
  const board = host.page.url().split("/").at(-1) ?? "";
  const observer = await member(board, "Oili", "observer");
  const picture = await download(observer.page, "Picture (SVG)");
  expect(picture.name).toMatch(/\.svg$/);
  const json = JSON.parse((await download(observer.page, "The whole board (JSON)")).text) as BoardFile;

  const viewer = await somebody("Katselija");
  await viewer.page.setContent("<img id=picture alt=''>");
  const drawn = await viewer.page.evaluate(async (text) => {
    const document_ = new DOMParser().parseFromString(text, "image/svg+xml");
    const image = document.querySelector<HTMLImageElement>("#picture");
    if (image === null) throw new Error("no image");
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const active = document_.querySelectorAll("script, foreignObject, [href^=http], [onload]").length;
    return { error: document_.querySelector("parsererror")?.textContent, active, width: image.naturalWidth, words: document_.documentElement.textContent };
  }, picture.text);
  expect(drawn.error).toBeUndefined();
  expect(drawn.active).toBe(0);
  expect(drawn.width).toBeGreaterThan(300);
  const all = drawn.words?.replaceAll(/[\s\u00ad-]+/g, "") ?? "";
  for (const step of json.items.filter((each) => each.kind === "step" || each.kind === "lane")) {
    expect(all).toContain(step.text.replaceAll(/[\s\u00ad-]+/g, ""));
  }
  await viewer.page.screenshot({ path: "results/svg.png" });
});

test("a broken file gets a clear message in the user's language, and no board", async ({ owner, server }) => {
  for (const [locale, says] of Object.entries({
    "en-GB": { notJson: /not a JSON file/, notBoard: /not a (Jalostamo|valid) board/, version: /newer version/ },
    "fi-FI": { notJson: /ei ole JSON/, notBoard: /ei ole/, version: /uudemmalla|uudempi/ },
    "sv-FI": { notJson: /inte en JSON/, notBoard: /inte/, version: /nyare/ },
  })) {
    const { page, context } = await owner({ locale });
    const before = ((await server.api("GET", "/api/boards")) as unknown[]).length;
    const head = `{"format":"jalostamo.board","version":1`;
    const files: [string, RegExp][] = [
      ["{ei", says.notJson],
      ["[1,2,3]", says.notBoard],
      [`{"format":"toinen","version":1}`, says.notBoard],
      [`{"format":"jalostamo.board","version":99}`, says.version],
      [`${head},"items":[{"id":"n_01ARZ3NDEKTSV4RRFFQ69G5FA1","kind":"note","vieras":1}]}`, says.notBoard],
      [`${head},"items":${"[".repeat(40)}${"]".repeat(40)}}`, says.notBoard],
    ];
    for (const [text, message] of files) {
      await page.locator("input[type=file]").setInputFiles({ name: "rikki.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await expect(page.getByText(message).last()).toBeVisible();
      await expect(page).toHaveURL(`${server.url}/`);
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    expect(((await server.api("GET", "/api/boards")) as unknown[]).length).toBe(before);
    await context.close();
  }
});
