// One request to the server and its answer, or the problem in a stable word. Knows no paths and no words for people.

/** Who did something first, of two who pressed at once. */
export interface First {
  /** The number to expect now. */
  readonly seq: number;
  readonly by: string;
  readonly byName: string;
  /** The type of the event, as `partStarted`. */
  readonly what: string;
  readonly part?: string;
}

/** What went wrong: `code` is a stable word, `problem.<code>` in `i18n`. `offline`: the server was not reached. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  /** For a command that expected another state. */
  readonly first: First | undefined;

  constructor(code: string, status: number, detail = "", first?: First) {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "ApiProblem";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.first = first;
  }
}

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** The ways to ask one server. Each rejects with an `ApiProblem`. */
export interface Http {
  /** An object is sent as JSON; a file and a string as they are. */
  ask<T>(method: string, path: string, body?: object | Blob | string): Promise<T>;
  bytes(path: string): Promise<Uint8Array>;
  text(path: string): Promise<string>;
  /** The address of a path, for a link. */
  url(path: string): string;
}

/** `server`: the public address without a trailing slash; empty for the page's own. */
export function createHttp(server: string, fetch: Fetch): Http {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(`${server}${path}`, { credentials: "same-origin", ...init });
    } catch {
      throw new ApiProblem("offline", 0);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  };
  const read = async <T>(response: Response, how: (response: Response) => Promise<T>): Promise<T> => {
    try {
      return await how(response);
    } catch {
      throw new ApiProblem("unreadable", response.status);
    }
  };
  return {
    async ask<T>(method: string, path: string, body?: object | Blob | string): Promise<T> {
      const plain = body === undefined || typeof body === "string" || body instanceof Blob;
      const response = await send(path, {
        method,
        headers: body === undefined ? {} : { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: plain ? (body as BodyInit) : JSON.stringify(body) }),
      });
      if (response.status === 204) return undefined as T;
      return (await read(response, (each) => each.json())) as T;
    },
    bytes: async (path) =>
      new Uint8Array(await read(await send(path, { method: "GET" }), (each) => each.arrayBuffer())),
    text: async (path) => read(await send(path, { method: "GET" }), (each) => each.text()),
    url: (path) => `${server}${path}`,
  };
}

/** A path of these parts, each as one segment whatever is in it. */
export function path(first: string, ...rest: readonly string[]): string {
  return [first, ...rest.map((part) => encodeURIComponent(part))].join("/");
}

/** A query of the values that there are; empty without any. */
export function query(values: Readonly<Record<string, string | undefined>>): string {
  const there = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return there.length === 0 ? "" : `?${new URLSearchParams(there).toString()}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const { code, detail, first } = Object(await response.json()) as Record<string, unknown>;
    const text = typeof detail === "string" ? detail : "";
    const before = typeof first === "object" && first !== null ? (first as First) : undefined;
    return new ApiProblem(typeof code === "string" ? code : "unknown", response.status, text, before);
  } catch {
    return new ApiProblem("unknown", response.status);
  }
}
