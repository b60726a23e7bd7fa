/** How `evaluate` refuses a call that AWS would not take: one diagnostic, whatever is wrong. */
import { DiagnosticError } from '../diagnostics';

export function refusal(message: string, fix: string): DiagnosticError {
  return new DiagnosticError([{ code: 'RUN_EVALUATE', severity: 'error', message, notes: [], fix }]);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
