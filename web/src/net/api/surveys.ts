// Feedback and the pulse of a workshop, typed. Knows no views.

import { path, type Http } from "../http.ts";
import type { Names } from "./series.ts";

export const SURVEYS = ["start", "end"] as const;
export type Survey = (typeof SURVEYS)[number];
export const QUESTIONS = ["advanced", "tookPart", "knowOthers", "sharedGoal", "pulse"] as const;
export type Question = (typeof QUESTIONS)[number];

/** A survey that people are asked to answer. */
export interface Asking {
  readonly workshop: string;
  readonly survey: Survey;
}

export interface MySurvey {
  readonly state: "unopened" | "open" | "closed";
  readonly questions: readonly Question[];
  readonly answered: boolean;
}

export interface SurveyAnswer {
  readonly scores: Readonly<Partial<Record<Question, number>>>;
  readonly text: string;
}

export interface QuestionSummary {
  readonly question: Question;
  readonly answers: number;
  /** Per cent of those who answered; null below five. */
  readonly positive: number | null;
  readonly mean: number | null;
}

export interface SurveyResult {
  readonly survey: Survey;
  readonly state: MySurvey["state"];
  readonly of: number;
  readonly answers: number;
  /** Null while it is open, and below five answers. */
  readonly questions: readonly QuestionSummary[] | null;
  readonly texts: readonly string[] | null;
}

export interface WorkshopSurveys {
  readonly workshop: string;
  readonly title: Names;
  readonly date: string | null;
  readonly surveys: readonly SurveyResult[];
}

export interface SurveysApi {
  mine(board: string, asking: Asking): Promise<MySurvey>;
  answer(board: string, asking: Asking, answer: SurveyAnswer): Promise<void>;
  ofWorkshop(series: string, workshop: string): Promise<readonly SurveyResult[]>;
  ofSeries(series: string): Promise<readonly WorkshopSurveys[]>;
  /** A command to all boards of the workshop. */
  command(
    series: string,
    workshop: string,
    body: { readonly type: string; readonly [key: string]: unknown },
  ): Promise<void>;
}

export function surveysOf(http: Http): SurveysApi {
  const mine = (board: string, { workshop, survey }: Asking) =>
    path(`${path("/api/boards", board)}/surveys`, workshop, survey);
  const at = (series: string, workshop: string) => path(`${path("/api/series", series)}/workshops`, workshop);
  return {
    mine: (board, asking) => http.ask("GET", mine(board, asking)),
    answer: (board, asking, answer) => http.ask("POST", mine(board, asking), answer),
    ofWorkshop: (series, workshop) => http.ask("GET", `${at(series, workshop)}/surveys`),
    ofSeries: (series) => http.ask("GET", `${path("/api/series", series)}/surveys`),
    command: (series, workshop, body) => http.ask("POST", `${at(series, workshop)}/commands`, body),
  };
}
