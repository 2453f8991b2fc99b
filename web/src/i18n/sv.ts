// The Swedish texts that the first look at a page needs: one for every key of Finnish, or it does not compile.

import { app } from "./sv/app.ts";
import { attention } from "./sv/attention.ts";
import { board } from "./sv/board.ts";
import { canvas } from "./sv/canvas.ts";
import { commands } from "./sv/commands.ts";
import { editing } from "./sv/editing.ts";
import { outline } from "./sv/outline.ts";
import { problems } from "./sv/problems.ts";
import { silence } from "./sv/private.ts";
import { surface } from "./sv/surface.ts";
import { values } from "./sv/values.ts";
import type { FirstKey } from "./fi.ts";

export const sv: Record<FirstKey, string> = {
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
