// Three languages, changed in the middle of a word; no word of another language stays on the screen.
import { type Page } from "@playwright/test";
import { en } from "../../web/src/i18n/en.ts";
import { fi } from "../../web/src/i18n/fi.ts";
import { later as laterEn } from "../../web/src/i18n/later/en.ts";
import { later as laterFi } from "../../web/src/i18n/later/fi.ts";
import { later as laterSv } from "../../web/src/i18n/later/sv.ts";
import { sv } from "../../web/src/i18n/sv.ts";
import { field, item, spot } from "./board.ts";
import { bar, expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 90_000 });

const own = { fi: "Suomi", sv: "Svenska", en: "English" } as const;
const texts = { fi: { ...fi, ...laterFi }, sv: { ...sv, ...laterSv }, en: { ...en, ...laterEn } } as const;
type Language = keyof typeof own;

async function choose(page: Page, language: Language): Promise<void> {
  await page.getByRole("button", { name: /^(Kieli|Språk|Language):/ }).click();
  await page.getByRole("menuitemradio", { name: own[language] }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Every text that a person sees or hears: text nodes, names, titles and placeholders. */
async function everyText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // Languages are named in themselves, and what was said in the ear is past.
      if (node.parentElement?.closest("script, style, [aria-live], [lang]:not(html)") === null) found.add(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) found.add(element.getAttribute(name) ?? "");
    }
    return [...found].map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  });
}

/** Words of one language that no text of the shown language has: seeing one is a mistake. */
function strangers(shown: Language, other: Language): Set<string> {
  const mine = new Set(Object.values<string>(texts[shown]));
  return new Set(Object.values<string>(texts[other]).filter((text) => !text.includes("{") && text.length > 2 && !mine.has(text)));
}
/** `ours`: what people wrote on the board, in whatever language. */
async function onlyIn(page: Page, language: Language, where: string, ours: readonly unknown[] = []): Promise<void> {
  const seen = (await everyText(page)).filter((text) => !ours.includes(text));
  for (const other of (["fi", "sv", "en"] as const).filter((each) => each !== language)) {
    const wrong = strangers(language, other);
    expect(seen.filter((text) => wrong.has(text)), `${other} on ${where} in ${language}`).toEqual([]);
  }
}

/** Every string in a JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

test("the language changes in the middle of a word: text, caret and focus stay", async ({ member, server }) => {
  const { page } = await member(await server.board("Kielet"), "Kieku", "participant");
  await page.mouse.dblclick(...(await spot(page, [400, 300])));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Hakeus");
  for (let turn = 0; turn < 2; turn += 1) await page.keyboard.press("ArrowLeft");
  for (const [language, letter] of [["fi", "m"], ["sv", "x"], ["en", "y"]] as const) {
    await choose(page, language);
    await expect(field(page)).toBeFocused();
    expect(await field(page).evaluate((element) => (element as HTMLTextAreaElement).selectionStart)).toBe(4 + ["m", "x", "y"].indexOf(letter));
    await page.keyboard.type(letter);
  }
  await expect(field(page)).toHaveValue("Hakemxyus");
  await page.keyboard.press("Escape");
  await saved(page);

  // In the panel's text too.
  await item(page, "Note", "Hakemxyus").click();
  const text = page.getByRole("complementary").getByRole("textbox");
  await text.focus();
  await page.keyboard.press("Home");
  await choose(page, "sv");
  await expect(text).toBeFocused();
  await page.keyboard.type("Uusi ");
  await expect(text).toHaveValue("Uusi Hakemxyus");
  await expect(bar(page)).toContainText("Sparat");

  // Remembered, also by the server's word of this person.
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "sv");
  await expect(bar(page)).toContainText("Sparat");
});

for (const language of ["fi", "sv", "en"] as const) {
  test(`${language}: no word of another language on any view`, async ({ owner, somebody, server }) => {
    const stranger = await somebody("Ulkopuolinen", { locale: language });
    for (const path of ["/", "/#join=tuntematonkutsu", "/accessibility", "/tuntematon"]) {
      await stranger.page.goto("about:blank");
      await stranger.page.goto(server.url + path);
      await expect(stranger.page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(stranger.page.locator("html")).toHaveAttribute("lang", language);
      await onlyIn(stranger.page, language, path);
    }
    const { page } = await owner({ locale: language });
    const board = (await server.api("POST", "/api/boards", { title: "Ж", content: "demo" })) as { id: string };
    const file = (await server.api("GET", `/api/boards/${board.id}/export.json`)) as Record<string, Record<string, unknown>[]>;
    const objects = [...(file["items"] ?? []), ...(file["links"] ?? [])];
    const ours = objects.flatMap((each) => [each["text"], each["org"], each["system"]]).filter((text) => typeof text === "string");
    // Other stories have named boards and series on this server as they liked.
    const listed = strings(await server.api("GET", "/api/boards"));
    await onlyIn(page, language, "home", [...ours, ...listed]);
    await page.goto(`${server.url}/board/${board.id}`);
    await saved(page);
    await page.getByRole("button", { name: texts[language]["board.view.both"], exact: true }).click();
    await page.getByRole("region", { name: texts[language]["outline.area"] }).locator("button[data-outline]").first().focus();
    await onlyIn(page, language, "board", ours);
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog")).toBeVisible();
    await onlyIn(page, language, "help", ours);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: texts[language]["share.button"], exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await onlyIn(page, language, "share", ours);
    await page.keyboard.press("Escape");
    for (const menu of [texts[language]["panel.actions"], texts[language]["takeHome.title"]]) {
      await page.getByRole("button", { name: menu, exact: true }).first().click();
      await expect(page.getByRole("menu")).toBeVisible();
      await onlyIn(page, language, menu, ours);
      await page.keyboard.press("Escape");
    }
  });
}
