// The board without a mouse: goes, opens, chooses, writes and listens as somebody with a keyboard and a screen reader
// does. No click, no fill, no focus by script. Knows no story.
import { type Locator, type Page, expect } from "@playwright/test";
import type { Person } from "./people.ts";

declare global {
  interface Window {
    /** All that the live regions of the page have said, oldest first. */
    said: string[];
  }
}

export const outline = (page: Page): Locator => page.getByRole("region", { name: "The board as an outline" });
export const panel = (page: Page): Locator => page.getByRole("complementary");
/** The text of an object in the outline, which is a button that edits it. */
export const row = (page: Page, text: string): Locator =>
  outline(page).locator("button[data-outline]").filter({ hasText: new RegExp(`^${literal(text)}$`) });
/** All that the outline says of one object. */
export const line = (page: Page, text: string): Locator => row(page, text).locator("xpath=..");

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** From before the page is there, keeps what its live regions say. */
export async function listenTo({ context }: Person): Promise<void> {
  await context.addInitScript(() => {
    const before = new WeakMap<Element, string>();
    window.said = [];
    new MutationObserver(() => {
      for (const region of document.querySelectorAll("[aria-live]")) {
        const text = region.textContent ?? "";
        if (text !== "" && before.get(region) !== text) window.said.push(text.trim());
        before.set(region, text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

const heard = new WeakMap<Page, number>();
/** Waits until it is said, after what was heard before; and the keyboard is still somewhere. */
export async function hears(page: Page, words: RegExp | string): Promise<void> {
  const from = heard.get(page) ?? 0;
  const fits = (text: string): boolean => (typeof words === "string" ? text.includes(words) : words.test(text));
  let all: readonly string[] = [];
  await expect
    .poll(async () => {
      all = await page.evaluate(() => window.said);
      return all.slice(from).some(fits) ? String(words) : all.slice(from);
    })
    .toBe(String(words));
  heard.set(page, all.findIndex((text, at) => at >= from && fits(text)) + 1);
  await somewhere(page);
}

/** The keyboard is at something, not lost at the page's body. */
export async function somewhere(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body))
    .toBe(true);
}

/** Goes on with Tab, or back with Shift+Tab, until it is there. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const passed: string[] = [];
  for (let turn = 0; turn < 300; turn += 1) {
    const key = await target.evaluate((element) => {
      const at = document.activeElement;
      if (at === element) return "";
      const order = at?.compareDocumentPosition(element) ?? Node.DOCUMENT_POSITION_FOLLOWING;
      return (order & Node.DOCUMENT_POSITION_FOLLOWING) === 0 ? "Shift+Tab" : "Tab";
    });
    if (key === "") return;
    await page.keyboard.press(key);
    passed.push(key);
  }
  throw new Error(`not reached by ${passed.slice(-4).join(", ")}: ${target}`);
}

/** Presses a button, a link or a check box. */
export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** Chooses in a list by the first letters of the choice. */
export async function choose(page: Page, select: Locator, label: string): Promise<void> {
  await reach(page, select);
  await page.keyboard.type(label);
  await expect.poll(() => select.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label)).toBe(label);
}

/** Writes into a field of one line, over what was there, and goes on. */
export async function fillIn(page: Page, input: Locator, text: string): Promise<void> {
  await reach(page, input);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Tab");
}

/** By the field at the end of a list, named so now; of a kind, if another than the field offers. */
export async function make(page: Page, name: string, kind: string | undefined, text: string): Promise<void> {
  const id = await outline(page).getByRole("textbox", { name, exact: true }).getAttribute("id");
  const input = page.locator(`[id="${id}"]`);
  if (kind !== undefined) await choose(page, input.locator("xpath=following-sibling::select"), kind);
  await reach(page, input);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await expect(row(page, text)).toBeVisible();
  await expect(input).toHaveValue("");
}

/** Opens a menu and goes down to an entry. */
export async function pick(page: Page, button: Locator, entry: RegExp | string): Promise<void> {
  await press(page, button);
  const wanted = page.getByRole("menuitem", typeof entry === "string" ? { name: entry, exact: true } : { name: entry }).first();
  await expect(wanted).toBeVisible();
  for (let turn = 0; turn < 60; turn += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
}
/** The same in the actions menu of an object of the outline. */
export const act = (page: Page, name: string, entry: RegExp | string): Promise<void> =>
  pick(page, outline(page).getByRole("button", { name: `Actions: ${name}`, exact: true }), entry);

/** Answers a dialog that asks for an object: some letters of its name, then the object. */
export async function answer(page: Page, typed: string, name: RegExp): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(typed);
  await press(page, dialog.getByRole("button", { name }));
  await expect(dialog).toHaveCount(0);
}

/** Opens the outline alone. */
export async function openOutline(page: Page): Promise<void> {
  await press(page, page.getByRole("button", { name: "Outline view" }));
  await expect(outline(page)).toBeVisible();
}
