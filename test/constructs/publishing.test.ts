/** Backends that publish: the wiring in the template, what is proven at synth, and the Lambda code against the running API. */
import { createContext, runInContext } from 'node:vm';
import { createRequire } from 'node:module';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Authorization, type EnterpriseGraphqlApi, Filter, NoneSource, type PublishProps, RealtimeSubscriptions } from '../../lib';
import { checkAssembly } from '../../lib/checks';
import { iotPublisherCode } from '../../lib/constructs/iot-publisher-code';
import { startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { type Project, project, withoutChecks } from './project';

const schema = `type Device @aws_iam @aws_cognito_user_pools {
  id: ID!
  temperature: Float
  place: Place
}
type Place @aws_iam @aws_cognito_user_pools { site: String }
type Query {
  device(id: ID!): Device
}
type Mutation {
  report(id: ID!, temperature: Float): Device @aws_iam
  rename(id: ID!): Device
}
type Subscription {
  onReport(id: ID!, site: String): Device @aws_subscribe(mutations: ["report"])
}
`;
const echo = 'export const request = (ctx) => ({ payload: ctx.args });\nexport const response = (ctx) => ctx.result;\n';

interface Publishing extends Project {
  readonly made: EnterpriseGraphqlApi;
  readonly live: RealtimeSubscriptions;
}

function publishing(additionalAuthorization = [Authorization.iam()]): Publishing {
  const files = Object.fromEntries(['Query.device', 'Mutation.report', 'Mutation.rename'].map((field) => [`resolvers/${field}.ts`, echo]));
  const base = project({ 'schema.graphql': schema, ...files });
  const made = base.api({ additionalAuthorization });
  const nothing = new NoneSource(made, 'Nothing');
  for (const field of ['Query.device', 'Mutation.report', 'Mutation.rename']) nothing.resolve(field);
  return { ...base, made, live: new RealtimeSubscriptions(made, 'Live', { onReport: Filter.all(Filter.field('id').equalsArgument('id'), Filter.field('place.site').equalsArgument('site')) }) };
}

const good: PublishProps = { mutation: 'Mutation.report', variables: { id: '$.detail.device', temperature: '$.detail.celsius' }, selection: 'id temperature place { site }' };
const fieldArn = (field: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Api/), 'Arn'] }, `/types/Mutation/fields/${field}`]] });

