// The keys of the board's surface: going about, making, carrying, asking; and a Finnish keyboard, whose AltGr types.
import type { Locator, Page } from "@playwright/test";
import { field, item, surface, zoom } from "./board.ts";
import { fileId } from "./files.ts";
import { expect, saved, test } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const [KELA, KUNTA] = [fileId("l", 1), fileId("l", 2)];
const step = (number: number, text: string, parent: string, x: number) => ({
  id: fileId("s", number),
  kind: "step",
  text,
  at: [x, 80],
  size: [160, 100],
  parent,
});
const start = {
  items: [
    { id: KELA, kind: "lane", text: "Kela", at: [0, 0], size: [1000, 240] },
    { id: KUNTA, kind: "lane", text: "Kunta", at: [0, 240], size: [1000, 240] },
    step(1, "Yksi", KELA, 80),
    step(2, "Kaksi", KELA, 360),
    step(3, "Kolme", KELA, 640),
    step(4, "Neljä", KUNTA, 360),
    { id: fileId("n", 1), kind: "note", text: "Lappu", at: [300, 520], size: [160, 120] },
    { id: fileId("n", 2), kind: "note", text: "Toinen", at: [500, 520], size: [160, 120] },
  ],
  links: [],
};
interface File {
  readonly items: readonly { readonly text: string; readonly kind: string; readonly at: readonly [number, number] }[];
}

/** Onto the surface by F6, and to the object by what the keys do. */
async function toSurface(page: Page): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    if (await surface(page).evaluate((each) => each.contains(document.activeElement))) return;
    await page.keyboard.press("F6");
  }
  await expect(surface(page).locator(":focus").or(surface(page).and(page.locator(":focus")))).toHaveCount(1);
}
async function to(page: Page, target: Locator): Promise<void> {
  await toSurface(page);
  for (let turn = 0; turn < 40; turn += 1) {
    if (await target.evaluate((each) => each === document.activeElement)) return;
    // To the last, and then back.
    await page.keyboard.press(turn < 15 ? "." : ",");
  }
  await expect(target).toBeFocused();
}
const yksi = (page: Page): Locator => item(page, "Process step", "Yksi");
const kaksi = (page: Page): Locator => item(page, "Process step", "Kaksi");
const lappu = (page: Page): Locator => item(page, "Note", "Lappu");

