// What commands need of the page: the clipboard, the board's address, a moment to draw. Knows no commands.

import type { Copied } from "../commands/clip.ts";
import type { Page } from "../commands/types.ts";
import { copyText } from "../ui/copy.ts";

/** Our own form, beside the words: other pages of this browser keep it, other programs do not see it. */
export const OWN_FORM = "application/vnd.jalostamo+json";

type Data = Partial<Copied> & { readonly text: string };

/** What was copied last: where the browser lets us write words only, or read nothing, this is the rest of it. */
let last: Data | undefined;

/** The data with our own form added, when these are the words that were copied here. */
export function remembered(data: Partial<Copied>): Partial<Copied> {
  const known = last?.json !== undefined && data.json === undefined && data.text === last.text;
  return known ? { ...data, ...last } : data;
}

async function toClipboard({ text, html }: Data): Promise<boolean> {
  try {
    const forms = { "text/plain": text, ...(html === undefined ? {} : { "text/html": html }) };
    const blobs = Object.entries(forms).map(([type, value]) => [type, new Blob([value], { type })] as const);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copyText(text);
  }
}

async function fromClipboard(): Promise<Partial<Copied>> {
  const out: { text?: string; html?: string } = {};
  for (const item of await navigator.clipboard.read()) {
    if (item.types.includes("text/html")) out.html = await (await item.getType("text/html")).text();
    if (item.types.includes("text/plain")) out.text = await (await item.getType("text/plain")).text();
  }
  return out;
}

async function paste(): Promise<Partial<Copied> | undefined> {
  try {
    return remembered(await fromClipboard());
  } catch {
    try {
      return remembered({ text: await navigator.clipboard.readText() });
    } catch {
      return last;
    }
  }
}

export const boardPage: Page = {
  address: (fragment) => `${location.href.split("#", 1)[0] ?? ""}#${fragment}`,
  async copy(data, given = false) {
    last = data;
    return given || (await toClipboard(data));
  },
  paste,
  pause: () => new Promise((resolve) => setTimeout(resolve)),
};
