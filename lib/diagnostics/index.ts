/** What is wrong, where, and how to fix it. Imports nothing of ours. */
export { type CodeSummary, type Diagnostic, DiagnosticError, invariant, type Note, type ResourceRef, type Severity } from './diagnostic';
export { didYouMean } from './did-you-mean';
export { reasonOf } from './file-reason';
export { type DiagnosticFormat, formatDiagnostic, formatDiagnostics } from './format';
export { locationAt, locationOf, type SourceFile, type SourceLocation } from './source-file';