test("arrows, areas, ends, into and out of a container, and to the next region", async ({ member, server }) => {
  const { page } = await member(await server.board("Kulku", start), "Aino", "participant");
  await to(page, yksi(page));
  await page.keyboard.press("ArrowRight");
  await expect(kaksi(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item(page, "Process step", "Neljä")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(kaksi(page)).toBeFocused();
  await page.keyboard.press("End");
  await expect(item(page, "Process step", "Kolme")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(yksi(page)).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(item(page, "Lane", "Kunta")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(item(page, "Process step", "Neljä")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(item(page, "Lane", "Kunta")).toBeFocused();
  await page.keyboard.press("PageUp");
  await expect(item(page, "Lane", "Kela")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await to(page, yksi(page));
  await page.keyboard.press(",");
  await expect(yksi(page)).not.toBeFocused();
  await page.keyboard.press(".");
  await expect(yksi(page)).toBeFocused();
  // Shift makes the selection grow; Ctrl+A takes all.
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("complementary")).toContainText("2 objects selected");
  await page.keyboard.press("Control+a");
  await expect(page.getByRole("complementary")).toContainText(`${start.items.length} objects selected`);
  await page.keyboard.press("Escape");
  // Tab leaves the board, Shift+Tab comes back to where one was.
  await to(page, yksi(page));
  await page.keyboard.press("Tab");
  expect(await surface(page).evaluate((each) => each.contains(document.activeElement))).toBe(false);
  await page.keyboard.press("Shift+Tab");
  await expect(yksi(page)).toBeFocused();
  await page.keyboard.press("F6");
  expect(await surface(page).evaluate((each) => each.contains(document.activeElement))).toBe(false);
  await page.keyboard.press("Shift+F6");
  await expect(yksi(page)).toBeFocused();
});

test("Space picks up, arrows carry, Shift ten times as far, Space lets go, Esc puts back", async ({ member, server }) => {
  const board = await server.board("Kanto", start);
  const { page } = await member(board, "Aino", "participant");
  const at = async (): Promise<readonly number[]> => {
    await saved(page);
    const { items } = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
    return items.find((each) => each.text === "Lappu")?.at ?? [];
  };
  await to(page, lappu(page));
  const [x, y] = [300, 520];
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect.poll(at).toEqual([x + 10, y]);
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await expect.poll(at).toEqual([x, y + 100]);
  await expect(lappu(page)).toBeFocused();
  const before = await lappu(page).boundingBox();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => (await lappu(page).boundingBox())?.x).not.toBe(before?.x);
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await lappu(page).boundingBox())?.x).toBe(before?.x);
  expect(await at()).toEqual([x, y + 100]);
  await page.keyboard.press("Control+z");
  await expect.poll(at).toEqual([x + 10, y]);
  await page.keyboard.press("Control+y");
  await expect.poll(at).toEqual([x, y + 100]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(at).toEqual([x, y + 100]);
});

test("letters make, ask and group; F2, Delete, the clipboard, the menu and the help", async ({ member, server }) => {
  const board = await server.board("Kirjaimet", start);
  const { page } = await member(board, "Aino", "participant", clipboard);
  const dialog = page.getByRole("dialog");
  const written = async (text: string, end = "Escape"): Promise<void> => {
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press(end);
    await expect(field(page)).toHaveCount(0);
  };
  for (const [key, kind, text] of [["n", "Note", "Uusi lappu"], ["s", "Process step", "Uusi vaihe"], ["l", "Lane", "Uusi rata"], ["a", "Next step", "Uusi askel"]] as const) {
    await to(page, yksi(page));
    await page.keyboard.press(key);
    await written(text);
    await expect(item(page, kind, text)).toBeVisible();
  }
  for (const [key, kind, text] of [["e", "Obstacle", "Este"], ["y", "Cooperation", "Yhdessä"]] as const) {
    await to(page, kaksi(page));
    await page.keyboard.press(key);
    await written(text);
    await expect(surface(page).getByRole("group", { name: new RegExp(`^${kind}.*: ${text}`) })).toHaveAttribute("aria-label", /pinned to Kaksi/);
  }
  await to(page, yksi(page));
  await page.keyboard.press("c");
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("kaksi");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(yksi(page)).toHaveAttribute("aria-label", /next: Kaksi/);
  await expect(dialog).toHaveCount(0);
  await to(page, item(page, "Process step", "Neljä"));
  await page.keyboard.press("m");
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("kela");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(item(page, "Process step", "Neljä")).toHaveAttribute("aria-label", /lane Kela/);

  await to(page, lappu(page));
  await page.keyboard.press("F2");
  await page.keyboard.press("End");
  await written(" kaksi", "F2");
  const note = item(page, "Note", "Lappu kaksi");
  await expect(note).toBeFocused();

  await test.step("Delete, and back; copied, pasted, cut, doubled", async () => {
    const many = surface(page).getByRole("group", { name: /^Note: Lappu kaksi/ });
    await to(page, note);
    await page.keyboard.press("Delete");
    await expect(many).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(many).toHaveCount(1);
    await to(page, note);
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await expect(many).toHaveCount(2);
    await page.keyboard.press("Control+x");
    await expect(many).toHaveCount(1);
    await page.keyboard.press("Control+v");
    await expect(many).toHaveCount(2);
    await page.keyboard.press("Control+d");
    await expect(many).toHaveCount(3);
  });

  await test.step("the actions menu, the help, all actions; Ctrl+F stays the browser's", async () => {
    await to(page, yksi(page));
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menuitem", { name: "Connect…" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await page.keyboard.press("F1");
    await expect(dialog).toContainText("Nearest object in that direction");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await to(page, yksi(page));
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "All actions" })).toBeVisible();
    await page.keyboard.press("Escape");
    await to(page, yksi(page));
    expect(await pressed(page, { key: "f", code: "KeyF", ctrlKey: true })).toBe("left to the browser");
    await expect(page.getByRole("search")).toHaveCount(0);
  });
});

test("G makes a group of what is selected, and Shift+G takes it apart", async ({ member, server }) => {
  const { page } = await member(await server.board("Ryhmät", start), "Aino", "participant");
  await to(page, lappu(page));
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("complementary")).toContainText("2 objects selected");
  await page.keyboard.press("g");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Ryhmä");
  await page.keyboard.press("Escape");
  await expect(item(page, "Note", "Toinen")).toHaveAttribute("aria-label", /group Ryhmä/);
  await to(page, item(page, "Group", "Ryhmä"));
  await page.keyboard.press("Shift+G");
  await expect(item(page, "Group", "Ryhmä")).toHaveCount(0);
  await expect(lappu(page)).toBeVisible();
});

type Press = { readonly key: string; readonly code: string; readonly ctrlKey?: boolean; readonly altKey?: boolean; readonly shiftKey?: boolean; readonly modifierAltGraph?: boolean };
/** A key as the system tells it, at what has the focus; whether the page took it. */
const pressed = (page: Page, press: Press): Promise<string> =>
  page.evaluate((init) => {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    return document.activeElement?.dispatchEvent(event) === true ? "left to the browser" : "taken";
  }, press);

