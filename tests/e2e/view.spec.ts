// Moving about the board: wheel, buttons, keys, fit and two fingers. Nothing on the board changes.
import { box, item, near, spot, surface, zoom } from "./board.ts";
import { expect, test } from "./people.ts";

const notes = {
  items: [
    { id: "n_01ARZ3NDEKTSV4RRFFQ69G5FA1", kind: "note", text: "Vasen", at: [0, 0], size: [200, 120] },
    { id: "n_01ARZ3NDEKTSV4RRFFQ69G5FA2", kind: "note", text: "Oikea", at: [700, 300], size: [200, 120] },
  ],
};

test("the wheel pans, with Ctrl it zooms about the pointer; buttons and keys do the same", async ({ member, server }) => {
  const { page } = await member(await server.board("Näkymä", notes), "Katsoja", "observer");
  const left = item(page, "Note", "Vasen");
  await expect(left).toBeVisible();
  await page.mouse.move(...(await spot(page, [600, 400])));
  const before = await box(left);
  await page.mouse.wheel(-60, -90);
  await near(async () => (await box(left)).x, before.x + 60);
  await near(async () => (await box(left)).y, before.y + 90);

  // A zoom about the pointer leaves in place what is under it.
  const at = await box(left);
  const level = await zoom(page);
  await page.mouse.move(at.x, at.y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -120);
  await page.keyboard.up("Control");
  await expect.poll(() => zoom(page)).toBeGreaterThan(level);
  await near(async () => (await box(left)).x, at.x);
  await near(async () => (await box(left)).y, at.y);

  const larger = await zoom(page);
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect.poll(() => zoom(page)).toBeLessThan(larger);
  await page.getByRole("button", { name: "Zoom to fit" }).click();
  await expect.poll(() => zoom(page)).toBe(level);
  await near(async () => (await box(left)).x, before.x);

  await page.getByRole("button", { name: "Scroll the view" }).click();
  await page.getByRole("button", { name: "Scroll right" }).click();
  await near(async () => before.x - (await box(left)).x, 240, 30);

  await surface(page).click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("0");
  await near(async () => (await box(left)).x, before.x);
  await page.keyboard.press("+");
  await expect.poll(() => zoom(page)).toBeGreaterThan(level);
  await page.keyboard.press("-");
  await expect.poll(() => zoom(page)).toBe(level);

  // Space and a pull, and the middle button, move the paper.
  const rest = await box(left);
  await page.keyboard.down(" ");
  const [x, y] = await spot(page, [600, 200]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 50, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up(" ");
  await near(async () => (await box(left)).x, rest.x + 80);
  await page.mouse.down({ button: "middle" });
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.up({ button: "middle" });
  await near(async () => (await box(left)).y, rest.y);
});

test("two fingers zoom and pan, one finger moves a note", async ({ member, server }) => {
  const guest = await member(await server.board("Sormet", notes), "Sormi", "participant", { hasTouch: true });
  const { page } = guest;
  const left = item(page, "Note", "Vasen");
  await expect(left).toBeVisible();
  const level = await zoom(page);
  const devtools = await guest.context.newCDPSession(page);
  const touch = async (type: "touchStart" | "touchMove" | "touchEnd", points: (readonly [number, number])[]): Promise<void> => {
    await devtools.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  };
  const [x, y] = await spot(page, [600, 180]);
  await touch("touchStart", [[x - 60, y], [x + 60, y]]);
  for (let step = 1; step <= 6; step += 1) await touch("touchMove", [[x - 60 + step * 6, y], [x + 60 - step * 6, y]]);
  await touch("touchEnd", []);
  await expect.poll(() => zoom(page)).toBeLessThan(level);

  const before = await box(left);
  const [fx, fy] = [before.x + before.width / 2, before.y + before.height / 2];
  await touch("touchStart", [[fx, fy]]);
  for (let step = 1; step <= 6; step += 1) await touch("touchMove", [[fx + step * 15, fy + step * 20]]);
  await touch("touchEnd", []);
  await near(async () => (await box(left)).y, before.y + 120, 24);
});
