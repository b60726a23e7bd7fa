/**
 * Which parts of a document an answer shows.
 * Source: https://opensearch.org/docs/latest/search-plugins/searching-data/retrieve-specific-fields/
 */
import { isObject, type Json, listOf, wildcard } from './json';

/** @param filter `false`, `true`, names or patterns to show, or `{ includes, excludes }` */
export function sourceFilter(filter: unknown): (source: Json) => Json | undefined {
  if (filter === false || filter === 'false') return () => undefined;
  if (filter === undefined || filter === true || filter === 'true') return (source) => source;
  const { includes, include, excludes, exclude } = isObject(filter) ? filter : { includes: typeof filter === 'string' ? filter.split(',') : filter };
  const shown = patterns(includes ?? include);
  const hidden = patterns(excludes ?? exclude);
  const isHidden = (path: string) => hidden.some((covers) => covers(path));
  const isShown = (path: string) => shown.length === 0 || shown.some((covers) => covers(path));
  return (source) => filtered(source, '', isShown, isHidden);
}

/** A name covers what is below it too. */
function patterns(names: unknown): ((path: string) => boolean)[] {
  return listOf(names).map((name) => {
    const [matches, below] = [wildcard(String(name)), wildcard(`${String(name)}.*`)];
    return (path) => matches(path) || below(path);
  });
}

function filtered(source: Json, prefix: string, isShown: (path: string) => boolean, isHidden: (path: string) => boolean): Json {
  const entries = Object.entries(source).flatMap(([name, value]): [string, unknown][] => {
    const path = prefix + name;
    if (isHidden(path)) return [];
    if (isObject(value)) {
      const inner = filtered(value, `${path}.`, isShown, isHidden);
      return Object.keys(inner).length > 0 || isShown(path) ? [[name, inner]] : [];
    }
    if (Array.isArray(value) && value.some(isObject)) {
      const inner = value.map((entry) => (isObject(entry) ? filtered(entry, `${path}.`, isShown, isHidden) : entry)).filter((entry) => !isObject(entry) || Object.keys(entry).length > 0);
      return inner.length > 0 ? [[name, inner]] : [];
    }
    return isShown(path) ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}
