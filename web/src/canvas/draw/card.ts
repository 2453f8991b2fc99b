// A card with a head (picture and word), a text, and a foot: what most kinds share. Knows no kind.

import type { Item } from "../../model/types.ts";
import type { Fit } from "../fit.ts";
import { icon, setIcon, type IconName } from "./icons.ts";
import { part, setMain, setText, span, type Draw, type Ink } from "./types.ts";

const SIZES = [18, 16, 15, 14, 13, 12] as const;
export const HEAD = 26;
const FOOT = 24;
const PAD = 26;
const LOW = 90;
const BARS = 4;

export interface CardWords {
  /** The word beside the picture. */
  readonly head: string;
  /** A short mark at the right of the head, with a picture of its own or without. */
  readonly mark: string;
  readonly markIcon?: IconName;
  /** How many of four bars stand beside the mark. */
  readonly bars?: number;
  readonly foot: string;
}

export function card(
  picture: IconName,
  wordsOf: (item: Item, ink: Ink) => CardWords,
  sizes: readonly number[] = SIZES,
): Draw {
  return (element) => {
    element.classList.add("jb-card");
    const head = part("jb-head", element);
    head.append(icon(picture));
    const word = span("jb-word", head);
    const mark = part("jb-mark", head);
    const sign = icon("wait");
    const bars = span("jb-bars", mark);
    for (let bar = 0; bar < BARS; bar += 1) bars.append(document.createElement("i"));
    mark.prepend(sign);
    const said = span("jb-said", mark);
    const text = part("jb-text", element);
    const foot = part("jb-foot", element);
    text.dir = foot.dir = said.dir = "auto";
    return {
      text,
      fill(item, ink) {
        const words = wordsOf(item, ink);
        // A low card, and one full of text, have no room for a foot: the text comes first.
        const under = item.size[1] < LOW ? "" : words.foot;
        setText(word, words.head);
        setText(said, words.mark);
        mark.classList.toggle("jb-hidden", words.mark === "");
        sign.classList.toggle("jb-hidden", words.markIcon === undefined);
        if (words.markIcon !== undefined) setIcon(sign, words.markIcon);
        bars.dataset["bars"] = String(words.bars ?? 0);
        const whole = item.size[1] - HEAD - 8;
        const fitIn = (room: number): Fit => ink.fit(item.text, item.size[0] - PAD, room, sizes);
        const tight = under === "" ? undefined : fitIn(whole - FOOT);
        const footed = tight !== undefined && tight.height <= whole - FOOT;
        setText(foot, footed ? under : "");
        foot.classList.toggle("jb-hidden", !footed);
        const room = footed ? whole - FOOT : whole;
        setMain(text, item.text, footed ? tight : fitIn(whole), room);
      },
    };
  };
}

export function field(item: Item, name: string): string {
  const value = item.fields[name];
  return typeof value === "string" ? value.trim() : "";
}

export function count(item: Item, name: string): number {
  const value = item.fields[name];
  return typeof value === "number" ? value : 0;
}

/** A field with its name: "Oletus: …"; nothing when it is empty. */
export function named(item: Item, name: string, ink: Ink): string {
  const text = field(item, name);
  return text === "" ? "" : ink.words("canvas.labelled", { label: ink.words(`field.${name}`), text });
}

/** What is there, with a dot between. */
export function dotted(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
