// The one door of the pages to the server's API, and the code of what went wrong. Knows no pages.

import { ApiProblem, createApi } from "../net/api.ts";

export const api = createApi();

/** The key of what to say: `problem.<code>`. */
export function codeOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.code;
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "other";
}

/** The status of the answer; 0 when there was none. */
export function statusOf(error: unknown): number {
  return error instanceof ApiProblem ? error.status : 0;
}
