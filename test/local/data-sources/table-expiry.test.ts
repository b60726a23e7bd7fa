import { type ItemChange, openTableStore, TableChanges, type TableStore } from '../../../lib/local/data-sources';
import { index, table, withFolder } from './tables-fixture';

const sessions = table('Sessions', { timeToLiveAttribute: 'expires', globalIndexes: [index('byUser', 'user')] });
const session = (id: string, expires: object) => ({ id: { S: id }, user: { S: 'alice' }, expires });
const atSecond = (second: number) => ({ N: String(second) });
const start = 1_800_000_000;

/** Tables under a clock that stands at `start`. */
async function tables(options: { changes?: TableChanges; path?: string } = {}): Promise<{ store: TableStore; pass(seconds: number): void }> {
  let nowMs = start * 1000;
  const store = await openTableStore({ ...options, now: () => nowMs });
  await store.ensureTables([sessions, table('Others')]);
  return { store, pass: (seconds) => (nowMs += seconds * 1000) };
}
const put = (store: TableStore, ...items: object[]) => Promise.all(items.map((Item) => store.call('PutItem', { TableName: 'Sessions', Item })));
const ids = async (store: TableStore, more: object = {}) => ((await store.call('Scan', { TableName: 'Sessions', ...more })).Items as { id: { S: string } }[]).map(({ id }) => id.S).sort();
const days = (count: number) => count * 86_400;

it('shows an expired item for two days, as DynamoDB may, and then deletes it', async () => {
  const { store, pass } = await tables();
  await put(store, session('soon', atSecond(start + 60)), session('later', atSecond(start + days(30))));

  pass(days(2));
  expect(await ids(store)).toEqual(['later', 'soon']);
  pass(3_600);
  expect(await ids(store)).toEqual(['later']);
  expect(await ids(store, { IndexName: 'byUser' })).toEqual(['later']);
  expect(await store.call('GetItem', { TableName: 'Sessions', Key: { id: { S: 'soon' } } })).toEqual({});
  await store.close();
});

it.each([
  ['no time to live', { S: 'never' }],
  ['text for a number', { S: String(start) }],
  ['a time that is more than five years back', atSecond(start - days(5 * 366))],
  ['milliseconds, which lie in the far future', atSecond(start * 1000)],
])('keeps an item with %s', async (_, expires) => {
  const { store, pass } = await tables();
  await put(store, session('kept', expires));

  pass(days(10));
  expect(await ids(store)).toEqual(['kept']);
  await store.close();
});

it('keeps an item whose time was put off after it had expired', async () => {
  const { store, pass } = await tables();
  await put(store, session('a', atSecond(start)));
  pass(days(1));
  await put(store, session('a', atSecond(start + days(9))));

  pass(days(4));
  expect(await ids(store)).toEqual(['a']);
  await store.close();
});

it('tells of a deletion as of a change by DynamoDB itself', async () => {
  const changes = new TableChanges();
  const { store, pass } = await tables({ changes });
  const item = session('a', atSecond(start));
  await put(store, item);
  const heard: ItemChange[] = [];
  changes.subscribe('Sessions', (change) => heard.push(change));

  pass(days(3));
  await store.call('Scan', { TableName: 'Others' });
  expect(heard).toEqual([{ tableName: 'Sessions', before: item, userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }]);
  await store.call('PutItem', { TableName: 'Sessions', Item: item });
  expect(heard[1]).toEqual({ tableName: 'Sessions', after: item });
  await store.close();
});

it('deletes what has expired while nobody ran the tables, many at a time', async () => {
  await withFolder(async (path) => {
    const first = await tables({ path });
    await put(first.store, ...Array.from({ length: 250 }, (_, i) => session(`s${i}`, atSecond(i % 2 === 0 ? start - days(3) : start + days(3)))));
    await first.store.close();

    const second = await tables({ path });
    expect(await ids(second.store)).toHaveLength(125);
    await second.store.close();
  });
});

it('has all calls of that moment see the same', async () => {
  const { store, pass } = await tables();
  await put(store, session('a', atSecond(start)));
  pass(days(3));

  expect(await Promise.all([ids(store), ids(store), ids(store, { IndexName: 'byUser' })])).toEqual([[], [], []]);
  await store.close();
});
