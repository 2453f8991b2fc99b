// A card with a head (picture and word), a text, and a foot: what obstacle, cooperation and next step share. Knows no kind.

import type { Item } from "../../model/types.ts";
import { icon, type IconName } from "./icons.ts";
import { part, setMain, setText, type Draw, type Ink } from "./types.ts";

const SIZES = [18, 16, 15, 14, 13, 12] as const;
const HEAD = 26;
const FOOT = 24;
const PAD = 26;
const LOW = 90;

export interface CardWords {
  /** The word beside the picture. */
  readonly head: string;
  /** A short mark at the right of the head. */
  readonly mark: string;
  readonly foot: string;
}

export function card(picture: IconName, wordsOf: (item: Item, ink: Ink) => CardWords): Draw {
  return (element) => {
    const head = part("jb-head", element);
    head.append(icon(picture));
    const word = document.createElement("span");
    word.className = "jb-word";
    const mark = document.createElement("span");
    mark.className = "jb-mark";
    head.append(word, mark);
    const text = part("jb-text", element);
    const foot = part("jb-foot", element);
    return {
      text,
      fill(item, ink) {
        const said = wordsOf(item, ink);
        // A low card has no room for its foot: the text comes first.
        const words = item.size[1] < LOW ? { ...said, foot: "" } : said;
        setText(word, words.head);
        setText(mark, words.mark);
        mark.classList.toggle("jb-hidden", words.mark === "");
        setText(foot, words.foot);
        foot.classList.toggle("jb-hidden", words.foot === "");
        const room = item.size[1] - HEAD - 8 - (words.foot === "" ? 0 : FOOT);
        setMain(text, item.text, ink.fit(item.text, item.size[0] - PAD, room, SIZES), room);
      },
    };
  };
}

export function field(item: Item, name: string): string {
  const value = item.fields[name];
  return typeof value === "string" ? value : "";
}
