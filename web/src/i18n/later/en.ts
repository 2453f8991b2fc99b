// The English texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { attending } from "../en/attending.ts";
import { control } from "../en/control.ts";
import { reveal } from "../en/reveal.ts";
import { people } from "../en/people.ts";
import { series } from "../en/series.ts";
import { script } from "../en/script.ts";
import { part } from "../en/part.ts";
import { agenda } from "../en/agenda.ts";
import { home } from "../en/home.ts";
import { views } from "../en/views.ts";
import { share } from "../en/share.ts";
import { statement } from "../en/statement.ts";
import { takeHome } from "../en/takeHome.ts";
import { votes } from "../en/votes.ts";
import type { LaterKey } from "./fi.ts";

export const later: Record<LaterKey, string> = {
  ...attending,
  ...control,
  ...reveal,
  ...people,
  ...series,
  ...script,
  ...part,
  ...agenda,
  ...home,
  ...views,
  ...share,
  ...statement,
  ...takeHome,
  ...votes,
};
