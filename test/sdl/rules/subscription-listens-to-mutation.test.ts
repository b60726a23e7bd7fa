import { expectClean, expectDiagnostics, expectFixes, findings } from './harness';

const code = 'SDL_SUBSCRIPTION_LINK';

describe('subscription-listens-to-mutation', () => {
  it('accepts a subscription that names its mutations, one of them without a list', () => {
    expectClean(`
      type Mutation { add: Int drop: Int }
      type Subscription { onAny: Int @aws_subscribe(mutations: ["add", "drop"]) onAdd: Int @aws_subscribe(mutations: "add") }
    `);
  });

  it('accepts the link on the side of the mutation, as AppSync exports it', () => {
    expectClean(`
      type Mutation { add: Int @aws_publish(subscriptions: ["onAdd"]) }
      type Subscription { onAdd: Int }
    `);
  });

  it('accepts fields of other types without the directive', () => {
    expectClean('type Events { onAdd: Int }');
  });

  it('reports a missing directive, an empty list and a missing list at the field', () => {
    const sdl = `
      type Mutation { add: Int }
      type Subscription {
        onA: Int
        onB: Int @aws_subscribe(mutations: [])
        onC: Int @aws_subscribe
        onD: Int @aws_subscribe(mutations: null)
      }
    `;

    expectDiagnostics(sdl).toEqual([
      { code, at: '3:3', message: 'Subscription.onA listens to no mutation, so it never delivers anything' },
      { code, at: '4:3', message: 'Subscription.onB listens to no mutation, so it never delivers anything' },
      { code, at: '5:3', message: 'Subscription.onC listens to no mutation, so it never delivers anything' },
      { code, at: '6:3', message: 'Subscription.onD listens to no mutation, so it never delivers anything' },
    ]);
    expect(findings(sdl).map(({ severity }) => severity)).toEqual(Array(4).fill('warning'));
  });

  it('knows the subscription type by its role', () => {
    const sdl = `
      schema { query: Query subscription: Events }
      type Query { a: Int }
      type Events { on: Int }
    `;

    expectDiagnostics(sdl).toEqual([{ code, at: '3:15', message: 'Events.on listens to no mutation, so it never delivers anything' }]);
    expectFixes(sdl).toEqual(['add `@aws_subscribe(mutations: ["…"])` with the mutations whose results it delivers']);
  });
});
