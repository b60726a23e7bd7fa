/** What AppSync knows before it reads a schema: its scalars and directives. Everything else must be defined in the SDL. */
import {
  DirectiveLocation,
  GraphQLDeprecatedDirective,
  GraphQLDirective,
  GraphQLFloat,
  GraphQLID,
  GraphQLIncludeDirective,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLSkipDirective,
  GraphQLString,
} from 'graphql';
import { awsScalars } from './scalars';

const { ENUM, FIELD_DEFINITION, INPUT_OBJECT, INTERFACE, OBJECT, SCALAR, UNION } = DirectiveLocation;
const groups = { cognito_groups: { type: new GraphQLList(GraphQLString) } };
const protectable = [OBJECT, INTERFACE, UNION, FIELD_DEFINITION];
const mergeable = [OBJECT, INTERFACE, UNION, ENUM, INPUT_OBJECT, SCALAR, FIELD_DEFINITION];

/**
 * AppSync's directives. `@canonical`, `@hidden` and `@renamed` mean something in the sources of merged APIs only.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html, merged-api.html, aws-appsync-real-time-data.html
 * Observed: a well-known deployed API puts the modes on interfaces and unions too (theburningmonk/appsyncmasterclass-backend), and the schemas
 * that Amplify generates name `@aws_cognito_user_pools` twice in a place, once with groups (aws-amplify/amplify-data, its tests of rules).
 * Assumed: `@aws_auth` is accepted on types; `@aws_publish`, which AppSync adds to the schemas it exports, is accepted back;
 * the standard directives are `@deprecated`, `@skip` and `@include` alone.
 */
const awsDirectives: readonly GraphQLDirective[] = [
  ...['aws_api_key', 'aws_iam', 'aws_oidc', 'aws_lambda'].map((name) => new GraphQLDirective({ name, locations: protectable })),
  new GraphQLDirective({ name: 'aws_cognito_user_pools', locations: protectable, args: groups, isRepeatable: true }),
  new GraphQLDirective({ name: 'aws_auth', locations: [OBJECT, FIELD_DEFINITION], args: groups }),
  new GraphQLDirective({ name: 'aws_subscribe', locations: [FIELD_DEFINITION], args: { mutations: { type: new GraphQLList(GraphQLString) } } }),
  new GraphQLDirective({ name: 'aws_publish', locations: [FIELD_DEFINITION], args: { subscriptions: { type: new GraphQLList(GraphQLString) } } }),
  new GraphQLDirective({ name: 'canonical', locations: mergeable }),
  new GraphQLDirective({ name: 'hidden', locations: mergeable }),
  new GraphQLDirective({ name: 'renamed', locations: mergeable, args: { to: { type: new GraphQLNonNull(GraphQLString) } } }),
];

/** A schema without a single type of the user's: the ground that the user's document extends. */
export const appSyncDialect = new GraphQLSchema({
  types: [GraphQLInt, GraphQLFloat, GraphQLID, ...awsScalars],
  directives: [GraphQLSkipDirective, GraphQLIncludeDirective, GraphQLDeprecatedDirective, ...awsDirectives],
});

const familiarNames: ReadonlyMap<string, string> = new Map([
  ['bigint', 'AWSTimestamp'],
  ['long', 'AWSTimestamp'],
  ['date', 'AWSDate'],
  ['localdate', 'AWSDate'],
  ['time', 'AWSTime'],
  ['localtime', 'AWSTime'],
  ['datetime', 'AWSDateTime'],
  ['timestamp', 'AWSTimestamp'],
  ['email', 'AWSEmail'],
  ['emailaddress', 'AWSEmail'],
  ['json', 'AWSJSON'],
  ['jsonobject', 'AWSJSON'],
  ['object', 'AWSJSON'],
  ['phone', 'AWSPhone'],
  ['phonenumber', 'AWSPhone'],
  ['url', 'AWSURL'],
  ['uri', 'AWSURL'],
  ['ip', 'AWSIPAddress'],
  ['ipaddress', 'AWSIPAddress'],
  ['uuid', 'ID'],
  ['decimal', 'Float'],
  ['double', 'Float'],
  ['bool', 'Boolean'],
  ['integer', 'Int'],
  ['number', 'Float'],
]);

/** The AppSync scalar that stands for a name people bring from elsewhere: `DateTime` gives `AWSDateTime`. */
export function appSyncScalarFor(name: string): string | undefined {
  return familiarNames.get(name.toLowerCase());
}
