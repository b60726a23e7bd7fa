/**
 * Caching keys: which values of the context make up the key of a resolver's entry, and what an eviction must name to hit it.
 * Source: AppSync developer guide, "Configuring server-side caching and API payload compression", sections "Caching behavior" and "Cache eviction".
 */

/** The maps that keys name. */
export interface CacheContext {
  readonly arguments: unknown;
  /** Null for root fields. */
  readonly source: unknown;
  /** Null for API keys. */
  readonly identity: unknown;
}

/** The text of an entry's key, or why there is none. */
export type CacheKey = { readonly text: string } | { readonly missing: string };

/** Reads the keys of one resolver. */
export interface CacheKeyReader {
  /** As evictions name them: `context.arguments.id`. */
  readonly names: readonly string[];
  read(context: CacheContext): CacheKey;
  /** The text of the entry with these values, or undefined when their names are not those of the keys, in their order. */
  ofEviction(values: Readonly<Record<string, unknown>>): string | undefined;
}

/** Source: "If you don't specify any caching keys, the defaults are the contents of the context.arguments, context.source, and context.identity maps." */
const wholeContext = ['$context.arguments', '$context.source', '$context.identity'];

/** @param keys as declared: `$context.arguments.id`; none for the whole context */
export function cacheKeyReader(coordinate: string, keys: readonly string[]): CacheKeyReader {
  const declared = (keys.length > 0 ? keys : wholeContext).map((key) => ({ key, name: nameOf(key.replace(/^\$/, '')) }));
  const readers = declared.map(({ key, name }) => ({ key, read: reader(name) }));
  const names = declared.map(({ name }) => name);
  return {
    names,
    read(context) {
      const texts: string[] = [coordinate];
      for (const { key, read } of readers) {
        const text = read(context);
        if (text === undefined) return { missing: key };
        texts.push(text);
      }
      return { text: JSON.stringify(texts) };
    },
    ofEviction(values) {
      const given = Object.entries(values);
      const isMatch = given.length === names.length && given.every(([name], i) => nameOf(name) === names[i]);
      return isMatch ? JSON.stringify([coordinate, ...given.map(([name, value]) => (isWholeMap(nameOf(name)) ? canonicalJson(value ?? null) : (scalarText(value) ?? '')))]) : undefined;
    },
  };
}

/** `ctx.args.id` → `context.arguments.id`. Source: both spellings are in the guide, for keys and for evictions. */
function nameOf(key: string): string {
  return key.replace(/^ctx(?=\.)/, 'context').replace(/^context\.args(?=\.|$)/, 'context.arguments');
}

function isWholeMap(name: string): boolean {
  return name.split('.').length === 2;
}

function reader(name: string): (context: CacheContext) => string | undefined {
  const [, root, path] = /^context\.(arguments|source|identity)(?:\.(.+))?$/.exec(name) ?? [];
  const map = root as keyof CacheContext | undefined;
  if (map === undefined) return () => undefined;
  if (path === undefined) return (context) => canonicalJson(context[map] ?? null);
  return (context) => scalarText(memberAt(context[map], path));
}

/** Assumed: names of claims may have dots in them (`https://example.com/tenant`), so a longer name goes before a path. */
function memberAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Readonly<Record<string, unknown>>)[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(value, head)) return memberAt((value as Readonly<Record<string, unknown>>)[head], path.slice(dot + 1));
  }
  return undefined;
}

/**
 * Observed: a key without a value (aws-appsync-community issue 224), or with a list or an object (issue 254), keeps the answer out of the cache.
 * Assumed: numbers and booleans count by their text, as the guide only speaks of strings.
 */
function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** JSON with the members of objects in the order of their names. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join()}}`;
}
