// The Finnish texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { people } from "../fi/people.ts";
import { series } from "../fi/series.ts";
import { script } from "../fi/script.ts";
import { part } from "../fi/part.ts";
import { share } from "../fi/share.ts";
import { statement } from "../fi/statement.ts";
import { takeHome } from "../fi/takeHome.ts";

export const later = {
  ...people,
  ...series,
  ...script,
  ...part,
  ...share,
  ...statement,
  ...takeHome,
} as const;

export type LaterKey = keyof typeof later;
