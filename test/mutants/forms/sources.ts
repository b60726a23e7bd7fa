/** A schema and a folder of resolvers, as `check --schema --resolvers` takes them. */
import { join } from 'node:path';
import { checkSources } from '../../../lib/checks';
import type { Form, ProjectMutant } from './form';

const files = {
  'resolvers/Query.note.ts': `import type { Context } from '@aws-appsync/utils';
import { keyOf } from './shared/keys';

export function request(ctx: Context) {
  return { operation: 'GetItem', key: keyOf(ctx.args.id) };
}

export function response(ctx: Context) {
  return ctx.result;
}
`,
  'resolvers/Query.notes.req.vtl': `{
  "version": "2018-05-29",
  "operation": "Scan",
  "limit": $util.defaultIfNull($ctx.args.limit, 20)
}
`,
  'resolvers/Query.notes.res.vtl': `$util.toJson($ctx.result.items)
`,
  'resolvers/shared/keys.ts': `import { util } from '@aws-appsync/utils';

export function keyOf(id: string) {
  return util.dynamodb.toMapValues({ id });
}
`,
  'schema.graphql': `type Query {
  note(id: ID!): Note
  notes: [Note]
}

type Mutation {
  addNote(text: String!): Note
}

type Subscription {
  onNote(id: ID): Note @aws_subscribe(mutations: ["addNote"])
}

type Note {
  id: ID!
  text: String
}
`,
};

const changed = (name: string, code: string, file: string, find: string, replace: string, more: Partial<ProjectMutant> = {}): ProjectMutant => ({ name, code, edits: [[file, find, replace]], ...more });
const keys = 'resolvers/shared/keys.ts';
const note = 'resolvers/Query.note.ts';
const request = 'resolvers/Query.notes.req.vtl';
const response = 'resolvers/Query.notes.res.vtl';
const schema = 'schema.graphql';

export const sources: Form = {
  name: 'sources alone',
  files,
  check: (folder) => checkSources([join(folder, 'schema.graphql')], join(folder, 'resolvers')),
  mutants: [
    changed('a file for an unknown field', 'RES_FIELD', 'resolvers/Query.nots.ts', '', 'export const request = () => ({});\nexport const response = () => null;\n'),
    changed('try in a shared module', 'RES_TRY', keys, '  return util', '  try { id.length; } catch {}\n  return util'),
    { name: 'a name that a module of AppSync does not export', code: 'RES_HELPER', edits: [[keys, '{ util }', '{ util, utils }'], [keys, '  return util', '  utils.a();\n  return util']] },
    changed('an increment in a shared module', 'RES_OPERATOR', keys, '  return util', '  let count = 0;\n  count++;\n  return util', { line: 'count++' }),
    changed('a function of the browser', 'RES_GLOBAL', note, '  return { operation', '  fetch(ctx.args.id);\n  return { operation'),
    changed('a file that is no module of TypeScript', 'RES_BUNDLE', note, "operation: 'GetItem',", "operation 'GetItem',"),
    changed('a helper with too few arguments', 'RES_HELPER_ARITY', keys, 'toMapValues({ id })', 'toMapValues()', { severity: 'warning' }),
    changed('a parenthesis that is not closed', 'RES_VTL_SYNTAX', response, '.items)', '.items'),
    changed('a helper that templates do not have', 'RES_VTL_UTIL', response, '$util.toJson', '$util.toJSON'),
    changed('a part of the context that does not exist', 'RES_VTL_CONTEXT', request, '$ctx.args.limit', '$ctx.params.limit', { severity: 'warning' }),
    changed('a version that does not exist', 'RES_VTL_VERSION', request, '2018-05-29', '2018-05-30'),
    changed('an operation that no data source has', 'RES_VTL_OPERATION', request, '"Scan"', '"ScanAll"'),
    changed('a subscription of another type', 'SDL_SUBSCRIPTION_TYPE', schema, 'onNote(id: ID): Note', 'onNote(id: ID): [Note]'),
    changed('an argument that never matches', 'API_SUBSCRIPTION_ARGUMENT', schema, 'onNote(id: ID)', 'onNote(noteId: ID)', { severity: 'warning' }),
    changed('a reserved name', 'SDL_RESERVED_NAME', schema, 'type Note {', 'type AWSNote { a: Int }\n\ntype Note {'),
    { name: 'an input as output', code: 'SDL_TYPE_KIND', edits: [[schema, 'notes: [Note]', 'notes: [In]'], [schema, 'type Note {', 'input In { a: Int }\n\ntype Note {']] },
  ],
};
