/** Subscriptions with their filters declared in the stack, where they can be read and checked, instead of in resolver code. */
import type * as appsync from 'aws-cdk-lib/aws-appsync';
import { Construct } from 'constructs';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import type { Filter, FilterCondition } from './filter';
import { generatedHandler } from './handler-library';
import { NoneSource } from './none-source';

/** Most members AppSync takes in the list of an `in` condition. */
const mostListMembers = 5;

/**
 * Attaches filters to subscription fields. AppSync evaluates them for every event, so a subscriber never gets what the filter holds back.
 * A filter replaces AppSync's matching of arguments by name, so a subscription may take arguments that the event does not have.
 */
export class RealtimeSubscriptions extends Construct {
  /** Answers the subscription fields; it stores nothing. */
  readonly source: NoneSource;
  /** Resolvers by subscription field. */
  readonly resolvers: ReadonlyMap<string, appsync.Resolver>;

  /** @param filters by field of the type `Subscription` */
  constructor(api: EnterpriseGraphqlApi, id: string, filters: { readonly [subscriptionField: string]: Filter }) {
    super(api, id);
    this.source = new NoneSource(api, `${id}Source`);
    this.resolvers = new Map(
      Object.entries(filters).map(([field, filter]) => {
        const handler = generatedHandler(subscriptionCode(field, filter.conditions));
        return [field, api.attachHandler(`Subscription.${field}`, this.source, handler)];
      }),
    );
  }
}

/** Resolver code that sets the filter when a client subscribes. Written to be read: it is what one finds in the AppSync console. */
function subscriptionCode(field: string, conditions: readonly FilterCondition[]): string {
  return `import { extensions, util } from '@aws-appsync/utils';

/** Subscription.${field}, generated from the filter declared in the stack. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
  const filters = [];
${conditions.map(conditionCode).join('')}  if (filters.length > 0) {
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });
  }
  return null;
}
`;
}

function conditionCode({ fieldName, operator, value }: FilterCondition, index: number): string {
  const push = (right: string) => `filters.push({ fieldName: ${quoted(fieldName)}, operator: '${operator}', value: ${right} });`;
  if ('fixed' in value) return `  ${push(JSON.stringify(value.fixed))}\n`;

  if ('argument' in value) {
    const argument = `ctx.args.${value.argument}`;
    const limit =
      operator === 'in' || operator === 'notIn'
        ? `    if (${argument}.length > ${mostListMembers}) {
      util.error(\`"${value.argument}" takes at most ${mostListMembers} values, got \${${argument}.length}\`, 'BadRequest');
    }
`
        : '';
    return `  if (${argument} !== undefined && ${argument} !== null) {
${limit}    ${push(argument)}
  }
`;
  }

  const member = `ctx.identity?.${value.identity.split('.').join('?.')}`;
  const name = `identity${index}`;
  const demand = `const ${name} = ${member};
  if (!${name}) {
    util.unauthorized();
  }
  ${push(name)}
`;
  if (value.exceptGroups.length === 0) return `  ${demand}`;
  return `  if (!(ctx.identity?.groups ?? []).some((group) => ${value.exceptGroups.map((group) => `group === ${quoted(group)}`).join(' || ')})) {
${`  ${demand}`.replace(/^(?=.)/gm, '  ')}  }
`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
