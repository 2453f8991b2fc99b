// Shows what the end of the address asks for, as soon as it is there, and again when it changes. Knows no layout.

import { tick } from "svelte";
import type { CanvasView } from "../../canvas/types.ts";
import { t } from "../../i18n/language.svelte.ts";
import type { ObjectId } from "../../model/types.ts";
import type { Desk } from "../../session/desk.svelte.ts";
import { notices } from "../../ui/notices.svelte.ts";
import { linkedIn } from "./linked.ts";

interface Around {
  /** The canvas, where it is shown. */
  canvas(): CanvasView | undefined;
  /** Shows the canvas beside what is open. */
  openCanvas(): void;
  /** The view that is open can show something. */
  isReady(): boolean;
  jump(id: ObjectId): void;
  /** From now on the view stands where it was put. */
  placed(): void;
}

/** To be called while a component is made; `changed` when the address has another end. */
export function followAddress(desk: Desk, around: Around): { readonly changed: () => void } {
  let linked = $state.raw(linkedIn(location.hash));
  $effect(() => {
    if (linked === undefined || !around.isReady()) return;
    if (!("object" in linked)) {
      const canvas = around.canvas();
      // A place is on the canvas only.
      if (canvas === undefined) return around.openCanvas();
      around.placed();
      canvas.show(linked.at, linked.zoom);
      linked = undefined;
    } else if (desk.snapshot.items.has(linked.object) || desk.snapshot.links.has(linked.object)) {
      const { object } = linked;
      linked = undefined;
      around.placed();
      void tick().then(() => around.jump(object));
    } else if (desk.save.kind === "saved") {
      linked = undefined;
      notices.tell(t("link.missing"));
    }
  });
  return {
    changed: () => {
      linked = linkedIn(location.hash);
    },
  };
}
