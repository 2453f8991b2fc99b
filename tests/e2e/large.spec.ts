// A board of 5,000 objects opens, draws and moves; the scripts that come first are small. Machines are noisy: what is
// measured is printed, and only what is far off the promise (1.0 s; 20 ms a frame) fails.
import { stat } from "node:fs/promises";
import { join as path } from "node:path";
import { type Page } from "@playwright/test";
import { fileId } from "./files.ts";
import { expect, join, test } from "./people.ts";

test.describe.configure({ timeout: 120_000 });

/** Twenty lanes, 2,980 steps and notes and 2,000 arrows: 5,000 objects. */
function file(): object {
  const lanes = Array.from({ length: 20 }, (_, at) => ({
    id: fileId("l", at),
    kind: "lane",
    text: `Uimarata ${at + 1}`,
    at: [0, at * 400],
    size: [30_000, 380],
  }));
  const steps = Array.from({ length: 2_980 }, (_, at) => {
    const kind = at % 3 === 0 ? "note" : "step";
    const place = [80 + Math.floor(at / 20) * 200, 130];
    return { id: fileId(kind.charAt(0), at), kind, text: `Kohta ${at + 1}: työ etenee`, at: place, size: [160, 100], parent: fileId("l", at % 20) };
  });
  const links = Array.from({ length: 2_000 }, (_, at) => ({
    id: fileId("f", at),
    kind: "sequence",
    from: steps[at]?.id,
    to: steps[at + 20]?.id,
  }));
  return { items: [...lanes, ...steps], links };
}
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

test("5,000 objects: drawn and editable, panned and zoomed", async ({ somebody, server }) => {
  const board = await server.board("Suuri", file());
  const guest = await somebody("Mittaaja");
  await guest.page.addInitScript(() => {
    const look = (): void => {
      const surface = document.querySelector<HTMLElement>("[data-region=surface] section");
      const field = surface?.querySelector("textarea");
      if (field !== null && field !== undefined && field.value !== "") {
        // Drawn: the frame with the field has been given to the screen.
        requestAnimationFrame(() => performance.mark("editable"));
        return;
      }
      const at = surface?.contains(document.activeElement) === true ? document.activeElement : surface;
      for (const key of ["Home", "F2"]) at?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      requestAnimationFrame(look);
    };
    if (location.pathname.startsWith("/board/")) requestAnimationFrame(look);
  });
  await join(guest, await server.invite(board, "participant"));
  const opened: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await guest.page.goto(`${server.url}/board/${board}`);
    await guest.page.waitForFunction(() => performance.getEntriesByName("editable").length > 0);
    opened.push(await guest.page.evaluate(() => Math.round(performance.getEntriesByName("editable")[0]?.startTime ?? Number.NaN)));
  }
  console.log(`5,000 objects, navigation to editable, ms: ${opened.join(" ")}; median ${median(opened)}`);
  expect(median(opened)).toBeLessThan(3_000);

  const fresh = await somebody("Uusi");
  await join(fresh, await server.invite(board, "participant"));
  for (const kind of ["pan", "zoom"] as const) {
    for (const far of [true, false]) {
      await fresh.page.getByRole("button", { name: "Zoom to fit" }).click();
      if (!far) for (let turn = 0; turn < 9; turn += 1) await fresh.page.getByRole("button", { name: "Zoom in" }).click();
      const times = await fresh.page.evaluate(async (gesture) => {
        const surface = document.querySelector("[data-region=surface] section");
        const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
        const found: number[] = [];
        let last = await frame();
        for (let turn = 0; turn < 80; turn += 1) {
          const way = Math.floor(turn / 20) % 2 === 0 ? 1 : -1;
          const event = gesture === "pan" ? { deltaX: 37 * way, deltaY: 23 * way } : { deltaY: 3 * way, ctrlKey: true };
          surface?.dispatchEvent(new WheelEvent("wheel", { ...event, clientX: 700, clientY: 450, bubbles: true, cancelable: true }));
          const now = await frame();
          found.push(now - last);
          last = now;
        }
        return found;
      }, kind);
      console.log(`5,000 objects, ${kind} ${far ? "from afar" : "near"}: median frame ${median(times).toFixed(1)} ms`);
      expect(median(times)).toBeLessThan(100);
    }
  }
});

/** Bytes, as they travel, of the scripts that were asked for before the page showed what was waited for. */
async function scriptsUntilShown(page: Page, open: () => Promise<unknown>): Promise<number> {
  await open();
  await page.waitForFunction(() => performance.getEntriesByName("shown").length > 0);
  const names = await page.evaluate(() => {
    const shown = performance.getEntriesByName("shown")[0]?.startTime ?? 0;
    const asked = performance.getEntriesByType("resource").filter((entry) => entry.startTime <= shown);
    return asked.map((entry) => new URL(entry.name).pathname).filter((name) => name.endsWith(".js"));
  });
  expect(names.length).toBeGreaterThan(1);
  const folder = path(import.meta.dirname, "../../web/dist");
  // The smallest scripts are not compressed.
  const sizeOf = (name: string): Promise<number> =>
    stat(path(folder, `${name}.br`)).catch(() => stat(path(folder, name))).then(({ size }) => size);
  const sizes = await Promise.all([...new Set(names)].map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("the scripts of the join page are at most 60 kB compressed, those of the board 150 kB", async ({ somebody, server }) => {
  const board = await server.board("Pieni");
  const guest = await somebody("Mittaaja");
  await guest.page.addInitScript(() => {
    // In the same turn as the page shows it: what is fetched at leisure is asked for later.
    new MutationObserver((_, observer) => {
      if (document.querySelector("main form input, [data-region=surface] section") === null) return;
      performance.mark("shown");
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  const link = await server.invite(board, "participant");
  const joining = await scriptsUntilShown(guest.page, () => guest.page.goto(link));
  await join(guest, link);
  const opening = await scriptsUntilShown(guest.page, () => guest.page.goto(`${server.url}/board/${board}`));
  console.log(`scripts before it is shown: joining ${joining} B, board ${opening} B`);
  expect(joining).toBeLessThanOrEqual(60_000);
  expect(opening).toBeLessThanOrEqual(150_000);
});
