// What the server refuses is told, kept and can be done again: locks, observers, the pause.
import { field, item, place, surface, write } from "./board.ts";
import { bar, expect, type Person, saved, test } from "./people.ts";

test.describe.configure({ timeout: 90_000 });

const note = { items: [{ id: "n_01ARZ3NDEKTSV4RRFFQ69G5FA1", kind: "note", text: "Sovittu", at: [0, 0], size: [240, 140] }] };

async function act(person: Person, entry: string): Promise<void> {
  await item(person.page, "Note", "Sovittu").click();
  await person.page.getByRole("complementary").getByRole("button", { name: "Actions" }).click();
  await person.page.getByRole("menuitem", { name: entry }).click();
}

test("an edit made before the lock was known is refused, kept in Not saved, and applied after the unlock", async ({ member, server }) => {
  const board = await server.board("Lukko", note);
  const host = await member(board, "Fanni", "facilitator");
  const guest = await member(board, "Pekka", "participant");
  await guest.context.setOffline(true);
  await expect(bar(guest.page)).toContainText("Offline");
  await item(guest.page, "Note", "Sovittu").dblclick();
  await write(guest.page, " paitsi maanantaina");
  await act(host, "Lock");
  await expect(item(host.page, "Note", "Sovittu")).toHaveAttribute("aria-label", /locked/);
  // Longer than the two seconds in which an edit made before the lock may still come.
  const locked = Date.now();
  await expect.poll(() => Date.now() - locked).toBeGreaterThan(2_500);
  await guest.context.setOffline(false);

  const tray = guest.page.getByRole("button", { name: /^Not saved/ });
  await expect(tray).toBeVisible();
  await expect(guest.page.getByText(/was not saved:.*locked/).first()).toBeVisible();
  await expect(item(guest.page, "Note", "Sovittu")).not.toContainText("maanantaina");
  await expect(item(host.page, "Note", "Sovittu")).not.toContainText("maanantaina");
  await tray.click();
  const dialog = guest.page.getByRole("dialog", { name: "Not saved" });
  await expect(dialog).toContainText("The object is locked. A facilitator can unlock it.");
  await expect(dialog).toContainText("Sovittu paitsi maanantaina");
  await guest.page.keyboard.press("Escape");

  // A reload does not lose what is in the tray.
  await guest.page.reload();
  await expect(tray).toBeVisible();
  await act(host, "Unlock");
  await expect(item(guest.page, "Note", "Sovittu")).not.toHaveAttribute("aria-label", /locked/);
  await tray.click();
  await dialog.getByRole("button", { name: "Apply again" }).click();
  await expect(dialog).toContainText("All your changes are saved.");
  await guest.page.keyboard.press("Escape");
  await expect(item(host.page, "Note", "Sovittu")).toContainText("Sovittu paitsi maanantaina");
  await expect(tray).toHaveCount(0);
  await saved(guest.page);
});

test("what is refused drags nothing else with it, and can be discarded", async ({ member, server }) => {
  const board = await server.board("Erikseen", note);
  const host = await member(board, "Fanni", "facilitator");
  const guest = await member(board, "Pekka", "participant");
  await guest.context.setOffline(true);
  await expect(bar(guest.page)).toContainText("Offline");
  await item(guest.page, "Note", "Sovittu").click();
  await guest.page.keyboard.press("Delete");
  await place(guest.page, "Note", [150, 550], "Oma uusi");
  await act(host, "Lock");
  const locked = Date.now();
  await expect.poll(() => Date.now() - locked).toBeGreaterThan(2_500);
  await guest.context.setOffline(false);
  await expect(item(guest.page, "Note", "Sovittu")).toBeVisible();
  await expect(item(host.page, "Note", "Sovittu")).toBeVisible();
  // Allowed beside it: it arrives, by itself or from the tray.
  await expect(item(host.page, "Note", "Oma uusi")).toBeVisible();
  await guest.page.getByRole("button", { name: /^Not saved/ }).click();
  const dialog = guest.page.getByRole("dialog", { name: "Not saved" });
  await expect(dialog).toContainText("Deleted");
  await dialog.getByRole("button", { name: "Discard" }).first().click();
  await expect(dialog).toContainText("All your changes are saved.");
  await saved(guest.page);
});

test("an observer looks, cannot edit, and is told why", async ({ member, server }) => {
  const board = await server.board("Katsoja", note);
  const { page } = await member(board, "Oili", "observer");
  await expect(page.getByText("You look at the board as an observer.")).toBeVisible();
  await item(page, "Note", "Sovittu").dblclick();
  await expect(page.getByText(/Your role does not allow this/).first()).toBeVisible();
  await expect(field(page)).toHaveCount(0);
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("textbox", { name: "Text" })).toHaveAttribute("readonly");
  await expect(panel.getByText(/Your role does not allow this/)).toBeVisible();
  await page.getByRole("toolbar").getByRole("button", { name: "Note", exact: true }).click({ force: true });
  await surface(page).click({ position: { x: 500, y: 560 } });
  await page.keyboard.press("n");
  await page.keyboard.press("Delete");
  await expect(surface(page).getByRole("group", { name: /^Note: / })).toHaveCount(1);
  await page.getByRole("button", { name: "Outline view" }).click();
  await expect(page.getByRole("region", { name: "The board as an outline" }).getByRole("textbox")).toHaveCount(0);
  const file = (await server.api("GET", `/api/boards/${board}/export.json`)) as { items: unknown[] };
  expect(file.items).toHaveLength(1);
});

test("a pause stops participants, not facilitators, and ends for all", async ({ member, server }) => {
  const board = await server.board("Tauko", note);
  const host = await member(board, "Fanni", "facilitator");
  const guest = await member(board, "Pekka", "participant");
  await host.page.getByRole("button", { name: "Pause editing" }).click();
  await expect(guest.page.getByText("The facilitator has paused editing.")).toBeVisible();
  await item(guest.page, "Note", "Sovittu").dblclick();
  await expect(guest.page.getByText(/The board is paused\. A facilitator can resume/).first()).toBeVisible();
  await expect(field(guest.page)).toHaveCount(0);
  await item(host.page, "Note", "Sovittu").dblclick();
  await write(host.page, " tauolla");
  await expect(item(guest.page, "Note", "Sovittu")).toContainText("tauolla");
  await host.page.getByRole("button", { name: "Resume editing" }).first().click();
  await expect(guest.page.getByText("The facilitator has paused editing.")).toHaveCount(0);
  await item(guest.page, "Note", "Sovittu").dblclick();
  await write(guest.page, ", jatketaan");
  await expect(item(host.page, "Note", "Sovittu")).toContainText("tauolla, jatketaan");
});
