// The shared text of an object: small edits, and where the caret goes when others edit. Knows no editor.

import * as Y from "yjs";
import type { SharedText } from "./board.ts";
import { clip, isHigh, isLow, wellFormed } from "./check.ts";
import { TEXT_UNITS } from "./schema.ts";

/** What a text needs of its board. */
export interface TextHome {
  /** The text as it is in the document now; undoing and redoing its making can put another in its place. */
  find(): Y.Text | undefined;
  /** Runs as one transaction that undo knows, merged with typing just before. */
  type(run: () => void): void;
  /** Calls back after each transaction. */
  after(listener: () => void): () => void;
}

export function sharedText(home: TextHome): SharedText {
  let own = false;
  return {
    toString: () => home.find()?.toString() ?? "",
    replace(start, end, insert) {
      const text = home.find();
      if (text === undefined) return;
      own = true;
      try {
        home.type(() => replaceSpan(text, start, end, insert));
      } finally {
        own = false;
      }
    },
    observe(listener) {
      let watched: Y.Text | undefined;
      const onText = (event: Y.YTextEvent) => {
        if (!own) listener(mapping(event.delta));
      };
      const follow = () => {
        const text = home.find();
        if (text === watched) return;
        const before = watched;
        before?.unobserve(onText);
        text?.observe(onText);
        watched = text;
        if (before !== undefined) listener((offset) => Math.min(offset, text?.length ?? 0));
      };
      follow();
      const stop = home.after(follow);
      return () => {
        stop();
        watched?.unobserve(onText);
        watched = undefined;
      };
    },
  };
}

/** Changes a text into another by replacing the span in which they differ. Must run in a transaction. */
export function setText(text: Y.Text, wanted: string): void {
  const old = text.toString();
  const next = clip(wellFormed(wanted), TEXT_UNITS);
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let tail = 0;
  while (tail < old.length - start && tail < next.length - start && old.at(-1 - tail) === next.at(-1 - tail)) tail++;
  // Never between the two halves of a character.
  if (start > 0 && isHigh(next.charCodeAt(start - 1))) start--;
  if (tail > 0 && isLow(next.charCodeAt(next.length - tail))) tail--;
  if (start < old.length - tail) text.delete(start, old.length - tail - start);
  if (start < next.length - tail) text.insert(start, next.slice(start, next.length - tail));
}

function replaceSpan(text: Y.Text, start: number, end: number, insert: string): void {
  const old = text.toString();
  const inside = (offset: number) => isLow(old.charCodeAt(offset)) && isHigh(old.charCodeAt(offset - 1));
  let from = Math.max(0, Math.min(start, end, old.length));
  let to = Math.min(old.length, Math.max(start, end, 0));
  // Whole characters only: an empty span moves before the one it is in, another grows around it.
  const empty = from === to;
  if (inside(from)) from -= 1;
  if (empty) to = from;
  else if (inside(to)) to += 1;
  const room = Math.max(0, TEXT_UNITS - (old.length - (to - from)));
  const typed = clip(wellFormed(insert), room);
  if (to > from) text.delete(from, to - from);
  if (typed !== "") text.insert(from, typed);
}

type Delta = Y.YTextEvent["delta"];

/** Where an offset before the change is after it. What is inserted exactly at the offset comes after it. */
function mapping(delta: Delta): (offset: number) => number {
  const parts = delta.map((part) => ({
    retain: part.retain ?? 0,
    remove: part.delete ?? 0,
    insert: typeof part.insert === "string" ? part.insert.length : part.insert === undefined ? 0 : 1,
  }));
  return (offset) => {
    let [old, shift] = [0, 0];
    for (const part of parts) {
      if (old >= offset && part.remove === 0) break;
      if (part.insert > 0 && old < offset) shift += part.insert;
      shift -= Math.min(part.remove, Math.max(0, offset - old));
      old += part.retain + part.remove;
    }
    return Math.max(0, offset + shift);
  };
}
