// An export from its start to its end, by a server of plain values and time that passes when told.

import { expect, it } from "vitest";
import { ApiProblem } from "../../src/net/api.ts";
import { isTable, isText, type ExportJob, type ExportsApi } from "../../src/net/api/exports.ts";
import { ExportRun } from "../../src/pages/takeHome/run.svelte.ts";

const JOB: ExportJob = { id: "j_1", state: "running", done: 0, of: 0, bytes: null, name: "taulu.md" };
const settle = () => new Promise((done) => setTimeout(done, 0));

function setting(answers: (ExportJob | ApiProblem)[]) {
  const dropped: string[] = [];
  const ended: string[] = [];
  const waiting: (() => void)[] = [];
  const next = (): Promise<ExportJob> => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error("asked once too often");
    return answer instanceof ApiProblem ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const exports = {
    start: next,
    look: next,
    drop: (id: string) => Promise.resolve(void dropped.push(id)),
  } as unknown as ExportsApi;
  const run = new ExportRun(
    exports,
    (job) => ended.push(job.state),
    (then) => {
      waiting.push(then);
      return () => void waiting.splice(waiting.indexOf(then), 1);
    },
  );
  const tick = async (): Promise<void> => {
    waiting.shift()?.();
    await settle();
  };
  return { run, tick, dropped, ended, waiting };
}

it("is asked about until it is ready, and tells its share and its end once", async () => {
  const { run, tick, ended, waiting } = setting([
    JOB,
    { ...JOB, done: 1, of: 4 },
    { ...JOB, state: "ready", done: 4, of: 4, bytes: 12 },
  ]);
  await run.start({ format: "markdown" });
  expect([run.running, run.share]).toEqual([true, undefined]);
  await tick();
  expect(run.share).toBe(0.25);
  await tick();
  expect([run.running, run.share, run.job?.bytes]).toEqual([false, 1, 12]);
  expect(ended).toEqual(["ready"]);
  expect(waiting).toEqual([]);
});

it("is cancelled on the server, and not asked about any more", async () => {
  const { run, dropped, ended, waiting } = setting([JOB]);
  await run.start({ format: "png" });
  await run.cancel();
  expect(run.job?.state).toBe("cancelled");
  expect(dropped).toEqual(["j_1"]);
  expect(waiting).toEqual([]);
  expect(ended).toEqual([]);
});

it("another start drops the file of the one before", async () => {
  const { run, dropped } = setting([
    { ...JOB, state: "ready" },
    { ...JOB, id: "j_2" },
  ]);
  await run.start({ format: "svg" });
  await run.start({ format: "json" });
  expect(dropped).toEqual(["j_1"]);
  expect(run.job?.id).toBe("j_2");
});

it("leaving stops what goes on, and leaves a finished file to be downloaded", async () => {
  const going = setting([JOB]);
  await going.run.start({ format: "png" });
  await going.run.leave();
  expect([going.dropped, going.waiting]).toEqual([["j_1"], []]);
  const there = setting([{ ...JOB, state: "ready" }]);
  await there.run.start({ format: "svg" });
  await there.run.leave();
  expect(there.dropped).toEqual([]);
});

it("what was cancelled before the server answered is dropped when it does", async () => {
  let answer: (job: ExportJob) => void = () => undefined;
  const dropped: string[] = [];
  const exports = {
    start: () => new Promise<ExportJob>((done) => (answer = done)),
    drop: (id: string) => Promise.resolve(void dropped.push(id)),
  } as unknown as ExportsApi;
  const run = new ExportRun(exports, () => undefined);
  const started = run.start({ format: "png" });
  await settle();
  await run.leave();
  answer(JOB);
  await started;
  expect(run.job).toBeUndefined();
  expect(dropped).toEqual(["j_1"]);
});

it("says why there is no file", async () => {
  const failed = setting([{ ...JOB, state: "failed" }]);
  await failed.run.start({ format: "png" });
  expect([failed.run.problem, failed.ended]).toEqual(["export", ["failed"]]);
  const many = setting([new ApiProblem("tooMany", 429)]);
  await many.run.start({ format: "png" });
  expect([many.run.problem, many.run.job]).toEqual(["exportsTooMany", undefined]);
  const lost = setting([JOB, new ApiProblem("offline", 0)]);
  await lost.run.start({ format: "png" });
  await lost.tick();
  expect([lost.run.problem, lost.run.running]).toEqual(["offline", false]);
});

it("knows which formats are text, and which are tables", () => {
  expect([isText("png"), isText("svg"), isTable("stepsCsv"), isTable("json")]).toEqual([false, true, true, false]);
});
