/** `util.math`. Source: https://docs.aws.amazon.com/appsync/latest/devguide/math-helpers-in-util-math.html */
import type { BuiltinGroup } from './builtin';

export const mathUtil: BuiltinGroup = {
  roundNum: (value) => Math.round(Number(value)),
  minVal: (a, b) => Math.min(Number(a), Number(b)),
  maxVal: (a, b) => Math.max(Number(a), Number(b)),
  randomDouble: () => Math.random(),
  /** Assumed: the upper bound is left out, as in Java's `nextInt`. */
  randomWithinRange: (start, end) => {
    const low = Math.ceil(Number(start));
    return low + Math.floor(Math.random() * Math.max(0, Math.ceil(Number(end)) - low));
  },
};
