// The program as built, started on a free port with a data folder of its own. Knows nothing of pages.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env["JALOSTAMO"] ?? join(import.meta.dirname, "../../target/release/jalostamo");

export interface Server {
  /** Without a slash at the end. */
  readonly url: string;
  readonly ownerLink: string;
  readonly data: string;
  readonly token: string;
  /** What it has written so far. */
  log(): string;
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** An invite link of a board. */
  invite(board: string, role: string, more?: { uses?: number }): Promise<string>;
  /** A board of a title; of the file, if there is one. */
  board(title: string, file?: object): Promise<string>;
  /** Freezes the program and lets it go on: it answers nothing in between. */
  freeze(): void;
  thaw(): void;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface Wanted {
  /** Those of an earlier one, to be taken over. */
  readonly data?: string;
  readonly port?: number;
  /** Variables besides its own environment; told the folder of its data. */
  readonly among?: (data: string) => Readonly<Record<string, string>>;
}

/** Starts the program. */
export async function start(options: Wanted = {}): Promise<Server> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), "jalostamo-e2e-"));
  const child: ChildProcess = spawn(
    binary,
    ["--listen", `127.0.0.1:${options.port ?? 0}`, "--data", data],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...options.among?.(data) } },
  );
  let output = "";
  const ownerLink = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const link = /http:\/\/\S+\/#join=\S+/.exec(output)?.[0];
      if (link !== undefined) resolve(link);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
  const url = new URL(ownerLink).origin;
  const said = spawnSync(binary, ["owner-token", "--data", data], { encoding: "utf8" });
  const token = said.stdout.trim().split(/\s+/).at(-1) ?? "";
  if (token === "") throw new Error(`no token: ${said.stderr}`);

  const api = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    url,
    ownerLink,
    data,
    token,
    log: () => output,
    api,
    invite: async (board, role, more = {}) => {
      const made = (await api("POST", `/api/boards/${board}/invites`, { role, ...more })) as { url: string };
      return made.url;
    },
    board: async (title, file) => {
      const made =
        file === undefined
          ? await api("POST", "/api/boards", { title, content: "empty" })
          : await api("POST", "/api/boards/import", { format: "jalostamo.board", version: 1, title, ...file });
      return (made as { id: string }).id;
    },
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    // A folder outlives a kill: the next program takes it over.
    stop: (signal = "SIGTERM") =>
      new Promise((resolve) => {
        const gone = (): void => {
          if (signal === "SIGTERM") rmSync(data, { recursive: true, force: true });
          resolve();
        };
        if (child.exitCode !== null || child.signalCode !== null) return gone();
        child.once("exit", gone);
        child.kill(signal);
      }),
  };
}
