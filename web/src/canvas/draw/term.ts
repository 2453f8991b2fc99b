// A term of the team's word list: the word, what it means, other words for it. Knows no camera.

import { card, field, HEAD, named } from "./card.ts";
import { part, setText, type Draw } from "./types.ts";

const WORD = [20, 18, 16, 14] as const;

const inner = card(
  "term",
  (item, ink) => ({
    head: ink.words("canvas.kind.term"),
    mark: item.fields["agreed"] === true ? ink.words("field.agreed") : "",
    markIcon: "check",
    foot: named(item, "synonyms", ink),
  }),
  WORD,
);

export const term: Draw = (element) => {
  const skin = inner(element);
  const meaning = part("jb-meaning", element);
  meaning.dir = "auto";
  skin.text.after(meaning);
  return {
    text: skin.text,
    fill(item, ink) {
      skin.fill(item, ink);
      const room = item.size[1] - HEAD - 34;
      setText(meaning, room < 18 ? "" : field(item, "meaning"));
    },
  };
};
