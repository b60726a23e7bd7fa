import type { HandlerModel } from '../../../lib/model';
import { pipelineFunction, resolver } from '../fixtures';
import { expectFound, findings } from './schema-harness';

const vtl = (text: string): HandlerModel => ({ kind: 'VTL', response: { path: 'response.vtl', text } });

const sdl = (args: string, payload = 'Message') => `
  type Message { id: ID! room: ID at: AWSTimestamp size: Size tags: [String] author: User data: AWSJSON }
  type User { id: ID }
  enum Size { BIG }
  type Mutation { send: ${payload} }
  type Subscription {
    onSend(
      ${args}
    ): ${payload} @aws_subscribe(mutations: ["send"])
  }
`;

describe('subscription-argument-can-match', () => {
  const code = 'API_SUBSCRIPTION_ARGUMENT';

  it.each(['id: ID!', 'room: String', 'id: Size', 'at: Int', 'at: Float', 'size: String', 'tags: [String]', 'data: Int', 'author: UserInput'])('accepts %s, which a field may equal', (argument) => {
    expectFound(`${sdl(argument)}\ninput UserInput { id: ID }`).toEqual([]);
  });

  it('accepts fields that some member of a union or interface has', () => {
    expectFound(`
      interface Event { id: ID }
      type Join implements Event { id: ID user: ID }
      type Leave implements Event { id: ID why: String }
      union Any = Join | Leave
      type Mutation { any: Any event: Event }
      type Subscription {
        onAny(user: ID, why: String): Any @aws_subscribe(mutations: ["any"])
        onEvent(id: ID, why: String): Event @aws_subscribe(mutations: ["event"])
      }
    `).toEqual([]);
  });

  it('accepts any argument where a resolver sets a filter: in code, in templates, in a step of a pipeline', () => {
    const code = { path: 'on.js', text: 'import { extensions } from "@aws-appsync/utils";\nexport function request() { return {}; }\nexport function response() { extensions.setSubscriptionFilter({ filterGroup: [] }); return null; }' };
    const functions = [pipelineFunction('filter', { handler: vtl('$extensions.setSubscriptionFilter($filter)') })];

    expectFound(sdl('roomId: ID'), { resolvers: [resolver('Subscription.onSend', { handler: { kind: 'APPSYNC_JS', code } })] }).toEqual([]);
    expectFound(sdl('roomId: ID'), { resolvers: [resolver('Subscription.onSend', { handler: vtl('$extensions.setSubscriptionFilter($filter)') })] }).toEqual([]);
    expectFound(sdl('roomId: ID'), { functions, resolvers: [resolver('Subscription.onSend', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['filter-id'], handler: vtl('null') })] }).toEqual([]);
  });

  it('says nothing where the code of the resolver is not known', () => {
    expectFound(sdl('roomId: ID'), { resolvers: [resolver('Subscription.onSend', { handler: { kind: 'VTL' } })] }).toEqual([]);
  });

  it('reports an argument that names no field, without a resolver or with one that sets no filter', () => {
    const expected = [{ code, at: '7:5', message: 'argument "productIds" of Subscription.onSend can never match: "Message" has no field "productIds"' }];

    expectFound(sdl('productIds: [ID!]')).toEqual(expected);
    expectFound(sdl('productIds: [ID!]'), { resolvers: [resolver('Subscription.onSend', { handler: vtl('null') })] }).toEqual(expected);
    expectFound(sdl('productIds: [ID!]'), { resolvers: [resolver('Subscription.onSend', { handler: { kind: 'DIRECT' } })] }).toEqual(expected);
    expect(findings(sdl('productIds: [ID!]'))[0]).toMatchObject({
      severity: 'warning',
      notes: [{ message: '"Message" has the fields id, room, at, size, tags, author, data', location: { line: 1 } }],
      fix: 'set a filter in the resolver of Subscription.onSend (RealtimeSubscriptions does, or extensions.setSubscriptionFilter), or remove the argument',
    });
  });

  it('suggests the field that is meant', () => {
    expect(findings(sdl('romm: ID'))[0]?.fix).toBe('did you mean "room"?');
  });

  it.each([
    ['room: Int', '"Int" never equals "ID", the type of Message.room'],
    ['at: String!', '"String!" never equals "AWSTimestamp", the type of Message.at'],
    ['id: [ID]', '"[ID]" never equals "ID!", the type of Message.id'],
    ['tags: String', '"String" never equals "[String]", the type of Message.tags'],
    ['author: ID', '"ID" never equals "User", the type of Message.author'],
  ])('reports %s, whose type is another kind of value', (argument, why) => {
    expectFound(sdl(argument)).toEqual([{ code, at: '7:5', message: `argument "${argument.split(':')[0]}" of Subscription.onSend can never match: ${why}` }]);
  });

  it('reports arguments beside a list or a scalar', () => {
    expectFound(sdl('id: ID!', '[Message]')).toEqual([{ code, at: '7:5', message: 'argument "id" of Subscription.onSend can never match: the subscription delivers "[Message]", which has no field to compare it with' }]);
    expectFound(sdl('id: ID!', 'String')).toEqual([{ code, at: '7:5', message: 'argument "id" of Subscription.onSend can never match: the subscription delivers "String", which has no field to compare it with' }]);
  });
});

describe('subscription-can-deliver', () => {
  const code = 'API_SUBSCRIPTION_SILENT';

  it('accepts a required argument that names a field, and one with a default', () => {
    expectFound(sdl('room: ID!')).toEqual([]);
    expectFound(sdl('roomId: ID! = "a"')).toMatchObject([{ code: 'API_SUBSCRIPTION_ARGUMENT' }]);
  });

  it('accepts a required argument for a resolver that sets a filter', () => {
    expectFound(sdl('roomId: ID!'), { resolvers: [resolver('Subscription.onSend', { handler: vtl('$extensions.setSubscriptionFilter($filter)') })] }).toEqual([]);
  });

  it('reports a subscription that everybody gives an argument which names no field', () => {
    expectFound(sdl('roomId: ID!')).toEqual([{ code, at: '7:5', message: 'Subscription.onSend can deliver nothing, because its required argument "roomId" never matches: "Message" has no field "roomId"' }]);
    expect(findings(sdl('roomId: ID!'))[0]).toMatchObject({ severity: 'error', fix: 'did you mean "room"?' });
  });

  it('reports it although the schema has unknown types elsewhere', () => {
    expectFound(`${sdl('roomId: ID!')}  type Other { a: Missing }\n`).toMatchObject([{ code: 'SDL_UNKNOWN_TYPE' }, { code, at: '7:5' }]);
  });
});
