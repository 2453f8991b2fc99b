// Somebody who has never been here follows what stands on the screen, and has a note, a step and an arrow; no help is opened.
import { type Locator, type Page } from "@playwright/test";
import { box, field, surface, WHOLE } from "./board.ts";
import { expect, join, saved, test } from "./people.ts";

test.describe.configure({ timeout: 90_000 });

/** The guide says what to do next: the one button in it that stands out. */
const guide = (page: Page): Locator => page.locator("[data-region=surface] > section.card");
const next = (page: Page): Locator => guide(page).locator("button.primary");
const drawn = (page: Page, kind: string): Locator => surface(page).locator(`[role=group][data-kind=${kind}]`);

async function middleOf(target: Locator): Promise<readonly [number, number]> {
  const { x, y, width, height } = await box(target);
  return [x + width / 2, y + height / 2];
}

for (const [name, options] of [
  ["on a computer", {}],
  ["in a small window", { viewport: { width: 640, height: 600 } }],
  ["on a phone, by touch", { viewport: { width: 390, height: 844 }, hasTouch: true }],
] as const) {
  test(`${name}: a note, a step and an arrow by what the screen says`, async ({ somebody, server }) => {
    const board = await server.board("Ensikerta");
    const touch = "hasTouch" in options;
    const guest = await somebody("Ensikertalainen", { locale: "fi-FI", ...options });
    await join(guest, await server.invite(board, "participant"));
    const { page } = guest;
    const press = (target: Locator): Promise<void> => (touch ? target.tap() : target.click());
    const pressAt = ([x, y]: readonly [number, number]): Promise<void> => (touch ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));

    // A phone shows the outline first; the board itself is one press away.
    const toBoard = async (on: Page): Promise<void> => {
      if (touch) await on.getByRole("button", { name: "Taulunäkymä" }).tap();
    };
    await toBoard(page);
    await expect(guide(page).getByRole("heading")).toBeVisible();
    await expect(guide(page).getByRole("listitem")).toHaveCount(3);
    // What cannot be done yet cannot be pressed yet.
    await expect(guide(page).getByRole("button").last()).toBeDisabled();
    for (const [kind, text] of [["note", "Lomake on vaikea"], ["step", "Täytä lomake"]] as const) {
      await press(next(page));
      // Writing begins by itself: nothing has to be found first.
      await expect(field(page)).toBeFocused();
      await page.keyboard.type(text);
      await expect(drawn(page, kind)).toHaveCount(1);
      await expect(guide(page)).toContainText(kind === "note" ? "2/3" : "3/3");
    }
    await press(next(page));
    await expect(field(page)).toHaveCount(0);
    // Neither of the two is under the guide or outside the view: a press on each is what the guide asks for.
    for (const kind of ["note", "step"]) {
      await expect(drawn(page, kind)).toBeInViewport({ ratio: WHOLE });
      await pressAt(await middleOf(drawn(page, kind)));
    }
    await expect(guide(page)).toContainText("Hienoa");
    await expect(guide(page).getByRole("button")).toHaveCount(1);
    await saved(page);
    type File = { items: { id: string; kind: string; text: string }[]; links: { kind: string; from: string; to: string }[] };
    const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as File;
    const kindOf = (id: string | undefined) => file.items.find((each) => each.id === id)?.kind;
    expect(file.items.map((each) => `${each.kind} ${each.text}`).toSorted()).toEqual(["note Lomake on vaikea", "step Täytä lomake"]);
    expect(file.links.map((each) => `${each.kind} ${kindOf(each.from)} ${kindOf(each.to)}`)).toEqual(["sequence note step"]);

    // Closed, the guide is gone for good; and whoever comes to a board with things on it sees none.
    await press(guide(page).getByRole("button"));
    await expect(guide(page)).toHaveCount(0);
    await page.reload();
    await saved(page);
    await toBoard(page);
    await expect(drawn(page, "note")).toBeVisible();
    await expect(guide(page)).toHaveCount(0);
    const later = await somebody("Myöhempi", { locale: "fi-FI", ...options });
    await join(later, await server.invite(board, "participant"));
    await toBoard(later.page);
    await expect(drawn(later.page, "step")).toBeVisible();
    await expect(guide(later.page)).toHaveCount(0);
  });
}
