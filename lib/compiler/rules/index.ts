/** The laws of the APPSYNC_JS subset, in the order the documentation lists them. A new rule is one file and one line here. */
import type { CodeSummary } from '../../diagnostics';
import { bundles } from '../bundle';
import { discoveryRules } from '../discover';
import { bundlesEsModulesOnly } from './bundles-es-modules-only';
import { callsAvailableMethods } from './calls-available-methods';
import { doesNotRecurse } from './does-not-recurse';
import { exportsRequestAndResponse } from './exports-request-and-response';
import { fitsSizeLimit } from './fits-size-limit';
import type { HandlerRule } from './handler-rule';
import { hasNoClass } from './has-no-class';
import { hasNoContinue } from './has-no-continue';
import { hasNoDebugger } from './has-no-debugger';
import { hasNoGenerator } from './has-no-generator';
import { hasNoLabel } from './has-no-label';
import { hasNoLoopButForOf } from './has-no-loop-but-for-of';
import { hasNoRegexLiteral } from './has-no-regex-literal';
import { hasNoThis } from './has-no-this';
import { hasNoThrow } from './has-no-throw';
import { hasNoTry } from './has-no-try';
import { importsAppSyncModulesOnly } from './imports-appsync-modules-only';
import { isSynchronous } from './is-synchronous';
import { keepsNamespacesOutOfValues } from './keeps-namespaces-out-of-values';
import { leavesContextAlone } from './leaves-context-alone';
import { makesNoInstance } from './makes-no-instance';
import { parsesAsModule } from './parses-as-module';
import { passesFittingArguments } from './passes-fitting-arguments';
import { passesFunctionsToArrayMethodsOnly } from './passes-functions-to-array-methods-only';
import { passesRightNumberOfArguments } from './passes-right-number-of-arguments';
import { reassignsNoFunction } from './reassigns-no-function';
import { returnsNoFunction } from './returns-no-function';
import { sortsWithoutComparator } from './sorts-without-comparator';
import { tagsOnlySqlTemplates } from './tags-only-sql-templates';
import { usesAvailableGlobals } from './uses-available-globals';
import { usesAvailableOperators } from './uses-available-operators';
import { usesExistingHelpers } from './uses-existing-helpers';

/** What `checkHandlerCode` runs on code that parses. */
export const subsetRules: readonly HandlerRule[] = [
  exportsRequestAndResponse,
  fitsSizeLimit,
  importsAppSyncModulesOnly,
  bundlesEsModulesOnly,
  keepsNamespacesOutOfValues,
  hasNoLoopButForOf,
  hasNoContinue,
  hasNoLabel,
  hasNoTry,
  hasNoThrow,
  hasNoDebugger,
  hasNoClass,
  hasNoThis,
  makesNoInstance,
  isSynchronous,
  hasNoGenerator,
  usesAvailableOperators,
  hasNoRegexLiteral,
  tagsOnlySqlTemplates,
  usesAvailableGlobals,
  callsAvailableMethods,
  usesExistingHelpers,
  passesRightNumberOfArguments,
  passesFittingArguments,
  sortsWithoutComparator,
  passesFunctionsToArrayMethodsOnly,
  returnsNoFunction,
  reassignsNoFunction,
  doesNotRecurse,
  leavesContextAlone,
];

/** Everything this folder can report about resolver sources: finding them, bundling them, and the subset. */
export const handlerRules: readonly CodeSummary[] = [...discoveryRules, bundles, parsesAsModule, ...subsetRules].map(({ code, severity, summary, url }) => ({ code, severity, summary, ...(url ? { url } : {}) }));
