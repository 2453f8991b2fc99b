// Measures the board surface in a headless browser and takes pictures: node bench/run.mjs [folder for pictures].

import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const folder = process.argv[2] ?? "bench/out";
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Runs in the page: calls `step` once a frame, answers with the median and the 95th share of frame times. */
async function frames(kind, count) {
  const surface = document.querySelector(".jb-surface");
  const times = [];
  let last = performance.now();
  for (let index = 0; index < count; index += 1) {
    const turn = Math.floor(index / (count / 4)) % 2 === 0 ? 1 : -1;
    const event =
      kind === "pan" ? { deltaX: 37 * turn, deltaY: 23 * turn } : { deltaX: 0, deltaY: 3 * turn, ctrlKey: true };
    surface.dispatchEvent(
      new WheelEvent("wheel", { ...event, clientX: 700, clientY: 450, bubbles: true, cancelable: true }),
    );
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(count / 2)], most: times[Math.floor(count * 0.95)] };
}

await mkdir(folder, { recursive: true });
const server = await createServer({
  configFile: new URL("vite.config.ts", import.meta.url).pathname,
  logLevel: "error",
});
await server.listen();
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(`globalThis.benchFrames = ${frames.toString()}`);
  page.on("pageerror", (error) => console.error("page:", error.message));
  page.on("console", (message) => message.type() === "error" && console.error("console:", message.text()));
  const open = async (search) => {
    await page.goto(address + search);
    await page.waitForFunction(() => globalThis.bench !== undefined, undefined, { timeout: 10_000 });
    return page.evaluate(() => globalThis.bench.ready);
  };
  const show = (value) => `${value.median.toFixed(1)} ms median, ${value.most.toFixed(1)} ms at 95 %`;

  for (const theme of ["light", "dark"]) {
    await open(`?theme=${theme}`);
    await page.screenshot({ path: `${folder}/workshop-${theme}.png` });
  }
  await open("");
  await page.mouse.click(500, 505);
  await page.screenshot({ path: `${folder}/selected.png` });

  const count = Number(process.env.COUNT ?? 5000);
  const ready = await open(`?count=${count}`);
  console.log(`${count} notes: visible ones drawn after ${ready.toFixed(0)} ms`);
  await page.screenshot({ path: `${folder}/far.png` });
  for (const zoom of [0.05, 0.15, 0.35, 0.6, 1]) {
    await page.evaluate((to) => {
      const { view } = globalThis.bench;
      view.zoomTo([]);
      const surface = document.querySelector(".jb-surface");
      for (let turn = 0; turn < 400 && Math.abs(Math.log(view.zoom / to)) > 0.02; turn += 1) {
        const deltaY = Math.max(-30, Math.min(30, -Math.log(to / view.zoom) * 100));
        surface.dispatchEvent(
          new WheelEvent("wheel", {
            deltaY,
            ctrlKey: true,
            clientX: 700,
            clientY: 450,
            bubbles: true,
            cancelable: true,
          }),
        );
      }
    }, zoom);
    await page.evaluate(measured, ["pan", 20]);
    const pan = await page.evaluate(measured, ["pan", 120]);
    const zoomed = await page.evaluate(measured, ["zoom", 120]);
    console.log(`at ${Math.round(zoom * 100)} %: pan ${show(pan)}; zoom ${show(zoomed)}`);
    if (zoom === 0.35) await page.screenshot({ path: `${folder}/near.png` });
    if (zoom === 0.15) await page.screenshot({ path: `${folder}/middle.png` });
  }
} finally {
  await browser.close();
  await server.close();
}

function measured([kind, count]) {
  return globalThis.benchFrames(kind, count);
}
