// Uses the board surface as a person does, in a headless browser: node bench/try.mjs [folder for pictures].

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const folder = process.argv[2] ?? "bench/out";
await mkdir(folder, { recursive: true });
const server = await createServer({
  configFile: new URL("vite.config.ts", import.meta.url).pathname,
  logLevel: "error",
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => console.error("page:", error.message));
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForFunction(() => globalThis.bench !== undefined, undefined, { timeout: 10_000 });
  const item = (text) => page.locator(".jb-item", { hasText: text });
  const middle = async (text) => {
    const box = await item(text).boundingBox();
    assert(box, text);
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  const [x, y] = await middle("Puhelinjono");
  await page.mouse.click(x, y);
  await page.screenshot({ path: `${folder}/note-selected.png` });
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 20);
  await page.mouse.move(x + 200, y - 380, { steps: 5 });
  await page.screenshot({ path: `${folder}/dragging.png` });
  await page.mouse.up();
  const [nx, ny] = await middle("Puhelinjono");
  assert(Math.abs(nx - x - 200) < 12 && Math.abs(ny - y + 380) < 12, "dropped where it was let go");

  await page.keyboard.type("Uusi");
  await page.screenshot({ path: `${folder}/writing.png` });
  assert.equal(await page.locator("textarea").inputValue(), "Puhelinjono 40 minUusi");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("textarea").count(), 0);
  await page.keyboard.press("Control+z");
  await page.waitForFunction(
    () => ![...document.querySelectorAll(".jb-item")].some((one) => one.textContent.includes("minUusi")),
  );

  const count = () => page.evaluate(() => globalThis.bench.model.snapshot.items.size);
  const before = await count();
  await page.mouse.dblclick(1300, 820);
  await page.keyboard.type("Tuplaklikkaus");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Seuraava");
  await page.keyboard.press("Escape");
  assert.equal(await count(), before + 2);

  await page.screenshot({ path: `${folder}/chain.png` });
  const [sx, sy] = await middle("tulee paperilla");
  const [tx, ty] = await middle("Vastaanottaa");
  await page.mouse.move(sx, sy);
  await page.mouse.down();
  await page.mouse.move(tx, ty, { steps: 6 });
  await page.screenshot({ path: `${folder}/pinning.png` });
  await page.mouse.up();
  const pinned = await page.evaluate(() => {
    const { snapshot } = globalThis.bench.model;
    const obstacle = [...snapshot.items.values()].find((one) => one.text.startsWith("Maksutieto"));
    return snapshot.items.get(snapshot.pinOf(obstacle.id).to).text;
  });
  assert.equal(pinned, "Vastaanottaa hakemuksen");

  await page.evaluate(() => globalThis.bench.view.setTool("arrow"));
  const [ax, ay] = await middle("Kuka kertoo");
  const [bx, by] = await middle("Sama liite");
  const links = () => page.evaluate(() => globalThis.bench.model.snapshot.links.size);
  const had = await links();
  await page.mouse.click(ax, ay);
  await page.mouse.click(bx, by);
  assert.equal(await links(), had + 1);
  await page.evaluate(() => globalThis.bench.view.setTool("select"));

  await page.mouse.click(bx, by);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.screenshot({ path: `${folder}/carrying.png` });
  await page.keyboard.press("Space");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /Kuka kertoo/);
  await page.emulateMedia({ forcedColors: "active" });
  await page.screenshot({ path: `${folder}/forced.png` });
  console.log("the surface works as tried");
} finally {
  await browser.close();
  await server.close();
}
