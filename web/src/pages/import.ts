// A first look at a file before it is sent: an obvious mistake gets its own words at once. The server judges.

import type { Key } from "../i18n/language.svelte.ts";

const FORMAT = "jalostamo.board";
const VERSION = 1;
const LARGEST = 50 * 1024 * 1024;

export type BoardFile = { readonly ok: true } | { readonly ok: false; readonly why: Key };

export async function readBoardFile(file: Blob): Promise<BoardFile> {
  if (file.size > LARGEST) return { ok: false, why: "import.tooBig" };
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch {
    return { ok: false, why: "import.notJson" };
  }
  const { format, version } = Object(value) as Record<string, unknown>;
  if (format !== FORMAT) return { ok: false, why: "import.notBoard" };
  if (typeof version === "number" && version > VERSION) return { ok: false, why: "import.version" };
  return { ok: true };
}
