/** Resolver code of subscriptions and of the mutations that end them. Written to be read: it is what one finds in the AppSync console. */
import type { FilterCondition } from './filter';
import type { ItemGuardProps } from './guard';
import type { Value } from './value';
import { argumentCode, identityCode, inGroups, demand, quoted, ValueCode } from './value-code';

/** Most members AppSync takes in a list. Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html */
export const mostMembers: ReadonlyMap<string, number> = new Map([
  ['in', 5],
  ['notIn', 5],
  ['containsAny', 20],
]);

const helperModule = '@aws-appsync/utils';

/** One of them must hold, of each every condition. */
type Alternatives = readonly (readonly FilterCondition[])[];

/** Code that sets the filter, and the one that ends the subscription, when a client subscribes. */
export function subscriptionCode(field: string, alternatives: Alternatives, endings: Alternatives): string {
  const values = new ValueCode();
  const groups = alternatives.map((conditions, i) => {
    const name = alternatives.length === 1 ? 'filters' : `filters${i + 1}`;
    return { name, statements: `  const ${name} = [];\n${conditions.map((condition) => conditionCode(condition, name, values)).join('')}` };
  });
  const group = groups.map(({ name }) => (name === 'filters' ? '{ filters }' : `{ filters: ${name} }`)).join(', ');
  const set = `extensions.setSubscriptionFilter({ filterGroup: [${group}] });`;
  const isSure = alternatives.every((conditions) => conditions.some((condition) => argumentsOf(condition).length === 0 && condition.exceptGroups.length === 0));
  const setting = isSure ? `  ${set}\n` : `  if (${groups.map(({ name }) => `${name}.length > 0`).join(' && ')}) {\n    ${set}\n  }\n`;
  const ending = endings.length > 0 ? endingCode(endings, values) : '';
  return `${importOf('extensions, util', helperModule)}
/** Subscription.${field}, generated from the rule declared in the stack. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
${values.demands}${groups.map(({ statements }) => statements).join('')}${setting}${ending}  return null;
}
${values.helpers}`;
}

/** One filter group for all of the mutations: what one of them gives is compared with each. */
function endingCode(endings: Alternatives, values: ValueCode): string {
  const alternatives = endings.map((conditions) => {
    const filters = conditions.map((condition) => `          ${filterObject(condition, values)},\n`).join('');
    return `      {
        filters: [
${filters}        ],
      },
`;
  });
  return `  extensions.setSubscriptionInvalidationFilter({
    filterGroup: [
${alternatives.join('')}    ],
  });
`;
}

function conditionCode(condition: FilterCondition, list: string, values: ValueCode): string {
  const { operator, exceptGroups } = condition;
  if (exceptGroups.length > 0) return exceptionalCode(condition, list);
  const push = `${list}.push(${filterObject(condition, values)});`;
  const names = argumentsOf(condition);
  const [first] = condition.values;
  const limit = mostMembers.get(operator);
  const limited = limit === undefined || first === undefined || first.form.kind === 'fixed' ? '' : limitCode(first, limit, values);
  if (names.length === 0) return `${indented(limited, '  ')}  ${push}\n`;
  return `  if (${names.map((name) => `${argumentCode(name)} !== undefined && ${argumentCode(name)} !== null`).join(' && ')}) {
${indented(limited, '    ')}    ${push}
  }
`;
}

/** Only identities have exceptions, and only they are compared with `eq`. */
function exceptionalCode({ fieldName, values: [value], exceptGroups }: FilterCondition, list: string): string {
  const member = value?.form.kind === 'identity' ? value.form.member : '';
  const name = 'required';
  return `  if (!${inGroups(exceptGroups)}) {
${demand(identityCode(member), name, '    ')}    ${list}.push({ fieldName: ${quoted(fieldName)}, operator: 'eq', value: ${name} });
  }
`;
}

function limitCode(value: Value, limit: number, values: ValueCode): string {
  const list = values.expression(value);
  const name = value.form.kind === 'argument' ? value.form.name : list;
  return `if (${list}.length > ${limit}) {
  util.error(\`"${name}" takes at most ${limit} values, got \${${list}.length}\`, 'BadRequest');
}
`;
}

function filterObject({ fieldName, operator, values }: FilterCondition, code: ValueCode): string {
  const [first, second] = values.map((value) => code.expression(value));
  return `{ fieldName: ${quoted(fieldName)}, operator: '${operator}', value: ${second === undefined ? first : `[${first}, ${second}]`} }`;
}

/** Names of the arguments that a condition cannot be without. */
export function argumentsOf({ values }: FilterCondition): string[] {
  return [...new Set(values.flatMap(argumentsIn))];
}

export function argumentsIn({ form }: Value): string[] {
  switch (form.kind) {
    case 'argument':
      return [form.name];
    case 'joined':
      return form.parts.flatMap(argumentsIn);
    case 'identity':
    case 'fixed':
      return [];
  }
}

/** A step that goes on only if the item is there. @param field `Type.field` */
export function itemGuardCode(field: string, { key, where = {}, exceptGroups = [] }: ItemGuardProps): string {
  const keyValues = new ValueCode();
  const whereValues = new ValueCode();
  const members = Object.entries(key).map(([name, value]) => `${propertyName(name)}: ${keyValues.expression(value)}`);
  const conditions = Object.entries(where).map(([name, value]) => `item${propertyAccess(name)} !== ${whereValues.expression(value)}`);
  const exception = exceptGroups.length > 0 ? `  if (${inGroups(exceptGroups)}) {\n    runtime.earlyReturn(null);\n  }\n` : '';
  return `${importOf(exception ? 'runtime, util' : 'util', helperModule)}${importOf('get', `${helperModule}/dynamodb`)}
/** Lets a caller of ${field} go on if the item is there; generated from the guard declared in the stack. */
export function request(ctx) {
${exception}${keyValues.demands}  return get({ key: { ${members.join(', ')} }, consistentRead: true });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
${whereValues.demands}  const item = ctx.result;
  if (${['!item', ...conditions].join(' || ')}) {
    util.unauthorized();
  }
  return null;
}
${keyValues.helpers || whereValues.helpers}`;
}

/** What a mutation's pipeline does around its steps when it ends subscriptions. */
export function endingMutationCode(mutation: string, subscriptionFields: readonly string[]): string {
  return `${importOf('extensions', helperModule)}
/** Runs the steps of ${mutation}; its result then ends the subscriptions that the stack ties to it. */
export function request() {
  return {};
}

export function response(ctx) {
  const result = ctx.prev.result;
  if (result) {
${subscriptionFields.map((field) => `    extensions.invalidateSubscriptions({ subscriptionField: ${quoted(field)}, payload: result });\n`).join('')}  }
  return result;
}
`;
}

function importOf(names: string, module: string): string {
  return `import { ${names} } from ${quoted(module)};\n`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function propertyAccess(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}
