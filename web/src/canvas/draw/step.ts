// A step of a process in six shapes: task, start, end, decision, wait, subprocess; with small signs of where, how and
// how long. Knows no camera.

import { field } from "./card.ts";
import { icon, setIcon, type IconName } from "./icons.ts";
import { part, setMain, setText, span, type Draw } from "./types.ts";

const SIZES = [16, 15, 14, 13, 12] as const;
const ICONS: Readonly<Record<string, IconName>> = {
  start: "start",
  end: "end",
  decision: "decision",
  wait: "wait",
  subprocess: "subprocess",
};
const CHANNELS: Readonly<Record<string, IconName>> = {
  online: "online",
  phone: "phone",
  inPerson: "visit",
  letter: "letter",
  email: "letter",
  other: "cooperation",
};
/** Room that the shape takes from its text: sideways, and up and down. */
const TAKES: Readonly<Record<string, readonly [number, number]>> = {
  task: [28, 20],
  start: [64, 16],
  end: [64, 16],
  decision: [84, 30],
  wait: [56, 20],
  subprocess: [68, 20],
};
const FOOT = 22;
/** Steps are set bolder than text is measured. */
const BOLD = 0.92;

export const step: Draw = (element) => {
  part("jb-shape", element);
  const body = part("jb-step-body", element);
  const mark = icon("start");
  body.append(mark);
  const text = part("jb-text", body);
  text.dir = "auto";
  const foot = part("jb-foot", element);
  const customer = badge(foot, "customer");
  const system = badge(foot, "system");
  const channel = badge(foot, "online");
  const duration = badge(foot, "wait");
  return {
    text,
    fill(item, ink) {
      const value = item.fields["stepKind"];
      const kind = typeof value === "string" && value in TAKES ? value : "task";
      element.dataset["step"] = kind;
      const picture = ICONS[kind];
      if (picture) setIcon(mark, picture);
      mark.classList.toggle("jb-hidden", picture === undefined);
      // An event as small as its sign has its text beneath it.
      const beneath = (kind === "start" || kind === "end") && item.size[0] < item.size[1] * 1.6;
      const way = field(item, "channel");
      const hasWay = way in CHANNELS;
      if (hasWay) setIcon(channel.picture, CHANNELS[way] ?? "online");
      // Whether the customer is there is a sign alone: its word is in the item's name.
      const shown = [
        customer.show(item.fields["customerContact"] === true && !beneath, ""),
        system.show(!beneath, field(item, "system")),
        channel.show(!beneath && hasWay, hasWay ? ink.words(`channel.${way}`) : ""),
        duration.show(!beneath, field(item, "duration")),
      ];
      const signed = shown.includes(true);
      foot.classList.toggle("jb-hidden", !signed);
      element.classList.toggle("jb-beneath", beneath);
      if (beneath) {
        setMain(text, item.text, { size: 14, height: 0 }, 1);
        return;
      }
      const [takesX, takesY] = TAKES[kind] ?? [28, 20];
      const room = item.size[1] - takesY - (signed ? FOOT : 0);
      const words = item.text === "" && kind !== "task" ? ink.words(`canvas.kind.step.${kind}`) : item.text;
      text.classList.toggle("jb-unnamed", item.text === "" && words !== "");
      setMain(text, words, ink.fit(words, (item.size[0] - takesX) * BOLD, room, SIZES), room);
    },
  };
};

interface Badge {
  readonly picture: SVGSVGElement;
  /** Shows the words; a badge that needs words and has none is not shown. Answers whether it is. */
  show(on: boolean, words: string): boolean;
}

function badge(foot: HTMLElement, name: IconName): Badge {
  const element = span("jb-badge", foot);
  const picture = icon(name);
  element.append(picture);
  const text = span("jb-badge-word", element);
  text.dir = "auto";
  const alone = name === "customer";
  return {
    picture,
    show(on, words) {
      const shown = on && (alone || words !== "");
      setText(text, words);
      text.classList.toggle("jb-hidden", words === "");
      element.classList.toggle("jb-hidden", !shown);
      return shown;
    },
  };
}
