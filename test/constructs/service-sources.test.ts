/** The sources that call services without state of their own in the stack: HTTP endpoints, event buses, Bedrock models. */
import { Fn } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type ApiDataSource, BedrockSource, type EnterpriseGraphqlApi, EventBridgeSource, HttpSource } from '../../lib';
import { project, schema } from './project';

const pass = `export function request(ctx) {
  return { method: 'GET', resourcePath: '/items/' + ctx.args.id };
}
export function response(ctx) {
  return ctx.result;
}
`;

/** The template of a stack whose `Query.getItem` is answered by a source. */
function stackWith(source: (api: EnterpriseGraphqlApi) => ApiDataSource) {
  const made = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': pass });
  source(made.api()).resolve('Query.getItem');
  return made.template();
}

const sourceOf = (template: ReturnType<typeof stackWith>) => Object.values(template.findResources('AWS::AppSync::DataSource')).map(({ Properties }) => Properties)[0];
const statementsOf = (template: ReturnType<typeof stackWith>, role: string) =>
  Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('HttpSource', () => {
  test('an endpoint that is not signed for has no role with permissions', () => {
    const template = stackWith((api) => new HttpSource(api, 'Prices', { endpoint: 'https://prices.example.com' }));

    expect(sourceOf(template)).toMatchObject({ Name: 'Prices', Type: 'HTTP', HttpConfig: { Endpoint: 'https://prices.example.com' } });
    expect(statementsOf(template, 'Prices')).toEqual([]);
  });

  test('signed requests say for whom, and the role allows what is asked for', () => {
    const allow = [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: ['arn:aws:states:eu-west-1:123456789012:stateMachine:Orders'] })];
    const template = stackWith((api) => new HttpSource(api, 'Workflows', { endpoint: 'https://states.eu-west-1.amazonaws.com/', signing: { service: 'states', region: 'eu-west-1', allow } }));

    expect(sourceOf(template)?.HttpConfig).toEqual({
      Endpoint: 'https://states.eu-west-1.amazonaws.com/',
      AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningRegion: 'eu-west-1', SigningServiceName: 'states' } },
    });
    expect(statementsOf(template, 'Workflows')).toMatchObject([{ Action: 'states:StartExecution', Resource: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Orders' }]);
  });

  test('an endpoint of another stack is taken as it is', () => {
    expect(sourceOf(stackWith((api) => new HttpSource(api, 'Prices', { endpoint: Fn.importValue('PricesUrl') })))?.HttpConfig.Endpoint).toEqual({ 'Fn::ImportValue': 'PricesUrl' });
  });

  test.each([
    ['https://prices.example.com/v1?x=1', 'Stack/Api/Prices: "endpoint" has no path: use "https://prices.example.com", and put "/v1?x=1" into the "resourcePath" of the resolvers'],
    ['prices.example.com', 'Stack/Api/Prices: "endpoint" is an address such as "https://prices.example.com", got "prices.example.com"'],
    ['ftp://prices.example.com', 'Stack/Api/Prices: "endpoint" is an address such as "https://prices.example.com", got "ftp://prices.example.com"'],
    ['', 'Stack/Api/Prices: "endpoint" is empty'],
  ])('refuses the endpoint "%s"', (endpoint, message) => {
    expect(() => stackWith((api) => new HttpSource(api, 'Prices', { endpoint }))).toThrow(new Error(message));
  });
});

describe('EventBridgeSource', () => {
  test('makes a bus, and a role that may put events on it alone', () => {
    const template = stackWith((api) => new EventBridgeSource(api, 'Announcements'));

    const [bus = ''] = Object.keys(template.findResources('AWS::Events::EventBus'));
    expect(sourceOf(template)).toMatchObject({ Type: 'AMAZON_EVENTBRIDGE', EventBridgeConfig: { EventBusArn: { 'Fn::GetAtt': [bus, 'Arn'] } } });
    expect(statementsOf(template, 'Announcements')).toMatchObject([{ Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': [bus, 'Arn'] } }]);
  });

  test('takes a bus that is there', () => {
    const template = stackWith((api) => new EventBridgeSource(api, 'Announcements', { eventBus: events.EventBus.fromEventBusName(api, 'Central', 'central') }));

    template.resourceCountIs('AWS::Events::EventBus', 0);
    expect(JSON.stringify(sourceOf(template)?.EventBridgeConfig)).toContain(':event-bus/central');
  });
});

describe('BedrockSource', () => {
  test('may call the models it names, and no others', () => {
    const profile = 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0';
    const guardrail = 'arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc';
    const template = stackWith((api) => new BedrockSource(api, 'Assistant', { models: ['amazon.nova-lite-v1:0', profile], guardrails: [guardrail] }));

    expect(sourceOf(template)).toMatchObject({ Name: 'Assistant', Type: 'AMAZON_BEDROCK_RUNTIME', ServiceRoleArn: expect.anything() });
    const statements = statementsOf(template, 'Assistant');
    expect(statements).toMatchObject([{ Action: 'bedrock:InvokeModel' }, { Action: 'bedrock:ApplyGuardrail', Resource: guardrail }]);
    expect(JSON.stringify(statements[0].Resource)).toContain('::foundation-model/amazon.nova-lite-v1:0');
    expect(statements[0].Resource).toContain(profile);
  });

  test('wants to know the models', () => {
    expect(() => stackWith((api) => new BedrockSource(api, 'Assistant', { models: [] }))).toThrow('Stack/Api/Assistant: "models" names no model, so the data source could call none');
  });
});
