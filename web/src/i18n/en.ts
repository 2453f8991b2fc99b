// The English texts: one for every key of Finnish, or it does not compile.

import { app } from "./en/app.ts";
import { board } from "./en/board.ts";
import { canvas } from "./en/canvas.ts";
import { commands } from "./en/commands.ts";
import { editing } from "./en/editing.ts";
import { outline } from "./en/outline.ts";
import { problems } from "./en/problems.ts";
import { series } from "./en/series.ts";
import { surface } from "./en/surface.ts";
import { takeHome } from "./en/takeHome.ts";
import { values } from "./en/values.ts";
import type { Key } from "./fi.ts";

export const en: Record<Key, string> = {
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
};
