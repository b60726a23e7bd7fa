import type { RequestTrace, ResolverTrace } from '../../../lib/local/execution/trace';
import { traceText } from '../../../lib/local/execution/trace-text';

const resolver = (more: Partial<ResolverTrace>): ResolverTrace => ({ field: 'Item.product', path: ['items', 0, 'product'], steps: [], logs: [], errors: [], value: { id: 'p' }, startMs: 0, durationMs: 1, ...more });

const trace = (resolvers: readonly ResolverTrace[], query = '{ items { product { id } } }'): RequestTrace => ({ request: { query }, caller: 'API key', resolvers, errors: [], durationMs: 12.34 });

test('durations stand at the right edge, and no line is longer than 110 columns', () => {
  const wide = resolver({ value: { text: 'x'.repeat(500), list: Array.from({ length: 50 }, (_, i) => i) }, logs: ['y'.repeat(300)], errors: [], path: Array.from({ length: 40 }, (_, i) => `level${i}`) });

  const lines = traceText(trace([wide], `{ ${Array.from({ length: 40 }, (_, i) => `field${i}`).join(' ')} }`)).split('\n');

  expect(lines[0]).toMatch(/…   12\.3 ms$/);
  expect(lines.map((line) => line.length).filter((length) => length > 110)).toEqual([]);
  expect(lines[1]).toHaveLength(110);
});

test('a long list shows its first resolvers, those with errors before others, and counts the rest', () => {
  const list = Array.from({ length: 20 }, (_, i) =>
    resolver({ path: ['items', i, 'product'], durationMs: i, ...(i === 7 ? { errors: [{ errorType: 'NotFound', message: 'gone' }], value: undefined } : {}) }),
  );

  expect(traceText(trace(list)).replace(/ +(\d+\.\d ms)$/gm, '  $1')).toBe(`
query { items }  API key  12.3 ms
  Item.product  at items.0.product  0.0 ms
    = { id: 'p' }
  Item.product  at items.7.product  7.0 ms
    ! NotFound: gone
  … and 18 more of Item.product, the slowest in  19.0 ms`.trimStart());
});

test('a pipeline names its functions, and values that cannot be drawn whole are cut', () => {
  const cycle: Record<string, unknown> = { id: 1 };
  cycle.self = cycle;
  const pipeline = resolver({
    field: 'Mutation.order',
    path: ['order'],
    steps: [
      { name: 'reserve', dataSource: 'Stock', request: cycle, response: { result: { ok: true } }, startMs: 0, dataSourceMs: 2.5 },
      { name: 'pay', dataSource: 'Payments', startMs: 3 },
      { name: 'place', dataSource: 'Orders', request: {}, startMs: 4 },
    ],
    value: { id: 1 },
  });

  expect(traceText(trace([pipeline], 'mutation { order { id } }')).replace(/ +(\d+\.\d ms)$/gm, '  $1')).toBe(`
mutation { order }  API key  12.3 ms
  Mutation.order  1.0 ms
    reserve → Stock  2.5 ms
      > <ref *1> { id: 1, self: [Circular *1] }
      < { ok: true }
    pay → Payments
      (not asked)
    place → Orders
      > {}
    = { id: 1 }`.trimStart());
});
