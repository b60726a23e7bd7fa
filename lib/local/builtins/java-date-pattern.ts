/**
 * Java `DateTimeFormatter` patterns as tokens. English names.
 * Source: the pattern letters of java.time.format.DateTimeFormatter. Assumed: the locale, and that the letters `B`, `g` and `p` are refused.
 */
import { BuiltinFailure } from './builtin';

export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'optional'; readonly tokens: readonly Token[] };

export const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** @throws BuiltinFailure for a bad pattern, in Java's words */
export function tokenize(pattern: string): readonly Token[] {
  const stack: Token[][] = [[]];
  const push = (token: Token): void => void stack.at(-1)?.push(token);
  for (const [part] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[\s\S]/g)) {
    if (part === '[') stack.push([]);
    else if (part === ']') {
      const tokens = stack.pop();
      if (tokens === undefined || stack.length === 0) throw new BuiltinFailure('Pattern invalid as it contains ] without previous [');
      push({ kind: 'optional', tokens });
    } else if (/^[A-Za-z]/.test(part)) {
      if (!'GuyYMLdDQqwWEecFahKkHmsSnNAVvzOXxZ'.includes(part.charAt(0))) throw new BuiltinFailure(`Unknown pattern letter: ${part.charAt(0)}`);
      push({ kind: 'field', letter: part.charAt(0), count: part.length });
    } else if (part.startsWith("'")) {
      if (part.length === 1) throw new BuiltinFailure(`Pattern ends with an incomplete string literal: ${pattern}`);
      push({ kind: 'literal', text: part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'") });
    } else {
      push({ kind: 'literal', text: part });
    }
  }
  // An optional section left open runs to the end.
  while (stack.length > 1) {
    const tokens = stack.pop() ?? [];
    push({ kind: 'optional', tokens });
  }
  return stack[0] ?? [];
}

/** A name in the form its letter count asks for: `Jan` for 3, `January` for 4, `J` for 5. */
export function named(name: string | undefined, count: number): string {
  if (name === undefined) return '';
  return count === 3 ? name.slice(0, 3) : count === 5 ? name.slice(0, 1) : name;
}
