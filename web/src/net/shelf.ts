// A small database of the browser: refused edits, refused copies, generations. Knows nothing of what they mean.

const STORE = "kept";

export interface Shelf {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  close(): void;
}

/** The shelf, or one in memory where the browser keeps nothing (private windows, blocked storage). */
export async function openShelf(name: string, factory: IDBFactory | null): Promise<{ shelf: Shelf; lasting: boolean }> {
  try {
    if (factory === null) return { shelf: inMemory(), lasting: false };
    const opening = factory.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    return { shelf: lasting(await done(opening)), lasting: true };
  } catch {
    return { shelf: inMemory(), lasting: false };
  }
}

function lasting(database: IDBDatabase): Shelf {
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    get: async <T>(key: string) => (await done(store("readonly").get(key))) as T | undefined,
    set: async (key, value) => void (await done(store("readwrite").put(value, key))),
    remove: async (key) => void (await done(store("readwrite").delete(key))),
    close: () => database.close(),
  };
}

function inMemory(): Shelf {
  const kept = new Map<string, unknown>();
  return {
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    close: () => undefined,
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's storage failed"));
    if (request instanceof Object && "onblocked" in request) {
      (request as unknown as IDBOpenDBRequest).onblocked = () => reject(new Error("blocked"));
    }
  });
}
