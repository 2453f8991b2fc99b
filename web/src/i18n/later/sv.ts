// The Swedish texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { attending } from "../sv/attending.ts";
import { control } from "../sv/control.ts";
import { reveal } from "../sv/reveal.ts";
import { people } from "../sv/people.ts";
import { series } from "../sv/series.ts";
import { script } from "../sv/script.ts";
import { part } from "../sv/part.ts";
import { agenda } from "../sv/agenda.ts";
import { home } from "../sv/home.ts";
import { views } from "../sv/views.ts";
import { share } from "../sv/share.ts";
import { statement } from "../sv/statement.ts";
import { takeHome } from "../sv/takeHome.ts";
import { votes } from "../sv/votes.ts";
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
