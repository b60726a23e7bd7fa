/** Every kind of schema change that deserves a word, each with a code of its own so that it can be acknowledged on its own. */
import type { BreakingChangeType, DangerousChangeType } from 'graphql';
import type { CodeSummary } from '../diagnostics';

/** The plain GraphQL kinds, by graphql-js's names for them. Directive definitions are not among them: AppSync's are the same in every schema. */
export const plainChangeCodes: Readonly<Partial<Record<`${BreakingChangeType}` | `${DangerousChangeType}`, string>>> = {
  TYPE_REMOVED: 'SDL_BREAKING_TYPE_REMOVED',
  TYPE_CHANGED_KIND: 'SDL_BREAKING_TYPE_KIND',
  TYPE_REMOVED_FROM_UNION: 'SDL_BREAKING_MEMBER_REMOVED',
  VALUE_REMOVED_FROM_ENUM: 'SDL_BREAKING_VALUE_REMOVED',
  IMPLEMENTED_INTERFACE_REMOVED: 'SDL_BREAKING_INTERFACE_REMOVED',
  FIELD_REMOVED: 'SDL_BREAKING_FIELD_REMOVED',
  FIELD_CHANGED_KIND: 'SDL_BREAKING_FIELD_TYPE',
  REQUIRED_INPUT_FIELD_ADDED: 'SDL_BREAKING_INPUT_REQUIRED',
  REQUIRED_ARG_ADDED: 'SDL_BREAKING_ARGUMENT_REQUIRED',
  ARG_REMOVED: 'SDL_BREAKING_ARGUMENT_REMOVED',
  ARG_CHANGED_KIND: 'SDL_BREAKING_ARGUMENT_TYPE',
  VALUE_ADDED_TO_ENUM: 'SDL_DANGEROUS_VALUE_ADDED',
  TYPE_ADDED_TO_UNION: 'SDL_DANGEROUS_MEMBER_ADDED',
  IMPLEMENTED_INTERFACE_ADDED: 'SDL_DANGEROUS_INTERFACE_ADDED',
  OPTIONAL_INPUT_FIELD_ADDED: 'SDL_DANGEROUS_INPUT_ADDED',
  OPTIONAL_ARG_ADDED: 'SDL_DANGEROUS_ARGUMENT_ADDED',
  ARG_DEFAULT_VALUE_CHANGE: 'SDL_DANGEROUS_DEFAULT',
};

const evolution = 'https://spec.graphql.org/October2021/#sec-Type-System';
const authorization = 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html';
const realTime = 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html';

const breaking: readonly (readonly [code: string, summary: string, url?: string])[] = [
  ['SDL_BREAKING_ROOT', 'an operation the baseline offers (query, mutation, subscription) is still offered'],
  ['SDL_BREAKING_TYPE_REMOVED', 'every type of the baseline is still there'],
  ['SDL_BREAKING_TYPE_KIND', 'a type keeps its kind'],
  ['SDL_BREAKING_MEMBER_REMOVED', 'a union keeps its members'],
  ['SDL_BREAKING_VALUE_REMOVED', 'an enum keeps its values'],
  ['SDL_BREAKING_INTERFACE_REMOVED', 'a type keeps its interfaces'],
  ['SDL_BREAKING_FIELD_REMOVED', 'every field of the baseline is still there'],
  ['SDL_BREAKING_FIELD_TYPE', 'a field keeps its type; an output may become non-null, an input nullable'],
  ['SDL_BREAKING_INPUT_REQUIRED', 'a field added to an input may be left out'],
  ['SDL_BREAKING_ARGUMENT_REQUIRED', 'an argument added to a field may be left out'],
  ['SDL_BREAKING_ARGUMENT_REMOVED', 'a field keeps its arguments'],
  ['SDL_BREAKING_ARGUMENT_TYPE', 'an argument keeps its type, or becomes nullable'],
  ['SDL_BREAKING_ACCESS', 'whoever the baseline lets at a field still reaches it', authorization],
  ['SDL_BREAKING_SUBSCRIPTION', 'a subscription still follows the mutations it followed', realTime],
];

const dangerous: readonly (readonly [code: string, summary: string, url?: string])[] = [
  ['SDL_DANGEROUS_VALUE_ADDED', 'an enum gets no values that older clients do not know'],
  ['SDL_DANGEROUS_MEMBER_ADDED', 'a union gets no members that older clients do not know'],
  ['SDL_DANGEROUS_INTERFACE_ADDED', 'a type gets no interfaces whose fragments older clients apply'],
  ['SDL_DANGEROUS_INPUT_ADDED', 'an input gets no fields that older clients leave out'],
  ['SDL_DANGEROUS_ARGUMENT_ADDED', 'a field gets no arguments that older clients leave out'],
  ['SDL_DANGEROUS_DEFAULT', 'default values stay the same'],
  ['SDL_DANGEROUS_ACCESS', 'nobody reaches a field that the baseline kept them from', authorization],
  ['SDL_DANGEROUS_SUBSCRIPTION', 'a subscription follows no mutations that it did not follow', realTime],
];

/** Compared with a baseline: breaking changes are errors, dangerous ones warnings. */
export const schemaChangeCodes: readonly CodeSummary[] = [
  { code: 'SDL_BASELINE', severity: 'error', summary: 'the baseline schema can be read' },
  ...breaking.map(([code, summary, url = evolution]) => ({ code, severity: 'error' as const, summary, url })),
  ...dangerous.map(([code, summary, url = evolution]) => ({ code, severity: 'warning' as const, summary, url })),
];
