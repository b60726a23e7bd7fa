import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_SUBSCRIPTION_MUTATION';

describe('subscription-names-existing-mutation', () => {
  it('accepts fields of the mutation type, also one that an extension adds', () => {
    expectClean(`
      type Mutation { addUser: String }
      extend type Mutation { dropUser: String }
      type Subscription { onUser: String @aws_subscribe(mutations: ["addUser", "dropUser"]) }
    `);
  });

  it('accepts a mutation type of another name', () => {
    expectClean(`
      schema { query: Query mutation: Writes subscription: Subscription }
      type Query { a: Int }
      type Writes { addUser: String }
      type Subscription { onUser: String @aws_subscribe(mutations: "addUser") }
    `);
  });

  it('reports each unknown name at the name', () => {
    const sdl = `
      type Mutation { addUser: String }
      type Subscription {
        onUser: String @aws_subscribe(mutations: ["adUser", "addUser", "zzz"])
      }
    `;

    expectDiagnostics(sdl).toEqual([
      { code, at: '3:45', message: 'Subscription.onUser listens to unknown mutation "adUser"' },
      { code, at: '3:66', message: 'Subscription.onUser listens to unknown mutation "zzz"' },
    ]);
    expectFixes(sdl).toEqual(['did you mean "addUser"?', 'add the field "zzz" to "Mutation", or remove the name']);
  });

  it('reports every name when there is no mutation type', () => {
    const sdl = 'type Subscription { onUser: String @aws_subscribe(mutations: ["addUser"]) }';

    expectDiagnostics(sdl).toEqual([{ code, at: '1:63', message: 'Subscription.onUser listens to unknown mutation "addUser"' }]);
    expectFixes(sdl).toEqual(['add the field "addUser" to "Mutation", or remove the name']);
  });
});
