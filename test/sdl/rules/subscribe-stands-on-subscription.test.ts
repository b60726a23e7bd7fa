import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_SUBSCRIBE_PLACE';

describe('subscribe-stands-on-subscription', () => {
  it('accepts fields of a subscription type of any name', () => {
    expectClean(`
      schema { query: Query mutation: Mutation subscription: Events }
      type Query { a: Int }
      type Mutation { add: Int }
      type Events { onAdd: Int @aws_subscribe(mutations: ["add"]) }
    `);
  });

  it('accepts fields that an extension adds', () => {
    expectClean(`
      type Mutation { add: Int }
      type Subscription { onAdd: Int @aws_subscribe(mutations: ["add"]) }
      extend type Subscription { onAgain: Int @aws_subscribe(mutations: ["add"]) }
    `);
  });

  it('reports the directive on a mutation, where the other end of the link belongs', () => {
    const sdl = `
      type Mutation { add: Int @aws_subscribe(mutations: ["add"]) }
      type Subscription { onAdd: Int @aws_subscribe(mutations: ["add"]) }
    `;

    expectDiagnostics(sdl).toEqual([{ code, at: '1:26', message: '"@aws_subscribe" on Mutation.add does nothing: it is no field of the subscription type' }]);
    expectFixes(sdl).toEqual(['move the field to "Subscription", or remove the directive']);
  });

  it('reports a schema that forgot its subscription type', () => {
    const sdl = `
      type Mutation { add: Int }
      type Subscriptions { onAdd: Int @aws_subscribe(mutations: ["add"]) }
    `;

    expectDiagnostics(sdl).toEqual([{ code, at: '2:33', message: '"@aws_subscribe" on Subscriptions.onAdd does nothing: it is no field of the subscription type' }]);
    expectFixes(sdl).toEqual(['move the field to `type Subscription`']);
  });
});
