/**
 * What can be said about the SDL before a schema is built from it: graphql-js' own SDL rules in our words, and the laws of `document-laws.ts`.
 * graphql-js is asked one rule at a time, so that a finding's kind is known without reading its English.
 */
import {
  type ASTNode,
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
} from 'graphql';
import { KnownArgumentNamesOnDirectivesRule } from 'graphql/validation/rules/KnownArgumentNamesRule';
import { ProvidedRequiredArgumentsOnDirectivesRule } from 'graphql/validation/rules/ProvidedRequiredArgumentsRule';
import { validateSDL } from 'graphql/validation/validate';
import type { SDLValidationRule } from 'graphql/validation/ValidationContext';
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
const duplicateName = error('SDL_DUPLICATE_NAME', 'fields, arguments, enum values, directives and operations are named once in their place', languagePage);
const unknownDirective = error('SDL_UNKNOWN_DIRECTIVE', 'every directive is one of AppSync\'s or defined in the schema', directivesPage);
const misplacedDirective = error('SDL_DIRECTIVE_LOCATION', 'a directive stands where its definition allows it', directivesPage);
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
  misplacedDirective,
  directiveArgument,
  rootType,
  typeKind,
  invalid,
];

function error(code: string, summary: string, url: string): RuleSummary {
  return { code, severity: 'error', summary, url };
}

export interface DocumentFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** False when no schema can be built, or one that would say something else than the text. */
  readonly isBuildable: boolean;
}

/** @param definitions everything the user wrote, extensions not merged, redeclarations of AppSync's definitions left out */
export function validateDocument(definitions: readonly DefinitionNode[], locate: Locate): DocumentFindings {
  const diagnostics: Diagnostic[] = [];
  let isBuildable = true;
  const report = (rule: RuleSummary, finding: SdlFinding) => {
    diagnostics.push(toDiagnostic(rule, finding));
    if (rule !== unknownDirective && rule !== misplacedDirective) isBuildable = false;
  };

  for (const finding of operations(definitions, locate)) report(invalid, finding);
  const written: DocumentNode = { kind: Kind.DOCUMENT, definitions: definitions.filter(isTypeSystem) };
  const duplicates = new Set<string>();
  for (const { rule, report: word } of graphqlRules)
    for (const problem of validateSDL(written, appSyncDialect, [rule])) {
      const found = word({ problem, nodes: problem.nodes ?? [], document: written, locate });
      if (found.rule === duplicateType) duplicates.add(nameOf(problem.nodes?.at(-1)));
      // The second definition of a type repeats the first one's fields: its cause is reported.
      if (found.rule === duplicateName && found.typeName !== undefined && duplicates.has(found.typeName)) continue;
      report(found.rule, found);
    }
  for (const finding of mistypedDirectiveArguments(written, locate)) report(directiveArgument, finding);
  for (const finding of rootsThatAreNoObjects(written, locate)) report(rootType, finding);
  for (const finding of typesOutOfPlace(written, locate)) report(typeKind, finding);
  return { diagnostics, isBuildable };
}

/** A finding as a diagnostic of its rule. */
export function toDiagnostic(rule: RuleSummary, { at, message, notes = [], fix }: SdlFinding): Diagnostic {
  return { code: rule.code, severity: rule.severity, message, ...(at ? { location: at } : {}), notes, ...(fix ? { fix } : {}), url: rule.url };
}

interface Problem {
  readonly problem: GraphQLError;
  readonly nodes: readonly ASTNode[];
  readonly document: DocumentNode;
  readonly locate: Locate;
}

type Reported = SdlFinding & {
  readonly rule: RuleSummary;
  /** The type whose member is at fault, where a finding may follow from a duplicate of that type. */
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
  { rule: UniqueDirectivesPerLocationRule, report: namedTwice },
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
  return { rule: duplicateType, ...atLast(nodes, locate), message: `type "${name}" is defined twice`, fix: `write \`extend\` before the second definition to add to "${name}", or give it another name` };
}

function typeUnknown({ nodes, document, locate }: Problem): Reported {
  const name = nameOf(nodes[0]);
  const replacement = appSyncScalarFor(name);
  return {
    rule: unknownType,
    ...atLast(nodes, locate),
    message: `unknown type "${name}"`,
    fix: replacement ? `use "${replacement}"` : (didYouMean(name, knownTypes(document)) ?? `define "${name}"`),
  };
}

function extensionImpossible({ problem, nodes, document, locate }: Problem): Reported {
  const extension = nodes.at(-1);
  if (extension?.kind !== Kind.NAME) return { rule: invalid, ...atLast(nodes, locate), message: plainMessage(problem.message) };
  const name = extension.value;
  return {
    rule: unknownType,
    at: locate(extension),
    message: `cannot extend "${name}", which is not defined`,
    fix: didYouMean(name, knownTypes(document)) ?? `delete \`extend\` to define "${name}" here`,
  };
}

function directiveUnknownOrMisplaced({ problem, nodes, document, locate }: Problem): Reported {
  const name = nameOf(nodes[0]);
  const known = knownDirectives(document);
  const at = atLast(nodes, locate);
  if (!known.has(name)) return { rule: unknownDirective, ...at, message: `unknown directive "@${name}"`, fix: didYouMean(`@${name}`, [...known].map((candidate) => `@${candidate}`)) ?? 'remove it: AppSync has only its own directives' };
  const place = /may not be used on (\w+)/.exec(problem.message)?.[1] ?? '';
  const allowed = (appSyncDialect.getDirective(name)?.locations ?? []).map(placeName);
  return {
    rule: misplacedDirective,
    ...at,
    message: `"@${name}" does not apply to ${placeName(place)}${allowed.length > 0 ? `, only to ${allowed.join(' and ')}` : ''}`,
    fix: 'move or remove the directive',
  };
}

/** `INPUT_FIELD_DEFINITION` as people say it: input fields. */
function placeName(location: string): string {
  if (location === 'SCHEMA') return 'the schema block';
  if (location === 'OBJECT') return 'object types';
  return `${location.toLowerCase().replace(/_definition$/, '').replace(/_/g, ' ')}s`;
}

function knownTypes(document: DocumentNode): Set<string> {
  const builtIn = Object.keys(appSyncDialect.getTypeMap()).filter((name) => !name.startsWith('__'));
  return new Set([...document.definitions.filter(isTypeDefinitionNode).map((node) => node.name.value), ...builtIn]);
}

function knownDirectives(document: DocumentNode): Set<string> {
  const own = document.definitions.flatMap((node) => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : []));
  return new Set([...own, ...appSyncDialect.getDirectives().map(({ name }) => name)]);
}

function nameOf(node: ASTNode | undefined): string {
  if (node?.kind === Kind.NAME) return node.value;
  return node && 'name' in node ? (node.name?.value ?? '') : '';
}
