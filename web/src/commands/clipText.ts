// What is copied as words, and words as notes: lines, and the cells of a spreadsheet. Knows no clipboard.

import { clip as cut } from "../model/check.ts";
import { isFlow, TEXT_UNITS } from "../model/schema.ts";
import type { ObjectId } from "../model/types.ts";
import { write, type Clip, type ClipItem, type Copied } from "./clip.ts";

/** All forms of a clip. */
export function formsOf(taken: Clip): Copied {
  const json = write(taken);
  const text = outline(taken);
  return { text, json, html: htmlOf(text, json) };
}

/** A line for each thing, what stands in something under it; then the arrows. */
export function outline(taken: Clip): string {
  const depths = new Map<ObjectId, number>();
  const lines = taken.items.map((item) => {
    const depth = item.parent === null ? 0 : (depths.get(item.parent) ?? 0) + 1;
    depths.set(item.id, depth);
    return { depth, text: item.text };
  });
  const nested = lines.some(({ depth }) => depth > 0);
  const body = lines.map(({ depth, text }) => {
    const indent = "  ".repeat(Math.min(depth, 16));
    return nested ? `${indent}- ${text.replaceAll("\n", `\n${indent}  `)}` : text;
  });
  const names = new Map(taken.items.map((item: ClipItem) => [item.id, item.text.split("\n", 1)[0] ?? ""]));
  const arrows = taken.links.flatMap((link) => {
    const label = link.text === "" ? "" : `: ${link.text}`;
    return isFlow(link.kind) ? [`${names.get(link.from) ?? ""} → ${names.get(link.to) ?? ""}${label}`] : [];
  });
  return [...body, ...arrows].join("\n");
}

const MARK = "data-jalostamo";

function htmlOf(text: string, json: string): string {
  const safe = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<div ${MARK}="${safe(json)}"><pre>${safe(text)}</pre></div>`;
}

/** Our own form, out of a page that carries it; undefined when there is none. */
export function jsonIn(html: string): string | undefined {
  const start = html.indexOf(`${MARK}="`);
  if (start < 0) return undefined;
  const from = start + MARK.length + 2;
  const end = html.indexOf('"', from);
  if (end < 0) return undefined;
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .slice(from, end)
    .replace(/&(?:#(\d{1,6})|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string | undefined) =>
      code === undefined ? (named[name ?? ""] ?? "") : String.fromCharCode(Number(code)),
    );
}

/** A text for each row; of a row with several cells each cell is a line. What is too long for one is cut in several. */
export function rowsIn(text: string): string[] {
  const rows = text.includes("\t") ? cells(text) : lines(text);
  return rows.flatMap((row) =>
    pieces(
      row
        .map((cell) => cell.trim())
        .filter((cell) => cell !== "")
        .join("\n"),
    ),
  );
}

function lines(text: string): string[][] {
  // A sheet with one column quotes a cell that has lines of its own.
  if (/(?:^|\n)"(?:[^"]|"")*\n(?:[^"]|"")*"(?:\r?\n|$)/.test(text)) return cells(text);
  return text.split(/\r\n|\r|\n/).map((line) => [line.replace(/^\s*[-•–*]\s+/, "")]);
}

/** Tabs between cells, lines between rows; a quoted cell may hold both. */
function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell: string;
    const quoted = text[at] === '"' ? /^"((?:[^"]|"")*)"(?=\t|\r|\n|$)/.exec(text.slice(at, at + LONGEST_CELL)) : null;
    if (quoted !== null) {
      cell = (quoted[1] ?? "").replaceAll('""', '"');
      at += quoted[0].length;
    } else {
      const rest = text.slice(at).search(/[\t\r\n]/);
      const end = rest < 0 ? text.length : at + rest;
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text[at] !== "\t") {
      rows.push(row);
      row = [];
      if (text[at] === "\r" && text[at + 1] === "\n") at++;
    }
    at++;
  }
  return rows;
}

/** What a spreadsheet's cell can hold, with all its quotes doubled. */
const LONGEST_CELL = 70_000;

function pieces(text: string): string[] {
  const out: string[] = [];
  for (let rest = text; rest !== "";) {
    const piece = cut(rest, TEXT_UNITS);
    out.push(piece);
    rest = rest.slice(piece.length);
  }
  return out;
}
