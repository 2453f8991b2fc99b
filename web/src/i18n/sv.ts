// The Swedish texts: one for every key of Finnish, or it does not compile.

import { app } from "./sv/app.ts";
import { board } from "./sv/board.ts";
import { canvas } from "./sv/canvas.ts";
import { commands } from "./sv/commands.ts";
import { editing } from "./sv/editing.ts";
import { outline } from "./sv/outline.ts";
import { problems } from "./sv/problems.ts";
import { series } from "./sv/series.ts";
import { surface } from "./sv/surface.ts";
import { takeHome } from "./sv/takeHome.ts";
import { values } from "./sv/values.ts";
import type { Key } from "./fi.ts";

export const sv: Record<Key, string> = {
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