test('a grant is for one mutation', () => {
  const { stack, live } = publishing();
  const role = new iam.Role(stack, 'Backend', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  live.grantPublish(role, 'Mutation.report');

  const policies = Object.values(withoutChecks(() => Template.fromStack(stack)).findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(policies).toContainEqual([{ Action: 'appsync:GraphQL', Effect: 'Allow', Resource: fieldArn('report') }]);
});

test('an API without IAM, and a name that is none, are refused', () => {
  const { stack, live } = publishing([]);
  const role = new iam.Role(stack, 'Backend', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  expect(() => live.grantPublish(role, 'Mutation.report')).toThrow('Stack/Api: backends sign with IAM, which this API does not take; add Authorization.iam() to "additionalAuthorization"');
  expect(() => live.grantPublish(role, 'report')).toThrow('Stack/Api: a mutation is named by its type and field, such as "Mutation.sendMessage", got "report"');
});

test('events of EventBridge call the mutation', () => {
  const { app, stack, live } = publishing();
  const deadLetterQueue = new sqs.Queue(stack, 'Lost');
  const publisher = live.publishFromEventBridge('Reports', { ...good, eventPattern: { source: ['devices'] }, deadLetterQueue });
  const template = withoutChecks(() => Template.fromStack(stack));

  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['devices'] },
    Targets: [
      {
        AppSyncParameters: { GraphQLOperation: 'mutation Publish($id: ID!, $temperature: Float) { report(id: $id, temperature: $temperature) { id temperature place { site } } }' },
        InputTransformer: { InputPathsMap: { 'detail-device': '$.detail.device', 'detail-celsius': '$.detail.celsius' }, InputTemplate: '{"id":<detail-device>,"temperature":<detail-celsius>}' },
      },
    ],
  });
  const [target] = Object.values(template.findResources('AWS::Events::Rule'))[0]?.Properties.Targets as { Arn: object; RoleArn: object; DeadLetterConfig: object }[];
  expect(target?.Arn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Api/), 'GraphQLEndpointArn'] });
  expect(target?.RoleArn).toEqual(stack.resolve(publisher.role.roleArn));
  expect(target?.DeadLetterConfig).toEqual({ Arn: stack.resolve(deadLetterQueue.queueArn) });
  expect(checkAssembly(readApis(app.outdir)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('messages of IoT call a function that may call the mutation and nothing else', () => {
  const { stack, live } = publishing();
  live.publishFromIot('Metrics', { ...good, variables: { id: '$.device', temperature: '$.celsius' }, sql: "SELECT topic(2) AS device, celsius FROM 'devices/+/metrics'" });
  const template = withoutChecks(() => Template.fromStack(stack));

  const [functionId = ''] = Object.keys(template.findResources('AWS::Lambda::Function'));
  const arn = { 'Fn::GetAtt': [functionId, 'Arn'] };
  template.hasResourceProperties('AWS::IoT::TopicRule', { TopicRulePayload: { Sql: "SELECT topic(2) AS device, celsius FROM 'devices/+/metrics'", AwsIotSqlVersion: '2016-03-23', Actions: [{ Lambda: { FunctionArn: arn } }] } });
  template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'iot.amazonaws.com', FunctionName: arn, SourceArn: { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::IoT::TopicRule'))[0], 'Arn'] }, SourceAccount: { Ref: 'AWS::AccountId' } });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { VARIABLES: '{"id":"$.device","temperature":"$.celsius"}' } } });
  const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policies.match(/appsync:GraphQL/g)).toHaveLength(1);
  expect(policies).toContain('/types/Mutation/fields/report');
});

test.each([
  ['a mutation that is none', { ...good, mutation: 'Mutation.reprot' }, 'there is no mutation "Mutation.reprot"'],
  ['an argument that is none', { ...good, variables: { id: '$.id', temprature: '$.t' } }, 'Mutation.report has no argument "temprature"'],
  ['an argument that is missing', { ...good, variables: {} }, 'Mutation.report needs the argument "id"'],
  ['a mutation that takes no IAM', { ...good, mutation: 'Mutation.rename', variables: { id: '$.id' } }, 'Mutation.rename does not take IAM, which backends sign with'],
  ['a selection that is none', { ...good, selection: 'id temprature' }, 'what Mutation.report is asked for is no selection of "Device": Cannot query field "temprature" on type "Device". Did you mean "temperature"?'],
  ['a selection that does not parse', { ...good, selection: 'id {' }, 'what Mutation.report is asked for is no selection of "Device": Syntax Error: Expected Name, found "}".'],
  ['a selection that no filter lets through', { ...good, selection: 'id temperature place { where: site }' }, 'no subscriber of Subscription.onReport hears of Mutation.report: its filter tests "place.site", which the selection lacks'],
])('finds %s', (_title, props, message) => {
  const { app, live } = publishing();
  live.publishFromEventBridge('Reports', { ...props, eventPattern: { source: ['devices'] } });
  withoutChecks(() => app.synth());

  const found = checkAssembly(readApis(app.outdir)).filter(({ code }) => code === 'RES_PUBLISH');
  expect(found.map((finding) => finding.message)).toEqual([message]);
  expect(found[0]?.location?.lineText).toContain('live.publishFromEventBridge(');
});

describe('the code of the function', () => {
  const { app } = publishing();
  withoutChecks(() => app.synth());

  /** Runs the handler as Lambda would, with its requests going to the local API. */
  async function handle(message: object, secret?: string): Promise<unknown> {
    await using local = await startLocal(readApis(app.outdir));
    const [api] = local.apis;
    const { accessKeyId, secretAccessKey } = local.credentials;
    const env = {
      ENDPOINT: 'http://localhost/graphql',
      DOCUMENT: 'mutation Publish($id: ID!, $temperature: Float) { report(id: $id, temperature: $temperature) { id } }',
      VARIABLES: '{"id":"$.device","temperature":"$.metrics.celsius"}',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret ?? secretAccessKey,
      AWS_REGION: api?.model.region,
    };
    const answers: unknown[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      const response = await api!.fetch(new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), host: 'localhost' } }));
      answers.push(await response.clone().json());
      return response;
    };
    const exports: { handler?: (message: object) => Promise<void> } = {};
    runInContext(iotPublisherCode, createContext({ require: createRequire(__filename), process: { env }, exports, URL, fetch }));
    await exports.handler?.(message);
    return answers[0];
  }

  test('sends a signed mutation with values out of the message', async () => {
    expect(await handle({ device: 'd-1', metrics: { celsius: 21.5 } })).toEqual({ data: { report: { id: 'd-1' } } });
  });

  test('fails when the API refuses, so that Lambda tries again', async () => {
    await expect(handle({ device: 'd-1' }, 'wrong')).rejects.toThrow(/InvalidSignature|Unauthorized|UnrecognizedClient/);
    await expect(handle({})).rejects.toThrow(/Variable 'id'/);
  });

  test('fits into a template', () => {
    expect(iotPublisherCode.length).toBeLessThanOrEqual(4096);
  });
});
