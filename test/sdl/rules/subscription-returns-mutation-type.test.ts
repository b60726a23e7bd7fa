import { expectClean, expectDiagnostics, expectFixes, findings } from './harness';

const code = 'SDL_SUBSCRIPTION_TYPE';

describe('subscription-returns-mutation-type', () => {
  it('accepts an outer non-null that differs, as in the manual\'s own sample', () => {
    expectClean(`
      type Post { id: ID! }
      type Mutation { addPost: Post! }
      type Subscription { onPost: Post @aws_subscribe(mutations: ["addPost"]) }
    `);
  });

  it('accepts lists whose members are as well', () => {
    expectClean(`
      type Mutation { addAll: [String!]! }
      type Subscription { onAll: [String] @aws_subscribe(mutations: ["addAll"]) }
    `);
  });

  it('says nothing about a mutation that does not exist', () => {
    expectDiagnostics('type Subscription { onPost: Int @aws_subscribe(mutations: ["addPost"]) }').toEqual([
      { code: 'SDL_SUBSCRIPTION_MUTATION', at: '1:60', message: 'Subscription.onPost listens to unknown mutation "addPost"' },
    ]);
  });

  it('reports another type at the type, with the mutation as a note', () => {
    const sdl = `
      type Post { id: ID! }
      type Mutation { addPost: Post! dropPost: ID }
      type Subscription { onPost: Post @aws_subscribe(mutations: ["addPost", "dropPost"]) }
    `;

    expectDiagnostics(sdl).toEqual([{ code, at: '3:29', message: 'Subscription.onPost returns "Post", but the mutation "dropPost" it listens to returns "ID"' }]);
    expectFixes(sdl).toEqual(['return "ID" from Subscription.onPost, or listen to a mutation that returns "Post"']);
    expect(findings(sdl)[0]?.notes).toMatchObject([{ message: 'Mutation.dropPost is declared here', location: { line: 2, column: 32 } }]);
  });

  it('reports a list in place of its item', () => {
    expectDiagnostics(`
      type Mutation { add: String }
      type Subscription { onAdd: [String] @aws_subscribe(mutations: ["add"]) }
    `).toEqual([{ code, at: '2:28', message: 'Subscription.onAdd returns "[String]", but the mutation "add" it listens to returns "String"' }]);
  });
});
