// People at the board: each has a browser context of their own and comes in by a link. Knows no story.
import { type BrowserContext, type BrowserContextOptions, type Page, expect, test as base } from "@playwright/test";
import { type Server, start } from "./server.ts";

export { expect };

export interface Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
}
export type Role = "owner" | "facilitator" | "participant" | "observer";

interface Fixtures {
  /** A context with a page, closed when the test ends; errors of its scripts fail the test. */
  somebody: (name: string, options?: BrowserContextOptions) => Promise<Person>;
  /** Somebody who came to the board by a new link of a role. */
  member: (board: string, name: string, role: Role, options?: BrowserContextOptions) => Promise<Person>;
  /** Somebody who came by the owner link and is on the first page. */
  owner: (options?: BrowserContextOptions) => Promise<Person>;
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of the parameters
    async ({}, use) => {
      const server = await start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  somebody: async ({ browser, contextOptions }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (name, options = {}) => {
      const context = await browser.newContext({ ...contextOptions, locale: "en-GB", ...options });
      contexts.push(context);
      context.on("weberror", (error) => errors.push(`${name}: ${error.error().stack ?? error.error().message}`));
      return { name, context, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
    expect(errors, "errors in the pages' scripts").toEqual([]);
  },
  member: async ({ server, somebody }, use) => {
    await use(async (board, name, role, options) => {
      const person = await somebody(name, options);
      await join(person, await server.invite(board, role));
      return person;
    });
  },
  owner: async ({ server, somebody }, use) => {
    await use(async (options) => {
      const person = await somebody("Omistaja", options);
      await person.page.goto(server.ownerLink);
      const name = person.page.getByRole("main").getByRole("textbox");
      await expect(name.or(person.page.getByRole("button", { name: words.goOn }))).not.toHaveCount(0);
      if ((await name.count()) > 0) await name.fill(person.name);
      await person.page.getByRole("button", { name: words.goOn }).click();
      // The address is bare before the answer is there: the greeting comes after it.
      await expect(person.page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
      await expect(person.page).toHaveURL(`${server.url}/`);
      return person;
    });
  },
});

/** Words that stories rely on, in the three languages. */
export const words = {
  join: /^(Join|Liity|Delta|Anslut)/,
  goOn: /^(Continue|Jatka|Fortsätt)/,
  saved: /(^|\s)(Saved|Tallennettu|Sparat)\b/,
};

/** By a link, with a name, onto the board. */
export async function join({ page, name }: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("main").getByRole("textbox").fill(name);
  await page.getByRole("main").locator("form button").click();
  await onBoard(page);
}

/** The board is open and all that the server has is on it. */
export async function onBoard(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/board\//);
  await saved(page);
}

/** The bar over the board; a dialog has a heading of its own after it. */
export const bar = (page: Page) => page.getByRole("banner").first();

/** The state line: all one's changes are on the server's disk. */
export async function saved(page: Page): Promise<void> {
  await expect(bar(page)).toContainText(words.saved);
}
/** What works without a connection has been fetched. */
export async function fetched(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const files = performance.getEntriesByType("resource").map(({ name }) => name);
    return ["Panel-", "AskDialog-"].every((part) => files.some((name) => name.includes(`/${part}`) && name.endsWith(".js")));
  });
}
export async function notSaved(page: Page): Promise<void> {
  await expect(bar(page)).not.toContainText(words.saved);
}
