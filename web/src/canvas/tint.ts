// The colour that a person gave an item, where it is not its kind's own. Knows no drawing.

import { defaultColor } from "../model/schema.ts";
import type { Color, Item } from "../model/types.ts";

/** A note always has the colour it has; other kinds keep their own look until somebody chooses. */
export function tintOf(item: Item): Color | undefined {
  return item.kind === "note" || item.color !== defaultColor(item.kind) ? item.color : undefined;
}
