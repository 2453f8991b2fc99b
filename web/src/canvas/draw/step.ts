// A step of a process in five shapes: task, start, end, decision, wait. Knows no camera.

import { icon, setIcon, type IconName } from "./icons.ts";
import { part, setMain, setText, type Draw } from "./types.ts";

const SIZES = [16, 15, 14, 13, 12] as const;
const ICONS: Readonly<Record<string, IconName>> = { start: "start", end: "end", decision: "decision", wait: "wait" };
/** Room that the shape takes from its text: sideways, and up and down. */
const TAKES: Readonly<Record<string, readonly [number, number]>> = {
  task: [28, 20],
  start: [64, 16],
  end: [64, 16],
  decision: [84, 30],
  wait: [56, 20],
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
  const foot = part("jb-foot", element);
  const customer = icon("customer");
  const system = icon("system");
  const systemName = document.createElement("span");
  foot.append(customer, system, systemName);
  return {
    text,
    fill(item, ink) {
      const value = item.fields["stepKind"];
      const kind = typeof value === "string" && value in TAKES ? value : "task";
      element.dataset["step"] = kind;
      const picture = ICONS[kind];
      if (picture) setIcon(mark, picture);
      mark.classList.toggle("jb-hidden", picture === undefined);
      const name = item.fields["system"];
      const hasSystem = typeof name === "string" && name !== "";
      const met = item.fields["customerContact"] === true;
      setText(systemName, hasSystem ? name : "");
      system.classList.toggle("jb-hidden", !hasSystem);
      customer.classList.toggle("jb-hidden", !met);
      foot.classList.toggle("jb-hidden", !hasSystem && !met);
      // An event as small as its sign has its text beneath it.
      const beneath = (kind === "start" || kind === "end") && item.size[0] < item.size[1] * 1.6;
      element.classList.toggle("jb-beneath", beneath);
      if (beneath) {
        setMain(text, item.text, { size: 14, height: 0 }, 1);
        return;
      }
      const [takesX, takesY] = TAKES[kind] ?? [28, 20];
      const room = item.size[1] - takesY - (hasSystem || met ? FOOT : 0);
      const shown = item.text === "" && kind !== "task" ? ink.words(`canvas.kind.step.${kind}`) : item.text;
      text.classList.toggle("jb-unnamed", item.text === "" && shown !== "");
      setMain(text, shown, ink.fit(shown, (item.size[0] - takesX) * BOLD, room, SIZES), room);
    },
  };
};
