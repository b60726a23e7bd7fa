/**
 * Java regular expressions, given as text, on JavaScript's engine. Most of the syntax is common; translated are `\A \Z \z \Q…\E \h \R`, POSIX
 * classes, inline flags at the start, and possessive quantifiers and atomic groups (as greedy ones, which match the same wherever they match).
 * Assumed: class intersection (`[a-z&&[^x]]`), `\G` and inline flags further in are refused as AppSync would refuse a bad pattern.
 */
import vm from 'node:vm';
import { BuiltinFailure } from './builtin';

/** Longer than any sensible match takes; a pattern that backtracks without end must not stop the server. */
const timeoutMs = 1_000;

/** Assumed: the whole value must match, as in Java's `Pattern.matches`; AppSync's documentation fits both that and a search. */
export function matchesJavaPattern(pattern: string, value: string): boolean {
  const { source, flags } = translate(pattern);
  const regex = compile(pattern, `^(?:${source})$`, flags);
  return isQuick(regex, value) ? regex.test(value) : runTimed<boolean>(`${construct(regex)}.test(${JSON.stringify(value)})`);
}

/** `String.replace` and `replaceAll` of the runtime. Assumed: only the pattern is Java's; `$1` and the like in the replacement are JavaScript's. */
export function replaceJavaPattern(text: string, pattern: string, replacement: string, isGlobal: boolean): string {
  const { source, flags } = translate(pattern);
  const regex = compile(pattern, source, isGlobal ? `${flags}g` : flags);
  return isQuick(regex, text)
    ? text.replace(regex, replacement)
    : runTimed<string>(`${JSON.stringify(text)}.replace(${construct(regex)},${JSON.stringify(replacement)})`);
}

function compile(pattern: string, source: string, flags: string): RegExp {
  for (const mode of ['u', '']) {
    try {
      return new RegExp(source, flags + mode);
    } catch {
      // Java lets more characters be escaped than JavaScript's unicode mode does.
    }
  }
  throw new BuiltinFailure(`Invalid regular expression: ${pattern}`);
}

/** With at most one unbounded repetition a match takes quadratic time at worst. */
function isQuick(regex: RegExp, value: string): boolean {
  return (regex.source.match(/[*+]|\{\d+,\}/g)?.length ?? 0) <= 1 && value.length <= 10_000;
}

function construct({ source, flags }: RegExp): string {
  return `new RegExp(${JSON.stringify(source)},${JSON.stringify(flags)})`;
}

/** Evaluates an expression of ours, made of literals only, under the time limit (which costs a tenth of a millisecond). */
function runTimed<T>(expression: string): T {
  try {
    return vm.runInThisContext(expression, { timeout: timeoutMs }) as T;
  } catch {
    throw new BuiltinFailure('Regular expression took too long to match.');
  }
}

const escapes: Readonly<Record<string, string>> = { A: '^', Z: '(?=\\n?$)', z: '$', h: '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]', R: '(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])', a: '\\x07', e: '\\x1B' };

/** Inside brackets and out; `\p{Alpha}` and so on. */
const posixClasses: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Blank: ' \\t',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\v\\f\\r',
};

function translate(pattern: string): { readonly source: string; readonly flags: string } {
  let flags = '';
  const body = pattern.replace(/^\(\?([a-zA-Z]+)\)/, (_all, letters: string) => {
    for (const letter of letters) {
      if (letter === 'i' || letter === 'm' || letter === 's') flags += flags.includes(letter) ? '' : letter;
      else if (letter !== 'u' && letter !== 'U') throw new BuiltinFailure(`Invalid regular expression: ${pattern}`);
    }
    return '';
  });

  let isInClass = false;
  let source = '';
  for (let i = 0; i < body.length; ) {
    const rest = body.slice(i);
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
    const posix = /^\\([pP])\{(?:Is)?(\w+)\}/.exec(rest);
    const posixRange = posix?.[2] === undefined ? undefined : posixClasses[posix[2]];
    let taken = 1;
    let text = body.charAt(i);
    if (quoted) {
      taken = quoted[0].length;
      text = (quoted[1] ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    } else if (posix && posixRange !== undefined) {
      taken = posix[0].length;
      text = isInClass ? posixRange : `[${posix[1] === 'P' ? '^' : ''}${posixRange}]`;
    } else if (text === '\\') {
      const escaped = body.charAt(i + 1);
      taken = 2;
      text = escapes[escaped] !== undefined && !isInClass ? escapes[escaped] : `\\${escaped}`;
      if (escaped === 'G') throw new BuiltinFailure(`Invalid regular expression: ${pattern}`);
    } else if (isInClass) {
      if (text === ']') isInClass = false;
      if (text === '[' || rest.startsWith('&&')) throw new BuiltinFailure(`Invalid regular expression: ${pattern}`);
    } else if (text === '[') {
      isInClass = true;
    } else if (rest.startsWith('(?>')) {
      taken = 3;
      text = '(?:';
    } else if (text === '+' && /[*+?}]$/.test(source) && !/\\.$/.test(source)) {
      text = '';
    }
    source += text;
    i += taken;
  }
  return { source, flags };
}
