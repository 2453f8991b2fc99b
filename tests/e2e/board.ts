// The board surface as a person uses it: items by their names, places by pixels, gestures by mouse. Knows no story.
import { type Locator, type Page, expect } from "@playwright/test";

/** The part of a thing that must be seen for it to be wholly in view: on a zoomed board its edges lie between pixels, and the browser reckons 0.9999992. */
export const WHOLE = 0.99;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Spot = readonly [x: number, y: number];

export const surface = (page: Page): Locator => page.getByRole("region", { name: /^(Board|Taulu|Tavla)$/, exact: true });

/** An item by its kind and the beginning of its text, as assistive technology hears it. */
export function item(page: Page, kind: string, text: string): Locator {
  return surface(page).getByRole("group", { name: new RegExp(`^${kind}: ${text}`) });
}
/** The open text of an item. */
export const field = (page: Page): Locator => surface(page).getByRole("textbox");

export async function box(target: Locator): Promise<Box> {
  const found = await target.boundingBox();
  expect(found, `${target} is drawn`).not.toBeNull();
  return found as Box;
}
/** Where to point at it, once what was done before is drawn: two frames, as the first may already be on its way. */
export async function middle(target: Locator): Promise<Spot> {
  await target.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const { x, y, width, height } = await box(target);
  return [x + width / 2, y + height / 2];
}

/** A place on the surface, in pixels from its corner. */
export async function spot(page: Page, [x, y]: Spot): Promise<Spot> {
  const at = await box(surface(page));
  return [at.x + x, at.y + y];
}

/** Chooses a tool of the toolbar. */
export async function tool(page: Page, name: string): Promise<void> {
  await page.getByRole("toolbar").getByRole("button", { name, exact: true }).click();
}

/** Places a new item by its tool and writes its text. */
export async function place(page: Page, name: string, at: Spot, text: string): Promise<void> {
  await tool(page, name);
  await page.mouse.click(...(await spot(page, at)));
  await write(page, text);
}

/** Writes into the text that is open and ends it. */
export async function write(page: Page, text: string): Promise<void> {
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
  await expect.poll(async () => (await field(page).inputValue()).endsWith(text)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
}

/** Pulls from one place to another; `before` is looked at before the button is let go. */
export async function drag(page: Page, from: Spot, to: Spot, before?: () => Promise<void>): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  if (before !== undefined) await before();
  await page.mouse.up();
}

export async function near(actual: () => Promise<number>, wanted: number, within = 3): Promise<void> {
  await expect.poll(async () => Math.abs((await actual()) - wanted)).toBeLessThanOrEqual(within);
}

/** Runs an entry of a menu. */
export async function menu(page: Page, button: Locator, entry: RegExp | string): Promise<void> {
  await button.click();
  await page.getByRole("menu").getByRole("menuitem", { name: entry }).click();
}

/** How large things are drawn, in percent, as the zoom bar says it. */
export async function zoom(page: Page): Promise<number> {
  const text = await page.getByText(/^\d+\s?%$/).textContent();
  return Number.parseInt(text ?? "", 10);
}

const aside = (page: Page): Locator => page.getByRole("complementary");

/** Adds a thing of a kind without a tool of its own, where the program puts it, and writes its text. */
export async function add(page: Page, kind: string, text: string): Promise<void> {
  await page.getByRole("toolbar").getByRole("button", { name: "Add other objects" }).click();
  // By the keyboard: a click would only choose the tool.
  await page.getByRole("menu").getByRole("menuitem", { name: kind }).press("Enter");
  await write(page, text);
}

/** Runs an entry of the actions of what is selected. */
export async function act(page: Page, entry: RegExp | string): Promise<void> {
  await menu(page, aside(page).getByRole("button", { name: "Actions" }), entry);
}

/** Fills fields of the selected thing by their names: a text, the word of a choice, or a tick. */
export async function fill(page: Page, values: Readonly<Record<string, string | boolean>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const panel = aside(page);
    const wanted = panel.getByLabel(name, { exact: true });
    const more = panel.getByText("More details", { exact: true });
    if (!(await wanted.isVisible()) && (await more.count()) > 0) await more.click();
    await expect(wanted).toBeVisible();
    if (value === true) await wanted.check();
    else if (value === false) await wanted.uncheck();
    else if ((await wanted.evaluate((element) => element.tagName)) === "SELECT") await wanted.selectOption({ label: value });
    else {
      await wanted.fill(value);
      await wanted.press("Tab");
    }
  }
}

/** What the fields of the selected thing say. */
export async function reads(page: Page, values: Readonly<Record<string, string | boolean>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const shown = aside(page).getByLabel(name, { exact: true });
    if (typeof value === "boolean") await expect(shown).toBeChecked({ checked: value });
    else if ((await shown.evaluate((element) => element.tagName)) === "SELECT") {
      await expect(shown.locator("option:checked")).toHaveText(value);
    } else await expect(shown).toHaveValue(value);
  }
}

/** Between two things that stand beside each other: where the arrow is drawn. */
export async function between(left: Locator, right: Locator): Promise<Spot> {
  const [a, b] = [await box(left), await box(right)];
  return [(a.x + a.width + b.x) / 2, (a.y + a.height / 2 + b.y + b.height / 2) / 2];
}

/** The line of numbers on the board: hand-overs between organisations, those the customer feels, waits, open obstacles. */
export async function counted(page: Page, wanted: readonly [number, number, number, number]): Promise<void> {
  await expect(page.getByRole("button", { name: /^Numbers/ }).locator("strong")).toHaveText(wanted.map(String));
}
