// The Finnish texts of what is fetched when somebody opens it. What is shown before must not use them: a test holds that.

import { attending } from "../fi/attending.ts";
import { control } from "../fi/control.ts";
import { reveal } from "../fi/reveal.ts";
import { people } from "../fi/people.ts";
import { series } from "../fi/series.ts";
import { script } from "../fi/script.ts";
import { part } from "../fi/part.ts";
import { agenda } from "../fi/agenda.ts";
import { home } from "../fi/home.ts";
import { views } from "../fi/views.ts";
import { share } from "../fi/share.ts";
import { statement } from "../fi/statement.ts";
import { takeHome } from "../fi/takeHome.ts";
import { votes } from "../fi/votes.ts";

export const later = {
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
} as const;

export type LaterKey = keyof typeof later;
