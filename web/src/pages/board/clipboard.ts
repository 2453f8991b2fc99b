// The browser's own copy, cut and paste on the board: Ctrl+C and its like, and the browser's menu. Knows no commands' work.

import type { Copied } from "../../commands/clip.ts";
import type { CommandId } from "../../commands/words.ts";
import { OWN_FORM, remembered } from "../../session/page.ts";

const ELSEWHERE = "input, textarea, select, dialog, [role=menu], [contenteditable]";

type Run = (id: CommandId, args: object) => void;

/** Runs the command when the event is the board's: not a text's, and not of words that are marked on the page. */
export function onClipboard(event: ClipboardEvent, selected: number, run: Run): void {
  const data = event.clipboardData;
  const at = document.activeElement;
  const elsewhere = at !== null && at.closest(ELSEWHERE) !== null;
  if (data === null || event.defaultPrevented || elsewhere) return;
  if (event.type === "paste") {
    const pasted = dataIn(data);
    if (pasted === undefined) return;
    event.preventDefault();
    run("edit.paste", { data: pasted });
    return;
  }
  const marked = document.getSelection()?.toString() ?? "";
  if (selected === 0 || marked !== "") return;
  const to = (copied: Copied): void => {
    data.setData("text/plain", copied.text);
    data.setData("text/html", copied.html);
    data.setData(OWN_FORM, copied.json);
    event.preventDefault();
  };
  run(event.type === "cut" ? "edit.cut" : "edit.copy", { to });
}

function dataIn(data: DataTransfer): Partial<Copied> | undefined {
  const [text, html, json] = ["text/plain", "text/html", OWN_FORM].map((type) => data.getData(type));
  const out = {
    ...(text === undefined || text === "" ? {} : { text: text.replaceAll("\r\n", "\n") }),
    ...(html === undefined || html === "" ? {} : { html }),
    ...(json === undefined || json === "" ? {} : { json }),
  };
  return Object.keys(out).length === 0 ? undefined : remembered(out);
}
