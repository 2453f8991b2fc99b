// The door to votes and surveys of the server, beside the one that every page has. Knows no pages.

import { createHttp } from "../../net/http.ts";
import { surveysOf } from "../../net/api/surveys.ts";
import { votesOf, type VotesApi } from "../../net/api/votes.ts";

const http = createHttp("", (to, init) => globalThis.fetch(to, init));

export const surveys = surveysOf(http);
export const votes = (board: string): VotesApi => votesOf(http, board);
