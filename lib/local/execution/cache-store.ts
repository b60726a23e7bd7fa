/**
 * What an API has cached: values by key, each until its time is up. Bounded: what was used longest ago goes first.
 * Entries of other keys that have run out stay until then; they are few, and never answered with.
 */
export interface CacheStoreOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Most characters of JSON that all values together may have. @default 64 Mi */
  readonly maxCharacters?: number;
}

interface Entry {
  readonly value: unknown;
  readonly characters: number;
  readonly expiresMs: number;
}

const defaultMaxCharacters = 64 * 1024 * 1024;

export class CacheStore {
  private readonly entries = new Map<string, Entry>();
  private characters = 0;
  private readonly now: () => number;
  private readonly maxCharacters: number;

  constructor({ now, maxCharacters = defaultMaxCharacters }: CacheStoreOptions) {
    this.now = now;
    this.maxCharacters = maxCharacters;
  }

  /** Null is a value; undefined means that there is none. */
  get(key: string): unknown {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (entry.expiresMs <= this.now()) {
      this.characters -= entry.characters;
      return undefined;
    }
    this.entries.set(key, entry);
    return entry.value;
  }

  /** @param value plain data that nobody changes any more, as the same object is given out; not undefined */
  set(key: string, value: unknown, ttlSeconds: number, maxValueCharacters = this.maxCharacters): void {
    this.delete(key);
    const characters = key.length + JSON.stringify(value).length;
    if (characters - key.length > maxValueCharacters || characters > this.maxCharacters) return;
    this.entries.set(key, { value, characters, expiresMs: this.now() + ttlSeconds * 1000 });
    this.characters += characters;
    for (const oldest of this.entries.keys()) {
      if (this.characters <= this.maxCharacters) return;
      this.delete(oldest);
    }
  }

  /** @returns whether there was such an entry, still good */
  delete(key: string): boolean {
    const entry = this.entries.get(key);
    if (!entry) return false;
    this.entries.delete(key);
    this.characters -= entry.characters;
    return entry.expiresMs > this.now();
  }

  clear(): void {
    this.entries.clear();
    this.characters = 0;
  }
}
