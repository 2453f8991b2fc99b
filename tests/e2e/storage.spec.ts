// The server cannot save: everybody is told in their language, and what to do; work goes on, and nothing typed is lost.
import { type Page } from "@playwright/test";
import { field, item, place, spot, surface, tool, write } from "./board.ts";
import { type Disk, disk as under } from "./disk.ts";
import { bar, expect, join, notSaved, saved, type Person, test as base } from "./people.ts";
import { type Server, start } from "./server.ts";

const test = base.extend<{ own: { server: Server; disk: Disk; again: () => Promise<void> } }>({
  // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of the parameters
  own: async ({}, use) => {
    const disk = under();
    const own = {
      disk,
      server: await start({ among: disk.among }),
      /** Another program takes over folder and port. */
      again: async () => {
        const { data, url } = own.server;
        await own.server.stop("SIGKILL");
        own.server = await start({ data, port: Number(new URL(url).port), among: disk.among });
      },
    };
    await use(own);
    disk.order("");
    await own.server.stop();
    disk.remove();
  },
});

/** What one sees under the bar; the region for sudden announcements is an alert too, and empty. */
const banner = (page: Page) => page.getByRole("alert").filter({ hasText: /\S/ });
const note = { en: "Note", fi: "Lappu", sv: "Lapp" } as const;

const full = {
  en: [/Nothing is being saved/, /disk is full.*keep this page open.*make room.*goes on by itself/],
  fi: [/Mitään ei tallennu/, /levy on täynnä.*pidä tämä sivu auki.*vapautettava levytilaa.*jatkuu itsestään/],
  sv: [/Ingenting sparas/, /disk är full.*håll den här sidan öppen.*frigöra utrymme.*av sig självt/],
} as const;

async function told({ page }: Person, [line, words]: readonly [RegExp, RegExp]): Promise<void> {
  await expect(bar(page)).toContainText(line);
  await expect(bar(page)).toContainText(words);
  await expect(banner(page)).toContainText(words);
  await notSaved(page);
}

test("the disk is full: everybody is told in their language, typing goes on, and all is saved once there is room", async ({
  own,
  somebody,
}) => {
  const { server, disk } = own;
  const board = await server.board("Levy");
  const aino = await somebody("Aino");
  const [bertta, cecilia] = [await somebody("Bertta", { locale: "fi" }), await somebody("Cecilia", { locale: "sv" })];
  for (const person of [aino, bertta, cecilia]) await join(person, await server.invite(board, "participant"));
  await place(aino.page, "Note", [250, 200], "Before");
  await saved(aino.page);
  await expect(item(bertta.page, note.fi, "Before")).toBeVisible();

  disk.order("write fail ENOSPC");
  await place(aino.page, "Note", [250, 450], "Meanwhile");
  await told(aino, full.en);
  await told(bertta, full.fi);
  await told(cecilia, full.sv);
  await expect(bar(aino.page)).toContainText(/changes? (is|are) kept on this device/);
  // Typing goes on, in what is new and in what is there; nobody sees what is not kept.
  await item(aino.page, "Note", "Before").dblclick();
  await write(aino.page, ", and later");
  await expect(item(aino.page, "Note", "Before, and later")).toBeVisible();
  const failures = disk.failures();
  await expect.poll(() => disk.failures()).toBeGreaterThan(failures);
  await expect(item(bertta.page, note.fi, "Meanwhile")).toHaveCount(0);
  await expect(item(bertta.page, note.fi, "Before, and later")).toHaveCount(0);
  await told(aino, full.en);

  // A text is open when there is room again: it stays open, and what is typed into it is saved.
  await tool(aino.page, "Note");
  await aino.page.mouse.click(...(await spot(aino.page, [650, 200])));
  await expect(field(aino.page)).toBeFocused();
  await aino.page.keyboard.type("Half");
  disk.order("");
  await saved(aino.page);
  await expect(banner(aino.page)).toHaveCount(0);
  await aino.page.keyboard.type(" and half");
  await expect(field(aino.page)).toHaveValue("Half and half");
  await aino.page.keyboard.press("Escape");
  await saved(aino.page);
  for (const [person, kind] of [[bertta, note.fi], [cecilia, note.sv]] as const) {
    for (const text of ["Before, and later", "Meanwhile", "Half and half"]) {
      await expect(item(person.page, kind, text)).toBeVisible();
    }
    await saved(person.page);
  }
  await own.again();
  await aino.page.reload();
  await saved(aino.page);
  for (const text of ["Before, and later", "Meanwhile", "Half and half"]) {
    await expect(item(aino.page, "Note", text)).toBeVisible();
  }
});

test("the disk is slow: the line says Saving until it is done, and nobody sees the edit before", async ({ own, somebody }) => {
  const board = await own.server.board("Hidas levy");
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  for (const person of [aino, bengt]) await join(person, await own.server.invite(board, "participant"));
  own.disk.order("sync hold");
  await place(aino.page, "Note", [250, 200], "Slow");
  await expect(bar(aino.page)).toContainText("Saving…");
  await notSaved(aino.page);
  await place(aino.page, "Note", [250, 450], "Slower");
  await expect(item(aino.page, "Note", "Slower")).toBeVisible();
  await expect(item(bengt.page, "Note", "Slow")).toHaveCount(0);
  await saved(bengt.page);
  own.disk.order("");
  await saved(aino.page);
  for (const text of ["Slow", "Slower"]) await expect(item(bengt.page, "Note", text)).not.toHaveCount(0);
});

test("the disk fails: one is told that a restart is needed, and after it everything typed is there", async ({
  own,
  somebody,
}) => {
  const board = await own.server.board("Levyrikko");
  const [aino, bengt] = [await somebody("Aino"), await somebody("Bengt")];
  for (const person of [aino, bengt]) await join(person, await own.server.invite(board, "participant"));
  own.disk.order("sync fail EIO");
  await place(aino.page, "Note", [250, 200], "Unlucky");
  const failed = [/Nothing is being saved/, /disk has failed.*keep this page open.*restart the server/] as const;
  await told(aino, failed);
  await told(bengt, failed);
  own.disk.order("");
  await place(aino.page, "Note", [250, 450], "Later");
  await told(aino, failed);
  await expect(surface(bengt.page).getByRole("group", { name: /^Note/ })).toHaveCount(0);

  await own.again();
  await saved(aino.page);
  await saved(bengt.page);
  for (const text of ["Unlucky", "Later"]) await expect(item(bengt.page, "Note", text)).toBeVisible();
  await expect(banner(bengt.page)).toHaveCount(0);
});
