/**
 * What can be said about the SDL before a schema is built from it: graphql-js' own SDL rules in our words, and the laws of `document-laws.ts`.
 * Each of its rules reports to a context of its own, so that a finding's kind is known without reading its English.
 */
import {
  type ASTNode,
  type ASTVisitorKeyMap,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLError,
  isTypeDefinitionNode,
  Kind,
  KnownDirectivesRule,
  KnownTypeNamesRule,
  LoneSchemaDefinitionRule,
  PossibleTypeExtensionsRule,
  UniqueArgumentDefinitionNamesRule,
  UniqueArgumentNamesRule,
  UniqueDirectiveNamesRule,
  UniqueDirectivesPerLocationRule,
  UniqueEnumValueNamesRule,
  UniqueFieldDefinitionNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationTypesRule,
  UniqueTypeNamesRule,
  visit,
  visitInParallel,
} from 'graphql';
import { KnownArgumentNamesOnDirectivesRule } from 'graphql/validation/rules/KnownArgumentNamesRule';
import { ProvidedRequiredArgumentsOnDirectivesRule } from 'graphql/validation/rules/ProvidedRequiredArgumentsRule';
import { SDLValidationContext, type SDLValidationRule } from 'graphql/validation/ValidationContext';
import { type Diagnostic, didYouMean } from '../diagnostics';
import { appSyncDialect, appSyncScalarFor } from './dialect';
import { isTypeSystem, mistypedDirectiveArguments, operations, rootsThatAreNoObjects, typesOutOfPlace } from './document-laws';
import { type Locate, plainMessage } from './parse';
import type { RuleSummary, SdlFinding } from './rules/sdl-rule';

const languagePage = 'https://spec.graphql.org/June2018/#sec-Type-System';
const directivesPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html';
const scalarsPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html';

const unknownType = error('SDL_UNKNOWN_TYPE', 'every type that is named is defined', scalarsPage);
const duplicateType = error('SDL_DUPLICATE_TYPE', 'a type is defined once', languagePage);
const duplicateName = error('SDL_DUPLICATE_NAME', 'fields, arguments, enum values, definitions of directives and operations are named once in their place', languagePage);
/** An error although AppSync deploys it: it ignores the directive, and so opens what the author meant to close. Observed: serverless-appsync-plugin issue 402 */
const unknownDirective = error('SDL_UNKNOWN_DIRECTIVE', 'a directive that looks like one of AppSync\'s is one', directivesPage);
/** Observed: AppSync does not look at directives it does not know (serverless-appsync-plugin issues 402 and 409). */
const foreignDirective = warning('SDL_FOREIGN_DIRECTIVE', 'every directive is one of AppSync\'s or defined in the schema', directivesPage);
/** Observed: deployed schemas carry authorization directives on inputs and enums (amplify-category-api issue 2281). */
const misplacedDirective = warning('SDL_DIRECTIVE_LOCATION', 'a directive stands where its definition allows it', directivesPage);
/** Assumed: AppSync accepts it; which of the two counts is not documented. */
const repeatedDirective = warning('SDL_DUPLICATE_DIRECTIVE', 'a directive is written once in its place', directivesPage);
const directiveArgument = error('SDL_DIRECTIVE_ARGUMENT', 'a directive has the arguments its definition names, of their types', directivesPage);
const rootType = error('SDL_ROOT_TYPE', 'query, mutation and subscription are object types', languagePage);
const typeKind = error('SDL_TYPE_KIND', 'arguments and input fields have input types, other fields have output types', languagePage);
export const invalid = error('SDL_INVALID', 'the schema obeys the GraphQL specification', languagePage);

/** The codes this file can give. */
export const documentRules: readonly RuleSummary[] = [
  unknownType,
  duplicateType,
  duplicateName,
  unknownDirective,
  foreignDirective,
  misplacedDirective,
  repeatedDirective,
  directiveArgument,
  rootType,
  typeKind,
  invalid,
];

/** Rules whose breach takes nothing from the meaning of the schema. */
const harmless: readonly RuleSummary[] = [unknownDirective, foreignDirective, misplacedDirective, repeatedDirective];
/** Rules whose breach leaves the rest of the schema readable. */
const local: readonly RuleSummary[] = [...harmless, unknownType, directiveArgument];

function error(code: string, summary: string, url: string): RuleSummary {
  return { code, severity: 'error', summary, url };
}

function warning(code: string, summary: string, url: string): RuleSummary {
  return { code, severity: 'warning', summary, url };
}

export interface DocumentFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** False when no schema can be built, or one that would say something else than the text. */
  readonly isBuildable: boolean;
  /** True also when a schema can be built after all, once something stands in for the types in `unknownTypes`. */
  readonly isReadable: boolean;
  readonly unknownTypes: ReadonlySet<string>;
}

