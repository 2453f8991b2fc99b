// The demo's pictures for the documentation: `WRITE_PICTURES=1 npx playwright test pictures`. They look as the page does.
import { join as path } from "node:path";
import { surface } from "./board.ts";
import { expect, saved, test } from "./people.ts";

const folder = process.env["WRITE_PICTURES"] === "1" ? path(import.meta.dirname, "../../docs/pictures") : "results/pictures";

test("the demo in pictures: board, outline, phone", async ({ owner, server }) => {
  const { page } = await owner({ reducedMotion: "reduce" });
  await page.getByRole("button", { name: /^Open the demo/ }).click();
  await saved(page);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await expect(surface(page)).toBeVisible();
  await page.screenshot({ path: path(folder, "board.png"), animations: "disabled" });
  await page.getByRole("button", { name: "Outline view" }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await page.screenshot({ path: path(folder, "outline.png"), animations: "disabled" });

  const address = page.url();
  const phone = await owner({ viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2, reducedMotion: "reduce" });
  expect(address.startsWith(server.url)).toBe(true);
  await phone.page.goto(address);
  await saved(phone.page);
  await phone.page.evaluate(() => document.fonts.ready.then(() => true));
  await phone.page.screenshot({ path: path(folder, "phone.png"), animations: "disabled" });
});
