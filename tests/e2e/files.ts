// Files that boards leave as: what they are called, what is in them, and whether two say the same. Knows no story.
import { readFile } from "node:fs/promises";
import { type Page, expect } from "@playwright/test";

export interface BoardFile {
  readonly format: string;
  readonly version: number;
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly kind: string; readonly text: string }[];
  readonly links: readonly { readonly id: string; readonly kind: string }[];
  readonly comments: readonly { readonly id: string }[];
}
export interface Taken {
  readonly name: string;
  readonly bytes: Buffer;
  readonly text: string;
}

/** Opens the export dialog from the bar, or takes the open one; chooses, and waits for the download. */
export async function takeFile(page: Page, format: string, from?: string): Promise<Taken> {
  const dialog = page.getByRole("dialog", { name: "Export as a file" });
  if ((await dialog.count()) === 0) {
    await page.getByRole("button", { name: "Take home" }).click();
    await page.getByRole("menuitem", { name: "Export as a file…" }).click();
  }
  await dialog.getByRole("radio", { name: format }).check();
  if (from !== undefined) {
    const choice = dialog.getByLabel("From", { exact: true }).locator("option", { hasText: from });
    await dialog.getByLabel("From", { exact: true }).selectOption((await choice.getAttribute("value")) ?? "none");
  }
  const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Make the file" }).click()]);
  const bytes = await readFile(await file.path());
  await expect(dialog).toContainText(file.suggestedFilename());
  return { name: file.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

/** Without the time of writing, and with each id as its kind's letter and its place: equal files say the same. */
export function canonical(text: string): unknown {
  const file = JSON.parse(text) as BoardFile;
  const ids = [...file.items, ...file.links, ...file.comments].map((each) => each.id);
  const places = new Map(ids.map((id, at) => [id, `${id.charAt(0)}_${at + 1}`]));
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "exported") return undefined;
    return typeof value === "string" ? (places.get(value) ?? value) : value;
  });
}

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** An id for a file, by the letter of its kind. */
export function fileId(letter: string, number: number): string {
  let tail = "";
  for (let rest = number; tail.length < 8; rest = Math.floor(rest / 32)) tail = DIGITS.charAt(rest % 32) + tail;
  return `${letter}_01ARZ3NDEKTSV4RRFF${tail}`;
}
