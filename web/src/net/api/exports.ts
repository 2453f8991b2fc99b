// Files made of a board or a snapshot of it, typed: jobs that tell how far they are. Knows no views.

import { path, query, type Http } from "../http.ts";
import type { Language } from "./series.ts";

export const FORMATS = ["markdown", "svg", "png", "nextStepsCsv", "obstaclesCsv", "stepsCsv", "json"] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportWish {
  readonly format: Format;
  readonly snapshot?: string;
  readonly language?: Language;
  readonly decimal?: "comma" | "dot";
}

export interface ExportJob {
  readonly id: string;
  readonly state: "running" | "ready" | "failed" | "cancelled";
  /** Steps of work done, of all; 0 of 0 before anything is known. */
  readonly done: number;
  readonly of: number;
  readonly bytes: number | null;
  /** The file's name. */
  readonly name: string;
}

export interface ExportsApi {
  start(wish: ExportWish): Promise<ExportJob>;
  look(job: string): Promise<ExportJob>;
  /** Stops it, or drops its file. */
  drop(job: string): Promise<void>;
  /** The address of the finished file, for a link. */
  fileUrl(job: string): string;
  /** The finished file as text. */
  fileText(job: string): Promise<string>;
  /** All that is on the board, or was on the snapshot, as a board file's plain values. */
  boardFile(snapshot?: string): Promise<unknown>;
}

export function exportsOf(http: Http, board: string): ExportsApi {
  const at = path("/api/boards", board);
  const job = (id: string) => path(`${at}/exports`, id);
  return {
    start: (wish) => http.ask("POST", `${at}/exports`, wish),
    look: (id) => http.ask("GET", job(id)),
    drop: (id) => http.ask("DELETE", job(id)),
    fileUrl: (id) => http.url(`${job(id)}/file`),
    fileText: (id) => http.text(`${job(id)}/file`),
    boardFile: (snapshot) => http.ask("GET", `${at}/export.json${query({ snapshot })}`),
  };
}

export function isText(format: Format): boolean {
  return format !== "png";
}
export function isTable(format: Format): boolean {
  return format.endsWith("Csv");
}
