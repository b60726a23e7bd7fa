/**
 * dynalite's expression parser tries every way to read a parenthesis, so its time grows about tenfold with each level of nesting; and AppSync's own
 * helpers write one around every comparison. Taking those away that hold a single comparison changes no meaning: comparisons bind more tightly
 * than NOT, AND and OR.
 */

interface Open {
  /** Position in `kept`. */
  readonly at: number;
  /** False for the list of a function or of IN. */
  readonly isGroup: boolean;
  /** Holds NOT, AND or OR of its own, or another group that stays. */
  isCompound: boolean;
  /** The next AND belongs to a BETWEEN. */
  awaitsAnd: boolean;
}

/** `((contains(#a, :a)) OR (#b = :b))` becomes `(contains(#a, :a) OR #b = :b)`. A doubled one around several comparisons stays, because DynamoDB refuses it. */
export function withoutNeedlessParentheses(expression: string): string {
  const tokens = expression.match(/\s+|[()]|[^\s()]+/g) ?? [];
  const kept: string[] = [];
  const open: Open[] = [];
  let before = '';
  let depth: Open = { at: -1, isGroup: true, isCompound: false, awaitsAnd: false };
  for (const token of tokens) {
    kept.push(token);
    if (/^\s/.test(token)) continue;
    const word = token.toUpperCase();
    if (token === '(') {
      open.push(depth);
      depth = { at: kept.length - 1, isGroup: before === '' || before === '(' || /^(AND|OR|NOT)$/i.test(before), isCompound: false, awaitsAnd: false };
    } else if (token === ')') {
      const closed = depth;
      depth = open.pop() ?? depth;
      const isDoubled = before === ')' && kept[closed.at + 1] === '(';
      if (closed.isGroup && !closed.isCompound && !isDoubled) {
        kept[closed.at] = '';
        kept[kept.length - 1] = '';
      } else if (closed.isGroup) depth.isCompound = true;
    } else if (word === 'BETWEEN') depth.awaitsAnd = true;
    else if (word === 'AND' && depth.awaitsAnd) depth.awaitsAnd = false;
    else if (word === 'AND' || word === 'OR' || word === 'NOT') depth.isCompound = true;
    before = token;
  }
  return kept.join('');
}
