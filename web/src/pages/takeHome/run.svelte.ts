// One export from its start to its file: asks the server how far it is, and can stop it. Knows no views and no words.

import { ApiProblem } from "../../net/api.ts";
import type { ExportJob, ExportsApi, ExportWish } from "../../net/api/exports.ts";

/** How often the server is asked: a bar that moves, and no load to speak of. */
const PAUSE = 400;

export type Later = (run: () => void, milliseconds: number) => () => void;

const later: Later = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export class ExportRun {
  /** What was asked for; undefined before the first start. */
  wish: ExportWish | undefined = $state.raw();
  job: ExportJob | undefined = $state.raw();
  /** The code of what went wrong. */
  problem: string | undefined = $state();
  readonly #exports: ExportsApi;
  readonly #later: Later;
  readonly #ended: (job: ExportJob) => void;
  #stop: () => void = () => undefined;
  #turn = 0;

  /** `ended` is told once of every job that is ready or failed. */
  constructor(exports: ExportsApi, ended: (job: ExportJob) => void, wait: Later = later) {
    this.#exports = exports;
    this.#ended = ended;
    this.#later = wait;
  }

  get running(): boolean {
    return this.job?.state === "running";
  }

  /** How much is done, 0 to 1; undefined while nothing is known. */
  get share(): number | undefined {
    if (this.job === undefined || this.job.of <= 0) return undefined;
    return Math.min(1, Math.max(0, this.job.done / this.job.of));
  }

  async start(wish: ExportWish): Promise<void> {
    await this.drop();
    const turn = ++this.#turn;
    this.wish = wish;
    try {
      this.#take(await this.#exports.start(wish), turn);
    } catch (error) {
      this.#fail(error, turn);
    }
  }

  /** Stops the work; what was asked for stays, to be asked for again. */
  async cancel(): Promise<void> {
    const { job } = this;
    this.#end();
    if (job === undefined) return;
    this.job = { ...job, state: "cancelled" };
    // The server drops it by itself after a while.
    await this.#exports.drop(job.id).catch(() => undefined);
  }

  /** Nobody looks any more: work that goes on is stopped; a file that is there may still be on its way to the disk. */
  async leave(): Promise<void> {
    if (this.running) await this.cancel();
    else this.#end();
  }

  /** Forgets the file; the server need not keep it. */
  async drop(): Promise<void> {
    const { job } = this;
    this.#end();
    this.job = undefined;
    this.problem = undefined;
    if (job !== undefined && job.state !== "cancelled") await this.#exports.drop(job.id).catch(() => undefined);
  }

  #end(): void {
    this.#turn += 1;
    this.#stop();
  }

  #take(job: ExportJob, turn: number): void {
    if (turn !== this.#turn) return void this.#exports.drop(job.id).catch(() => undefined);
    this.job = job;
    if (job.state === "running") this.#stop = this.#later(() => void this.#look(job.id, turn), PAUSE);
    else {
      if (job.state === "failed") this.problem = "export";
      this.#ended(job);
    }
  }

  async #look(id: string, turn: number): Promise<void> {
    try {
      this.#take(await this.#exports.look(id), turn);
    } catch (error) {
      this.#fail(error, turn);
    }
  }

  #fail(error: unknown, turn: number): void {
    if (turn !== this.#turn) return;
    this.job = undefined;
    const code = error instanceof ApiProblem ? error.code : "other";
    // Whatever else has too many here, it is exports.
    this.problem = code === "tooMany" ? "exportsTooMany" : code;
  }
}
