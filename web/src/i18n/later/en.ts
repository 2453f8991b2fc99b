// The English texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { people } from "../en/people.ts";
import { series } from "../en/series.ts";
import { script } from "../en/script.ts";
import { part } from "../en/part.ts";
import { share } from "../en/share.ts";
import { statement } from "../en/statement.ts";
import { takeHome } from "../en/takeHome.ts";
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
