// The English texts that the first look at a page needs: one for every key of Finnish, or it does not compile.

import { app } from "./en/app.ts";
import { attention } from "./en/attention.ts";
import { board } from "./en/board.ts";
import { canvas } from "./en/canvas.ts";
import { commands } from "./en/commands.ts";
import { editing } from "./en/editing.ts";
import { outline } from "./en/outline.ts";
import { problems } from "./en/problems.ts";
import { silence } from "./en/private.ts";
import { surface } from "./en/surface.ts";
import { values } from "./en/values.ts";
import type { FirstKey } from "./fi.ts";

export const en: Record<FirstKey, string> = {
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
};
