import { DiagnosticError } from '../../../lib/diagnostics';
import { openTableStore } from '../../../lib/local/data-sources/table-store';
import { index, pages, storeOf, table, withFolder } from './tables-fixture';

const item = (id: string, more: object = {}) => ({ id: { S: id }, colour: { S: 'red' }, size: { N: '3' }, ...more });

describe('bringing tables up to date', () => {
  it('keeps items and builds an index that is new', async () => {
    const store = await storeOf(table('Things'));
    await store.call('PutItem', { TableName: 'Things', Item: item('a') });
    await store.call('PutItem', { TableName: 'Things', Item: { id: { S: 'b' }, colour: { N: '5' } } });

    await store.ensureTables([table('Things', { globalIndexes: [index('byColour', 'colour', 'size')] })]);

    expect(await pages(store, 'Scan', { TableName: 'Things', IndexName: 'byColour' })).toEqual([[item('a')]]);
    expect((await pages(store, 'Scan', { TableName: 'Things' })).flat()).toHaveLength(2);
  });

  it('rebuilds an index whose key or projection has changed', async () => {
    const store = await storeOf(table('Things', { globalIndexes: [index('byColour', 'colour'), index('bySize', 'colour', 'size')] }));
    await store.call('PutItem', { TableName: 'Things', Item: item('a') });

    await store.ensureTables([
      table('Things', { globalIndexes: [index('byColour', 'colour', undefined, { type: 'INCLUDE', nonKeyAttributes: ['size'] }), index('bySize', 'shape', 'size')] }),
    ]);
    await store.call('PutItem', { TableName: 'Things', Item: item('b', { shape: { S: 'round' } }) });

    expect((await pages(store, 'Scan', { TableName: 'Things', IndexName: 'byColour' })).flat()).toEqual(expect.arrayContaining([item('a'), item('b')]));
    expect((await pages(store, 'Scan', { TableName: 'Things', IndexName: 'bySize' })).flat()).toEqual([item('b', { shape: { S: 'round' } })]);
  });

  it('forgets what a removed index held, so that it comes back complete', async () => {
    const indexed = table('Things', { globalIndexes: [index('byColour', 'colour')] });
    const store = await storeOf(indexed);
    await store.call('PutItem', { TableName: 'Things', Item: item('a') });

    await store.ensureTables([table('Things')]);
    await store.call('DeleteItem', { TableName: 'Things', Key: { id: { S: 'a' } } });
    await store.call('PutItem', { TableName: 'Things', Item: item('b') });
    await store.ensureTables([indexed]);

    expect(await pages(store, 'Scan', { TableName: 'Things', IndexName: 'byColour' })).toEqual([[item('b')]]);
  });

  it('loses no write that arrives while an index is being built', async () => {
    const store = await storeOf(table('Things'));
    await Promise.all(Array.from({ length: 300 }, (_, i) => store.call('PutItem', { TableName: 'Things', Item: item(`before${i}`) })));

    const building = store.ensureTables([table('Things', { globalIndexes: [index('byColour', 'colour')] })]);
    await Promise.all([building, ...Array.from({ length: 50 }, (_, i) => store.call('PutItem', { TableName: 'Things', Item: item(`during${i}`) }))]);

    expect((await pages(store, 'Scan', { TableName: 'Things', IndexName: 'byColour' })).flat()).toHaveLength(350);
  });

  it('refuses a changed key while the table holds items, naming both keys', async () => {
    const store = await storeOf(table('Things'));
    const changed = table('Things', { partitionKey: { name: 'pk', type: 'S' }, sortKey: { name: 'sk', type: 'N' } });
    await store.call('PutItem', { TableName: 'Things', Item: item('a') });

    const error = await store.ensureTables([changed]).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(DiagnosticError);
    expect((error as DiagnosticError).diagnostics).toEqual([
      {
        code: 'RUN_TABLE_KEYS',
        severity: 'error',
        message: 'table "Things" holds items with the key "id" (S), but the template now gives it the key "pk" (S), "sk" (N)',
        notes: [],
        fix: 'restart to begin with empty tables, or give the table another name',
        resource: changed.resource,
      },
    ]);
    expect(await store.call('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } })).toEqual({ Item: item('a') });
  });

  it('changes the key of an empty table', async () => {
    const store = await storeOf(table('Things'));

    await store.ensureTables([table('Things', { partitionKey: { name: 'pk', type: 'N' } })]);

    await store.call('PutItem', { TableName: 'Things', Item: { pk: { N: '1' } } });
    expect(await store.call('GetItem', { TableName: 'Things', Key: { pk: { N: '1.0' } } })).toEqual({ Item: { pk: { N: '1' } } });
  });

  it('finds tables, items and indexes again in their folder', () =>
    withFolder(async (path) => {
      const model = table('Things', { globalIndexes: [index('byColour', 'colour')] });
      const before = await openTableStore({ path });
      await before.ensureTables([model]);
      await before.call('PutItem', { TableName: 'Things', Item: item('a') });
      await before.close();

      const after = await openTableStore({ path });
      await after.ensureTables([model]);

      expect(await pages(after, 'Scan', { TableName: 'Things', IndexName: 'byColour' })).toEqual([[item('a')]]);
      await after.close();
    }));
});
