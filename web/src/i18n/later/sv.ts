// The Swedish texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { people } from "../sv/people.ts";
import { series } from "../sv/series.ts";
import { script } from "../sv/script.ts";
import { part } from "../sv/part.ts";
import { share } from "../sv/share.ts";
import { statement } from "../sv/statement.ts";
import { takeHome } from "../sv/takeHome.ts";
import type { LaterKey } from "./fi.ts";

export const later: Record<LaterKey, string> = {
  ...people,
  ...series,
  ...script,
  ...part,
  ...share,
  ...statement,
  ...takeHome,
};
