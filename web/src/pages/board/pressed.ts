// Keys that the page takes when nobody else does: menus, regions, commands. Knows no view.

import type { CommandId } from "../../commands/words.ts";
import type { Desk } from "../../session/desk.svelte.ts";
import { nextRegion } from "./regions.ts";

interface Doing {
  /** Opens the menu of what is selected. */
  actions(): void;
  run(id: CommandId, args?: object): void;
}

export function pressed(event: KeyboardEvent, desk: Desk, doing: Doing): void {
  const inside = event.target instanceof Element ? event.target : undefined;
  const onBoard = inside?.closest(".jb-surface") !== null && inside !== undefined;
  const isMenu = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
  if (onBoard && isMenu && desk.focus.selection.length > 0) {
    event.preventDefault();
    doing.actions();
    return;
  }
  if (event.key === "F6") {
    event.preventDefault();
    nextRegion(event.shiftKey ? -1 : 1);
    return;
  }
  // The surface has its own ear; a text being typed and a dialog keep their keys.
  if (event.defaultPrevented || inside?.closest(".jb-surface, input, textarea, select, dialog, [role=menu]")) return;
  const found = desk.registry.find(event, { where: "page", mac: /mac|iphone|ipad/i.test(navigator.platform) });
  if (found === undefined) return;
  event.preventDefault();
  doing.run(found.id, found.args);
}