// On a Finnish keyboard these signs are typed with AltGr; Windows tells it as Ctrl and Alt together, Linux by itself.
const ALT_GR = [
  ["@", "Digit2"],
  ["£", "Digit3"],
  ["$", "Digit4"],
  ["€", "KeyE"],
  ["{", "Digit7"],
  ["[", "Digit8"],
  ["]", "Digit9"],
  ["}", "Digit0"],
  ["\\", "Minus"],
  ["|", "IntlBackslash"],
  ["~", "BracketRight"],
] as const;

test("a Finnish keyboard: what AltGr types is text, on the board and in a text, and never a command", async ({ member, server }) => {
  const board = await server.board("Näppäimistö", start);
  const { page, context } = await member(board, "Aino", "participant");
  const devtools = await context.newCDPSession(page);
  const types = async (key: string, code: string): Promise<void> => {
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", key, code, text: key, unmodifiedText: key });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key, code });
  };
  const before = await zoom(page);
  // In a text: each sign is where it was typed, and nothing else happens.
  await to(page, lappu(page));
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  for (const [key, code] of ALT_GR) await types(key, code);
  for (const key of ["+", "-", "0", ".", ",", "n", "s"]) await page.keyboard.press(key);
  for (const [key, code] of [["ä", "Quote"], ["ö", "Semicolon"], ["å", "BracketLeft"]] as const) await types(key, code);
  const all_ = `${ALT_GR.map(([key]) => key).join("")}+-0.,nsäöå`;
  await expect(field(page)).toHaveValue(all_);
  await page.keyboard.press("Escape");
  await expect(surface(page).getByRole("group")).toHaveCount(start.items.length);
  expect(await zoom(page)).toBe(before);

  // On the board, with nothing chosen: Ctrl and Alt together are no command, nor are Shift's signs.
  await page.keyboard.press("Escape");
  await toSurface(page);
  const windows = { ctrlKey: true, altKey: true, modifierAltGraph: true };
  for (const [key, code] of [...ALT_GR, ["c", "KeyC"], ["z", "KeyZ"], ["a", "KeyA"], ["x", "KeyX"], ["k", "KeyK"]] as const) {
    await pressed(page, { key, code, ...windows });
    await pressed(page, { key, code, modifierAltGraph: true });
  }
  for (const key of [";", ":", "_", "?", "!", "\"", "#", "¤", "%", "&", "/", "(", ")"]) await pressed(page, { key, code: "", shiftKey: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(surface(page).getByRole("group")).toHaveCount(start.items.length);
  expect(await zoom(page)).toBe(before);

  // With an object chosen by keys, the sign begins its text.
  await to(page, yksi(page));
  expect(await pressed(page, { key: "€", code: "KeyE", ...windows })).toBe("taken");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue(/€/);
  await page.keyboard.press("Escape");
  await expect(surface(page).getByRole("group")).toHaveCount(start.items.length);
  // Plain keys of the same layout are commands, wherever the sign lies.
  await to(page, kaksi(page));
  await page.keyboard.press("+");
  await expect.poll(() => zoom(page)).toBeGreaterThan(before);
  await page.keyboard.press("-");
  await expect.poll(() => zoom(page)).toBe(before);
});

test("letters and signs can be switched off; the keys that are no letters stay", async ({ member, server }) => {
  const { page } = await member(await server.board("Hiljaa", start), "Aino", "participant");
  await page.keyboard.press("F1");
  await page.getByRole("checkbox", { name: "Letters and signs are shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await toSurface(page);
  await page.keyboard.press("Home");
  const focused = surface(page).getByRole("group").and(page.locator(":focus"));
  await expect(focused).toHaveCount(1);
  const before = await zoom(page);
  await page.keyboard.press("Escape");
  for (const key of ["n", "s", "l", "e", "y", "a", "m", "c", "g", "f", "z", "+", "-", "0"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(surface(page).getByRole("group")).toHaveCount(start.items.length);
  await expect(field(page)).toHaveCount(0);
  expect(await zoom(page)).toBe(before);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("F2");
  await expect(field(page)).toBeFocused();
});

test("a row of obstacles by keyboard: Ctrl + Enter makes the next one where this one is pinned", async ({ member, server }) => {
  const board = await server.board("Rivi", start);
  const { page } = await member(board, "Aino", "participant");
  await to(page, yksi(page));
  await page.keyboard.press("e");
  for (const text of ["Ensimmäinen", "Toinen", "Kolmas"]) {
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue("");
    await page.keyboard.type(text);
    await page.keyboard.press(text === "Kolmas" ? "Escape" : "Control+Enter");
  }
  await expect(field(page)).toHaveCount(0);
  await saved(page);
  const kept = (await server.api("GET", `/api/boards/${board}/export.json`)) as {
    items: { id: string; text: string }[];
    links: { kind: string; to: string }[];
  };
  const carrier = kept.items.find(({ text }) => text === "Yksi")?.id;
  expect(kept.links.filter(({ kind }) => kind === "pin").map(({ to }) => to)).toEqual([carrier, carrier, carrier]);
});
