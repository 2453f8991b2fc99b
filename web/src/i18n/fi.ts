// The Finnish texts: complete, and the list of keys that every other language must have.

import { app } from "./fi/app.ts";
import { board } from "./fi/board.ts";
import { canvas } from "./fi/canvas.ts";
import { commands } from "./fi/commands.ts";
import { editing } from "./fi/editing.ts";
import { outline } from "./fi/outline.ts";
import { problems } from "./fi/problems.ts";
import { series } from "./fi/series.ts";
import { surface } from "./fi/surface.ts";
import { takeHome } from "./fi/takeHome.ts";
import { values } from "./fi/values.ts";

export const fi = {
  ...app,
  ...board,
  ...canvas,
  ...commands,
  ...editing,
  ...outline,
  ...problems,
  ...series,
  ...surface,
  ...takeHome,
  ...values,
} as const;

/** The name of a text. */
export type Key = keyof typeof fi;