/** @param definitions everything the user wrote, extensions not merged, redeclarations of AppSync's definitions left out */
export function validateDocument(definitions: readonly DefinitionNode[], locate: Locate): DocumentFindings {
  const diagnostics: Diagnostic[] = [];
  const broken = new Set<RuleSummary>();
  const report = (rule: RuleSummary, finding: SdlFinding) => {
    diagnostics.push(toDiagnostic(rule, finding));
    broken.add(rule);
  };

  for (const finding of operations(definitions, locate)) report(invalid, finding);
  const written: DocumentNode = { kind: Kind.DOCUMENT, definitions: definitions.filter(isTypeSystem) };
  const duplicates = new Set<string>();
  const unknownTypes = new Set<string>();
  for (const found of brokenGraphqlRules(written, locate)) {
    if (found.rule === duplicateType) duplicates.add(found.typeName ?? '');
    // The second definition of a type repeats the first one's fields: its cause is reported.
    if (found.rule === duplicateName && found.typeName !== undefined && duplicates.has(found.typeName)) continue;
    if (found.rule === unknownType && found.typeName !== undefined) unknownTypes.add(found.typeName);
    report(found.rule, found);
  }
  for (const finding of mistypedDirectiveArguments(written, locate)) report(directiveArgument, finding);
  for (const finding of rootsThatAreNoObjects(written, locate)) report(rootType, finding);
  for (const finding of typesOutOfPlace(written, locate)) report(typeKind, finding);
  return { diagnostics, unknownTypes, isBuildable: isSubset(broken, harmless), isReadable: isSubset(broken, local) };
}

function isSubset(broken: ReadonlySet<RuleSummary>, allowed: readonly RuleSummary[]): boolean {
  return [...broken].every((rule) => allowed.includes(rule));
}

/** A finding as a diagnostic of its rule. */
export function toDiagnostic(rule: RuleSummary, { at, message, notes = [], fix }: SdlFinding): Diagnostic {
  return { code: rule.code, severity: rule.severity, message, ...(at ? { location: at } : {}), notes, ...(fix ? { fix } : {}), url: rule.url };
}

const partsOfDefinitions = ['interfaces', 'fields', 'types', 'values', 'operationTypes', 'arguments', 'type', 'defaultValue', 'directives'];

/** Where the rules look: not into names and descriptions, which are half of all nodes; the rules read those at their owners. */
const looksAt: ASTVisitorKeyMap = {
  ...Object.fromEntries(Object.values(Kind).map((kind) => [kind, /Definition$|Extension$/.test(kind) ? partsOfDefinitions : []])),
  Document: ['definitions'],
  Directive: ['arguments'],
  Argument: ['value'],
  ListType: ['type'],
  NonNullType: ['type'],
  ListValue: ['values'],
  ObjectValue: ['fields'],
  ObjectField: ['value'],
};

/** In the order of the rules, which puts causes before what follows from them; one walk through the document serves them all. */
function brokenGraphqlRules(document: DocumentNode, locate: Locate): Reported[] {
  const known = knownNames(document);
  const perRule = graphqlRules.map(({ rule, report }) => {
    const found: Reported[] = [];
    const context = new SDLValidationContext(document, appSyncDialect, (problem) => found.push(report({ problem, nodes: problem.nodes ?? [], known, locate })));
    return { found, visitor: rule(context) };
  });
  visit(document, visitInParallel(perRule.map(({ visitor }) => visitor)), looksAt);
  return perRule.flatMap(({ found }) => found);
}

interface Problem {
  readonly problem: GraphQLError;
  readonly nodes: readonly ASTNode[];
  readonly known: KnownNames;
  readonly locate: Locate;
}

type Reported = SdlFinding & {
  readonly rule: RuleSummary;
  /** The type that is unknown or defined twice, or whose member is named twice. */
  readonly typeName?: string;
};

interface GraphqlRule {
  readonly rule: SDLValidationRule;
  report(problem: Problem): Reported;
}

const graphqlRules: readonly GraphqlRule[] = [
  { rule: LoneSchemaDefinitionRule, report: inGraphqlWords(duplicateName) },
  { rule: UniqueOperationTypesRule, report: namedTwice },
  { rule: UniqueTypeNamesRule, report: typeDefinedTwice },
  { rule: UniqueEnumValueNamesRule, report: namedTwice },
  { rule: UniqueFieldDefinitionNamesRule, report: namedTwice },
  { rule: UniqueArgumentDefinitionNamesRule, report: namedTwice },
  { rule: UniqueDirectiveNamesRule, report: namedTwice },
  { rule: KnownTypeNamesRule, report: typeUnknown },
  { rule: KnownDirectivesRule, report: directiveUnknownOrMisplaced },
  { rule: UniqueDirectivesPerLocationRule, report: inGraphqlWords(repeatedDirective) },
  { rule: PossibleTypeExtensionsRule, report: extensionImpossible },
  { rule: KnownArgumentNamesOnDirectivesRule, report: inGraphqlWords(directiveArgument) },
  { rule: UniqueArgumentNamesRule, report: namedTwice },
  { rule: UniqueInputFieldNamesRule, report: namedTwice },
  { rule: ProvidedRequiredArgumentsOnDirectivesRule, report: inGraphqlWords(directiveArgument) },
];

