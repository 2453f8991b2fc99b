// A value that can be watched, by the contract of Svelte stores. Knows nothing of what it holds.

export interface Readable<T> {
  readonly value: T;
  /** Calls at once with the value, then after every change; returns the way to stop. */
  subscribe(listener: (value: T) => void): () => void;
}

export interface Writable<T> extends Readable<T> {
  set(value: T): void;
}

/** `same` decides what counts as no change; by default identity. */
export function writable<T>(first: T, same: (a: T, b: T) => boolean = Object.is): Writable<T> {
  let value = first;
  const listeners = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      if (same(value, next)) return;
      value = next;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      // A wrapper of its own: the same function may subscribe twice.
      const entry = (next: T) => listener(next);
      listeners.add(entry);
      entry(value);
      return () => void listeners.delete(entry);
    },
  };
}
