/** What AWS finds in code before it runs it, in the form EvaluateCode and the deployment report it. The finding is `lib/compiler`'s. */
import type { Diagnostic } from '../diagnostics';
import type { CodeError } from './evaluate';

/** AWS's words for a finding, by its code and message. Source: the rules of `@aws-appsync/eslint-plugin` 2.0.2, which AppSync runs. */
const linterWords: readonly (readonly [finding: RegExp, words: string])[] = [
  [/^RES_ASYNC .*functions/, 'no-async: Async functions are not supported.'],
  [/^RES_ASYNC /, 'no-await: The `await` keyword is not supported'],
  [/^RES_CLASS /, 'no-classes: Class declarations are not supported.'],
  [/^RES_LOOP "for \(;;\)"/, 'no-for: For statements are not supported.'],
  [/^RES_LOOP ".*while"/, 'no-while: While statements are not supported.'],
  [/^RES_CONTINUE /, 'no-continue: Continue statements are not supported'],
  [/^RES_FUNCTION_ARGUMENT /, 'no-function-passing: Functions can not be passed as an argument'],
  [/^RES_FUNCTION_REASSIGN /, 'no-function-reassign: re-assigning function is not allowed'],
  [/^RES_FUNCTION_RETURN /, 'no-function-return: returning a function is not allowed'],
  [/^RES_GENERATOR generator/, 'no-generators: Generator functions are not supported.'],
  [/^RES_LABEL /, 'no-labels: Labeled statements are not supported.'],
  [/^RES_METHOD the method "(\w+)"/, 'no-disallowed-methods: Method $1 is not implemented'],
  [/^RES_OPERATOR the operator "in"/, 'no-in-operator: in operator is not supported. Use Object.hasOwn().'],
  [/^RES_OPERATOR the operator "instanceof"/, 'no-disallowed-binary-operators: The operator instanceof is not supported'],
  [/^RES_OPERATOR the operator "(\+\+|--|~)"/, 'no-disallowed-unary-operators: The operator $1 is not supported'],
  [/^RES_REGEX /, 'no-regex: Regex literals are not supported.'],
  [/^RES_THIS "this"/, 'no-this: This expressions are not supported.'],
  [/^RES_TRY /, 'no-try: Try statements are not supported.'],
];

/** Errors of the parser and of the type checker; the others are the linter's. */
const parserCodes: readonly string[] = ['RES_SYNTAX', 'RES_IMPORT', 'RES_HELPER', 'RES_GLOBAL'];

/**
 * Reported at synth because the code cannot work, yet AWS runs it and answers with the helper's own message.
 * Observed: recorded calls with too few or unfitting arguments, in localstack/appsync-utils, `__tests__/resolvers.test.js`.
 */
const foundWhenRun: readonly string[] = ['RES_HELPER_ARITY', 'RES_HELPER_ARGUMENT', 'RES_EXPORT'];

/** @param findings what the compiler says of the code @returns in the order of the code; nothing when AWS would run it */
export function codeErrorsOf(findings: readonly Diagnostic[]): CodeError[] {
  return findings
    .filter(({ code, severity }) => severity === 'error' && !foundWhenRun.includes(code))
    .map(codeError)
    .sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
}

/** Observed: `code.js(5,44): error @aws-appsync/no-regex: …`, in public reports. Assumed: our texts where AWS's are not known. */
function codeError({ code, message, location }: Diagnostic): CodeError {
  const { line, column, length = 1 } = location ?? { line: 1, column: 1 };
  return {
    errorType: parserCodes.includes(code) ? 'PARSER_ERROR' : 'LINT_ERROR',
    value: `code.js(${line},${column}): error ${wordsFor(`${code} ${message}`) ?? `${message}.`}`,
    location: { line, column, span: length },
  };
}

function wordsFor(finding: string): string | undefined {
  for (const [pattern, words] of linterWords) {
    const match = pattern.exec(finding);
    if (match) return `@aws-appsync/${words.replace('$1', () => match[1] ?? '')}`;
  }
  return undefined;
}
