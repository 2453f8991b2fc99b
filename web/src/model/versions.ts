// A map of which every version stays readable while a new one costs only what changed. Knows nothing of boards.

/**
 * The newest version holds the entries; an older one knows the next newer and what was different before it.
 * So reading the newest is a plain lookup, and a version that nobody holds is collected.
 */
export class VersionedMap<V> implements ReadonlyMap<string, V> {
  #entries: Map<string, V> | null;
  #newer: VersionedMap<V> | null = null;
  #before: Map<string, V | undefined> | null = null;
  readonly size: number;

  private constructor(entries: Map<string, V>) {
    this.#entries = entries;
    this.size = entries.size;
  }

  /** The map takes `entries` over. */
  static of<V>(entries: Map<string, V>): VersionedMap<V> {
    return new VersionedMap(entries);
  }

  /** The next version; undefined removes. Only the newest version has a next one. */
  with(changes: ReadonlyMap<string, V | undefined>): VersionedMap<V> {
    if (changes.size === 0) return this;
    const entries = this.#newer === null ? this.#entries : null;
    if (entries === null) throw new Error("only the newest version can change");
    const before = new Map<string, V | undefined>();
    for (const [key, value] of changes) {
      before.set(key, entries.get(key));
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    const next = new VersionedMap(entries);
    this.#entries = null;
    this.#before = before;
    this.#newer = next;
    return next;
  }

  get(key: string): V | undefined {
    if (this.#entries !== null) return this.#entries.get(key);
    if (this.#before?.has(key) === true) return this.#before.get(key);
    let at = this.#newer;
    for (let steps = 0; at !== null && at.#entries === null; steps++) {
      if (at.#before?.has(key) === true) return at.#before.get(key);
      if (steps > FAR) return this.#own().get(key);
      at = at.#newer;
    }
    return at === null ? undefined : at.#entries?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  // Iterating takes a copy: a listener may change the board while it walks.
  entries(): MapIterator<[string, V]> {
    return new Map(this.#newer === null && this.#entries !== null ? this.#entries : this.#own()).entries();
  }

  keys(): MapIterator<string> {
    return new Map(this.entries()).keys();
  }

  values(): MapIterator<V> {
    return [...this.entries()].map(([, value]) => value).values() as MapIterator<V>;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(run: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) run(value, key, this);
  }

  /** An old version's own copy, made once. */
  #own(): Map<string, V> {
    if (this.#entries !== null) return this.#entries;
    const chain = [this.#before];
    let at = this.#newer;
    while (at !== null && at.#entries === null) {
      chain.push(at.#before);
      at = at.#newer;
    }
    const copy = new Map(at === null ? null : at.#entries);
    for (const before of chain.toReversed()) {
      for (const [key, value] of before ?? []) {
        if (value === undefined) copy.delete(key);
        else copy.set(key, value);
      }
    }
    this.#entries = copy;
    return copy;
  }
}

/** How many versions back a lookup walks before the old version makes its own copy. */
const FAR = 32;
