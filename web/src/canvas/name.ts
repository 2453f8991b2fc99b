// What assistive technology hears of an item: kind, text, lane, order, pins, next. Knows no DOM and no sentences.

import type { Permissions } from "../commands/types.ts";
import type { Item, Snapshot } from "../model/types.ts";
import type { Words } from "./types.ts";

const SHORT = 60;

export function kindWord(item: Item): string {
  if (item.kind !== "step") return `canvas.kind.${item.kind}`;
  const kind = item.fields["stepKind"];
  return `canvas.kind.step.${typeof kind === "string" ? kind : "task"}`;
}

/** The beginning of a text, on one line. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= SHORT ? line : `${line.slice(0, SHORT - 1).trimEnd()}…`;
}

export function nameOf(snapshot: Snapshot, item: Item, words: Words, permissions: Permissions): string {
  const parts = [words("canvas.name.item", { kind: words(kindWord(item)), text: said(item, words) })];
  const lane = item.parent === null ? undefined : snapshot.items.get(item.parent);
  if (lane) {
    const siblings = snapshot.children(lane.id).filter((other) => other.kind === item.kind);
    parts.push(
      words("canvas.name.inLane", {
        lane: said(lane, words),
        place: siblings.findIndex((other) => other.id === item.id) + 1,
        count: siblings.length,
      }),
    );
  }
  if (item.kind === "lane") parts.push(words("canvas.name.holds", { count: snapshot.children(item.id).length }));
  if (item.unplaced) parts.push(words("canvas.name.unplaced"));
  const severity = item.fields["severity"];
  if (item.kind === "obstacle" && typeof severity === "number") {
    parts.push(words(`canvas.severity.${severity}`));
  }
  const pin = snapshot.pinOf(item.id);
  const carrier = pin && snapshot.items.get(pin.to);
  if (carrier) parts.push(words("canvas.name.pinnedTo", { text: said(carrier, words) }));
  const pins = snapshot.pinsOn(item.id);
  if (pins.length > 0) {
    const list = pins.map((other) =>
      words("canvas.name.pin", { kind: words(kindWord(other)), text: said(other, words) }),
    );
    parts.push(words("canvas.name.pins", { count: pins.length, list: list.slice(0, 5).join(", ") }));
  }
  const next = snapshot.arrowsOf(item.id).out.flatMap((link) => {
    const target = snapshot.items.get(link.to);
    if (!target) return [];
    return link.text.trim() === ""
      ? [said(target, words)]
      : [words("canvas.name.branch", { text: said(target, words), label: short(link.text) })];
  });
  if (next.length > 0) parts.push(words("canvas.name.next", { list: next.slice(0, 5).join(", ") }));
  if (permissions.isLocked(item.id)) parts.push(words("canvas.name.locked"));
  return parts.join(", ");
}

function said(item: Item, words: Words): string {
  return short(item.text) || words("canvas.empty");
}
