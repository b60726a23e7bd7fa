import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_INTERFACE_IMPLEMENTS';

describe('interface-implements-nothing', () => {
  it('accepts an object type that implements two interfaces', () => {
    expectClean(`
      interface Node { id: ID! }
      interface Named { name: String }
      type Foo implements Node & Named { id: ID! name: String }
    `);
  });

  it('accepts an interface that returns another', () => {
    expectClean(`
      interface Node { id: ID! }
      interface Edge { node: Node }
      type Foo implements Node & Edge { id: ID! node: Node }
    `);
  });

  it('reports the interface, and nothing that follows from it', () => {
    const sdl = `
      interface Node { id: ID! }
      interface Named implements Node { name: String }
      type Foo implements Named { name: String }
    `;

    expectDiagnostics(sdl).toEqual([{ code, at: '2:28', message: 'interface "Named" implements "Node", but AppSync\'s interfaces implement nothing' }]);
    expectFixes(sdl).toEqual(['remove "implements" from "Named", and let the object types implement both']);
  });

  it('reports an extension that adds the interface', () => {
    expectDiagnostics(`
      interface Node { id: ID! }
      interface Named { id: ID! name: String }
      extend interface Named implements Node
    `).toEqual([{ code, at: '3:35', message: 'interface "Named" implements "Node", but AppSync\'s interfaces implement nothing' }]);
  });
});
