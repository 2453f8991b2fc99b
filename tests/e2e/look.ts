// How a page is looked over: axe in both appearances, and nothing that scrolls sideways. Knows no page.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Axe finds nothing; `part` is a selector of what is looked at. Goes on after a finding: all of them are told. */
export async function clean(page: Page, where: string, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(TAGS);
  const { violations, passes } = await (part === undefined ? axe : axe.include(part)).analyze();
  const found = violations.flatMap((each) =>
    each.nodes.map((node) => `${where}: ${each.id} ${node.target.join(" ")} ${node.any[0]?.message ?? node.failureSummary ?? ""}`),
  );
  expect.soft(found).toEqual([]);
  expect(passes.length, `${where}: axe had something to look at`).toBeGreaterThan(3);
}

/** In the light and the dark appearance. */
export async function both(page: Page, where: string, part?: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await clean(page, `${where}, ${colorScheme}`, part);
  }
}

export async function fits(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => {
    const root = document.documentElement;
    const wide = [...document.querySelectorAll<HTMLElement>("dialog[open]")].map((each) => each.getBoundingClientRect().right - innerWidth);
    return { page: root.scrollWidth - root.clientWidth, body: document.body.scrollWidth - root.clientWidth, dialog: Math.max(0, ...wide) };
  });
  expect.soft(over.page, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(over.body, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(over.dialog, `${where}: the dialog is in the window`).toBeLessThanOrEqual(0);
}
