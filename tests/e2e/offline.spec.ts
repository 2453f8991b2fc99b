// The connection breaks: work goes on, nothing is lost, and the state line never says more than is true.
import { field, item, place, spot, surface, write } from "./board.ts";
import { bar, expect, join, notSaved, onBoard, saved, type Person, test as base, words } from "./people.ts";
import { type Server, start } from "./server.ts";

// Servers of these stories are frozen and killed: each has its own.
const test = base.extend<{ own: (data?: { data: string; port: number }) => Promise<Server> }>({
  // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of the parameters
  own: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (of) => {
      const server = await start(of);
      servers.push(server);
      return server;
    });
    for (const server of servers.toReversed()) {
      server.thaw();
      await server.stop();
    }
  },
});
test.describe.configure({ timeout: 120_000 });

async function meet(server: Server, board: string, people: readonly Person[]): Promise<void> {
  for (const person of people) await join(person, await server.invite(board, "participant"));
}
const texts = async ({ page }: Person): Promise<string[]> =>
  (await surface(page).getByRole("group", { name: /^Note: / }).allInnerTexts()).map((text) => text.trim()).toSorted();

/** The device's copy is written: a transaction on it ends after all that were begun before. */
async function kept({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(name));
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await open(name ?? "");
      const stores = [...database.objectStoreNames];
      if (stores.length > 0) {
        await new Promise((resolve) => database.transaction(stores, "readwrite").addEventListener("complete", resolve));
      }
      database.close();
    }
  });
}

async function together(people: readonly Person[], wanted: readonly string[]): Promise<void> {
  for (const person of people) await expect.poll(() => texts(person)).toEqual(wanted.toSorted());
}

test("one is offline for a while: both go on working, and both end with everything", async ({ own, somebody }) => {
  const server = await own();
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  await meet(server, await server.board("Katko"), [aino, bengt]);
  await place(aino.page, "Note", [250, 200], "Yhdessä");
  await together([aino, bengt], ["Yhdessä"]);

  await aino.context.setOffline(true);
  await expect(bar(aino.page)).toContainText(/Offline/);
  await place(aino.page, "Note", [250, 450], "Junassa");
  await expect(bar(aino.page)).toContainText(/Offline.*changes? (is|are) kept on this device/s);
  await notSaved(aino.page);
  await item(aino.page, "Note", "Yhdessä").dblclick();
  await write(aino.page, ", Aino");
  await place(bengt.page, "Note", [700, 300], "Toimistolla");
  await item(bengt.page, "Note", "Yhdessä").dblclick();
  await bengt.page.keyboard.press("Control+Home");
  await bengt.page.keyboard.type("Bengt: ");
  await bengt.page.keyboard.press("Escape");
  await saved(bengt.page);
  await together([bengt], ["Bengt: Yhdessä", "Toimistolla"]);

  await aino.context.setOffline(false);
  await saved(aino.page);
  await together([aino, bengt], ["Bengt: Yhdessä, Aino", "Junassa", "Toimistolla"]);
});

test("the server dies and comes back: the line says so, and unsent work arrives", async ({ own, somebody }) => {
  const server = await own();
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  await meet(server, await server.board("Kaatuminen"), [aino, bengt]);
  await place(aino.page, "Note", [250, 200], "Ennen");
  await saved(aino.page);
  await together([bengt], ["Ennen"]);
  await server.stop("SIGKILL");
  await expect(bar(aino.page)).toContainText(/Reconnecting|Offline/);
  await place(aino.page, "Note", [250, 450], "Aikana");
  await notSaved(aino.page);
  // Closed and opened again while the server is away, the page itself cannot come: the work waits on the device.
  await place(bengt.page, "Note", [700, 300], "Samaan aikaan");
  await expect(bar(bengt.page)).toContainText(/waiting to be saved|kept on this device/);
  const port = Number(new URL(server.url).port);
  await own({ data: server.data, port });
  for (const person of [aino, bengt]) await saved(person.page);
  await together([aino, bengt], ["Ennen", "Aikana", "Samaan aikaan"]);
});

test("unsent edits survive the closing of the tab", async ({ own, somebody }) => {
  const server = await own();
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  const board = await server.board("Suljettu");
  await meet(server, board, [aino, bengt]);
  await saved(aino.page);
  // The socket is gone, the pages still come: as when a train's network lets only some things through.
  server.freeze();
  await place(aino.page, "Note", [300, 300], "Lähettämättä");
  await notSaved(aino.page);
  await kept(aino);
  await aino.page.close();
  await server.stop("SIGKILL");
  const next = await own({ data: server.data, port: Number(new URL(server.url).port) });
  await saved(bengt.page);
  await together([bengt], []);

  const again = await aino.context.newPage();
  await again.goto(`${next.url}/board/${board}`);
  await onBoard(again);
  await expect(item(again, "Note", "Lähettämättä")).toBeVisible();
  await together([bengt], ["Lähettämättä"]);
});

test("a tab that is closed offline and opened offline's end gives its edits once", async ({ own, somebody }) => {
  const server = await own();
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  const board = await server.board("Kerran");
  await meet(server, board, [aino, bengt]);
  await aino.context.setOffline(true);
  await expect(bar(aino.page)).toContainText(/Offline/);
  await place(aino.page, "Note", [300, 300], "Kerran vain");
  await expect(bar(aino.page)).toContainText(/changes? (is|are) kept/);
  await kept(aino);
  await aino.page.close();
  await aino.context.setOffline(false);
  for (let turn = 0; turn < 2; turn += 1) {
    const again = await aino.context.newPage();
    await again.goto(`${server.url}/board/${board}`);
    await onBoard(again);
    await expect(item(again, "Note", "Kerran vain")).toHaveCount(1);
    await again.close();
  }
  await together([bengt], ["Kerran vain"]);
});

test("Saved is never said while the acknowledgement is withheld", async ({ own, somebody }) => {
  const server = await own();
  const aino = await somebody("Aino");
  await meet(server, await server.board("Kuittaus"), [aino]);
  const { page } = aino;
  await page.mouse.dblclick(...(await spot(page, [400, 300])));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Ensin");
  await saved(page);
  server.freeze();
  // Every word that the bar has from here on is kept by the page itself.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const bar = document.querySelector("header");
    if (bar === null) throw new Error("no bar");
    new MutationObserver(() => seen.push(bar.innerText)).observe(bar, { subtree: true, childList: true, characterData: true });
  });
  await page.keyboard.type(" ja sitten");
  await expect(bar(page)).toContainText("Saving…");
  await page.keyboard.press("Escape");
  for (const text of ["Toinen", "Kolmas"]) {
    await place(page, "Note", text === "Toinen" ? [300, 560] : [800, 560], text);
    await notSaved(page);
  }
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter((text) => words.saved.test(text))).toEqual([]);
  server.thaw();
  await saved(page);
  const file = (await server.api("GET", `/api/boards/${page.url().split("/").at(-1)}/export.json`)) as { items: { text: string }[] };
  expect(file.items.map((each) => each.text).toSorted()).toEqual(["Ensin ja sitten", "Kolmas", "Toinen"]);
});
