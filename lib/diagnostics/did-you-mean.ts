/** Suggestions for a misspelt name. */

/**
 * The candidates closest to `name`, at most three, nearest first.
 * @returns `did you mean "a", "b" or "c"?`, or undefined when nothing is near
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.floor(name.length * 0.4) + 1;
  const near = [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => `"${candidate}"`);
  if (near.length === 0) return undefined;
  const last = near.pop();
  return `did you mean ${near.length > 0 ? `${near.join(', ')} or ` : ''}${last}?`;
}

/** Edit distance in which a swap of neighbours counts as one edit. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, beforePrevious[j - 2]! + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
