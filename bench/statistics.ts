/** What a series of measurements says: its middle and its spread, and the ratio of two series that were measured in turns. */

export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @param values at least one */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return { median: (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2, least: sorted[0]!, most: sorted.at(-1)! };
}

/**
 * Each value divided by the one of the same round: what slows the machine for a while slows both.
 * @param values one per round, as many as in `base`
 */
export function ratios(values: readonly number[], base: readonly number[]): Summary {
  return summarize(values.map((value, round) => value / base[round]!));
}
