/** ApiModel to diagnostics: will it deploy, and is it what its author meant. */
export { checkApi, checkAssembly, type CheckOptions, checkRules } from './check';
export { checkSources } from './check-sources';
export { type AssemblyDiff, compareAssemblies, comparisonCodes } from './compare-assemblies';
export { checkDeclaredFilter, checkGuardArguments, type DeclaredCondition, type DeclaredValue } from './declared-filters';
export { publishDocument } from './published-mutation';
