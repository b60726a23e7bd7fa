/**
 * The form in which AppSync stores and exports a list of interfaces, `implements A, B`, which today's grammar has no more: graphql-js takes
 * the comma for white space and stops at the second name. Rewritten to `A & B` letter for letter, so that every place stays where it was.
 * Observed: schemas exported by AppSync write lists of interfaces with commas
 */
import { GraphQLError, Lexer, Source, type Token, TokenKind } from 'graphql';

const keywords = ['schema', 'scalar', 'type', 'interface', 'union', 'enum', 'input', 'directive', 'extend'];

/** @returns the text unchanged when it has no such list, or cannot be read as tokens */
export function withAmpersands(text: string): string {
  if (!/\bimplements\b/.test(text)) return text;
  let rewritten = text;
  for (const gap of gapsBetweenInterfaces(text)) {
    const between = text.slice(gap.start, gap.end).replace(/#[^\n\r]*/g, (comment) => ' '.repeat(comment.length));
    const at = gap.start + Math.max(0, between.indexOf(','));
    rewritten = `${rewritten.slice(0, at)}&${rewritten.slice(at + 1)}`;
  }
  return rewritten;
}

interface Gap {
  readonly start: number;
  readonly end: number;
}

/** What stands between two names behind `implements`. */
function gapsBetweenInterfaces(text: string): Gap[] {
  const gaps: Gap[] = [];
  let isList = false;
  let previous: Token | undefined;
  for (const token of tokens(text)) {
    const isName = token.kind === TokenKind.NAME;
    if (isList && isName && previous?.kind === TokenKind.NAME && previous.value !== 'implements') {
      if (keywords.includes(token.value)) isList = false;
      else gaps.push({ start: previous.end, end: token.start });
    } else if (isName && token.value === 'implements' && previous?.kind === TokenKind.NAME) {
      isList = true;
    } else if (!isName && token.kind !== TokenKind.AMP) {
      isList = false;
    }
    previous = token;
  }
  return gaps;
}

/** Up to the first character that is no token: the parser reports it. */
function* tokens(text: string): Iterable<Token> {
  const lexer = new Lexer(new Source(text));
  try {
    while (lexer.advance().kind !== TokenKind.EOF) yield lexer.token;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
}