function inGraphqlWords(rule: RuleSummary) {
  return ({ problem, nodes, locate }: Problem): Reported => ({ rule, ...atLast(nodes, locate), message: plainMessage(problem.message) });
}

/** graphql-js lists the first use before the second, which is the one to change. */
function atLast(nodes: readonly ASTNode[], locate: Locate): Pick<SdlFinding, 'at' | 'notes'> {
  const last = nodes.at(-1);
  return {
    ...(last ? { at: locate(last) } : {}),
    notes: nodes.slice(0, -1).map((node) => ({ message: 'first written here', location: locate(node) })),
  };
}

function namedTwice({ problem, nodes, locate }: Problem): Reported {
  const typeName = /^(?:Field|Enum value) "(\w+)\./.exec(problem.message)?.[1];
  return { rule: duplicateName, ...atLast(nodes, locate), message: plainMessage(problem.message), ...(typeName ? { typeName } : {}) };
}

function typeDefinedTwice({ nodes, locate }: Problem): Reported {
  const name = nameOf(nodes.at(-1));
  if (nodes.length < 2) return { rule: duplicateType, ...atLast(nodes, locate), message: `type "${name}" is AppSync's own and cannot be defined again`, fix: 'give the type another name' };
  return { rule: duplicateType, typeName: name, ...atLast(nodes, locate), message: `type "${name}" is defined twice`, fix: `write \`extend\` before the second definition to add to "${name}", or give it another name` };
}

function typeUnknown({ nodes, known, locate }: Problem): Reported {
  const name = nameOf(nodes[0]);
  const replacement = appSyncScalarFor(name);
  return {
    rule: unknownType,
    typeName: name,
    ...atLast(nodes, locate),
    message: `unknown type "${name}"`,
    fix: replacement ? `use "${replacement}"` : (known.typeLike(name) ?? `define "${name}"`),
  };
}

function extensionImpossible({ problem, nodes, known, locate }: Problem): Reported {
  const extension = nodes.at(-1);
  if (extension?.kind !== Kind.NAME) return { rule: invalid, ...atLast(nodes, locate), message: plainMessage(problem.message) };
  const name = extension.value;
  return {
    rule: unknownType,
    at: locate(extension),
    message: `cannot extend "${name}", which is not defined`,
    fix: known.typeLike(name) ?? `delete \`extend\` to define "${name}" here`,
  };
}

function directiveUnknownOrMisplaced({ problem, nodes, known, locate }: Problem): Reported {
  const name = nameOf(nodes[0]);
  const at = atLast(nodes, locate);
  if (!known.directives.has(name)) {
    const fix = didYouMean(`@${name}`, [...known.directives].map((candidate) => `@${candidate}`)) ?? 'remove it: AppSync has only its own directives';
    return { rule: looksLikeAppSync(name) ? unknownDirective : foreignDirective, ...at, message: `unknown directive "@${name}"`, fix };
  }
  const place = /may not be used on (\w+)/.exec(problem.message)?.[1] ?? '';
  const allowed = (appSyncDialect.getDirective(name)?.locations ?? []).map(placeName);
  return {
    rule: misplacedDirective,
    ...at,
    message: `"@${name}" does not apply to ${placeName(place)}${allowed.length > 0 ? `, only to ${enumeration(allowed)}` : ''}`,
    fix: 'move or remove the directive',
  };
}

/** `@aws_iamm`, and what is AppSync's but for the prefix: `@cognito_user_pools`. */
function looksLikeAppSync(name: string): boolean {
  return /^aws/i.test(name) || appSyncDialect.getDirective(`aws_${name}`) != null;
}

/** `INPUT_FIELD_DEFINITION` as people say it: input fields. */
function placeName(location: string): string {
  if (location === 'SCHEMA') return 'the schema block';
  if (location === 'OBJECT') return 'object types';
  return `${location.toLowerCase().replace(/_definition$/, '').replace(/_/g, ' ')}s`;
}

function enumeration(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

interface KnownNames {
  readonly directives: ReadonlySet<string>;
  /** `did you mean "Product"?`; a name that is wrong everywhere is compared once. */
  typeLike(name: string): string | undefined;
}

function knownNames({ definitions }: DocumentNode): KnownNames {
  const builtIn = Object.keys(appSyncDialect.getTypeMap()).filter((name) => !name.startsWith('__'));
  const types = [...definitions.filter(isTypeDefinitionNode).map((node) => node.name.value), ...builtIn];
  const ownDirectives = definitions.flatMap((node) => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : []));
  const suggestions = new Map<string, string | undefined>();
  return {
    directives: new Set([...ownDirectives, ...appSyncDialect.getDirectives().map(({ name }) => name)]),
    typeLike(name) {
      if (!suggestions.has(name)) suggestions.set(name, didYouMean(name, types));
      return suggestions.get(name);
    },
  };
}

function nameOf(node: ASTNode | undefined): string {
  if (node?.kind === Kind.NAME) return node.value;
  return node && 'name' in node ? (node.name?.value ?? '') : '';
}
