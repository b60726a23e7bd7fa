/** What a test got wrong before anything ran: prints what, where and how to put it right, because a test runner shows a message and nothing else. */
import { type Diagnostic, DiagnosticError, didYouMean, formatDiagnostics } from '../../diagnostics';

export class TestSetupError extends DiagnosticError {
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics);
    this.name = 'TestSetupError';
    this.message = formatDiagnostics(diagnostics, { cwd: process.cwd() });
  }
}

/** Every code that a misuse of the harness can give. */
export type SetupCode = 'RUN_TEST_SOURCE' | 'RUN_TEST_NAME' | 'RUN_TEST_IDENTITY' | 'RUN_TEST_VALUE' | 'RUN_TEST_RESOLVER';

export function setupError(code: SetupCode, message: string, fix: string): TestSetupError {
  return new TestSetupError([{ code, severity: 'error', message, notes: [], fix }]);
}

/** For a name that is none of those there are. */
export function unknownName(message: string, name: string, known: readonly string[], otherwise: string): TestSetupError {
  const list = known.length > 0 ? `name one of ${known.map((candidate) => `"${candidate}"`).join(', ')}` : otherwise;
  return setupError('RUN_TEST_NAME', message, didYouMean(name, known) ?? list);
}
