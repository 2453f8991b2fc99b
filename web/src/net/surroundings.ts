// What the connection needs of the browser: sockets, time, the page's events, whether there is a network. Knows no board.

/** The part of `WebSocket` that is used; tests bring their own. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  onopen: (() => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
}

export type PageEvent = "online" | "offline" | "visible" | "pageshow" | "pagehide";

export interface Surroundings {
  socket(url: string): Socket;
  now(): number;
  /** Calls once after so many milliseconds; returns the way to stop. */
  later(run: () => void, milliseconds: number): () => void;
  random(): number;
  on(event: PageEvent, run: () => void): () => void;
  isOnline(): boolean;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Null where the browser keeps nothing. */
  readonly indexedDB: IDBFactory | null;
}

/** The real browser. */
export function browser(): Surroundings {
  return {
    socket: (url) => new WebSocket(url) as unknown as Socket,
    now: () => Date.now(),
    later(run, milliseconds) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    on(event, run) {
      const [target, name]: [EventTarget | undefined, string] =
        event === "visible" ? [globalThis.document, "visibilitychange"] : [globalThis.window, event];
      const heard = () => {
        if (event !== "visible" || document.visibilityState === "visible") run();
      };
      target?.addEventListener(name, heard);
      return () => target?.removeEventListener(name, heard);
    },
    isOnline: () => globalThis.navigator?.onLine !== false,
    fetch: (url, init) => globalThis.fetch(url, init),
    indexedDB: globalThis.indexedDB ?? null,
  };
}
