// The Finnish texts that the first look at a page needs, and the list of keys that every other language must have.

import { app } from "./fi/app.ts";
import { attention } from "./fi/attention.ts";
import { board } from "./fi/board.ts";
import { canvas } from "./fi/canvas.ts";
import { commands } from "./fi/commands.ts";
import { editing } from "./fi/editing.ts";
import { outline } from "./fi/outline.ts";
import { problems } from "./fi/problems.ts";
import { silence } from "./fi/private.ts";
import { surface } from "./fi/surface.ts";
import { values } from "./fi/values.ts";
import type { later } from "./later/fi.ts";

export const fi = {
  ...app,
  ...attention,
  ...board,
  ...canvas,
  ...commands,
  ...editing,
  ...outline,
  ...problems,
  ...silence,
  ...surface,
  ...values,
} as const;

export type FirstKey = keyof typeof fi;

/** The name of a text. */
export type Key = FirstKey | keyof typeof later;
