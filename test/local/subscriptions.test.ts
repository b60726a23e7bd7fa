import type { FilterCondition } from '../../lib/local/evaluator';
import type { PreparedSubscription } from '../../lib/local/executor';
import { createSubscriptions, type Subscriptions } from '../../lib/local/subscriptions';

/** A subscription to `sendMessage` that takes the whole payload. */
function subscription(changes: Partial<PreparedSubscription> = {}): PreparedSubscription {
  return { fieldName: 'onMessage', mutations: ['sendMessage'], args: {}, projectionKey: 'whole', project: (payload) => ({ data: { onMessage: payload } }), ...changes };
}

function setUp() {
  const lines: string[] = [];
  const delivered: string[] = [];
  const subscriptions = createSubscriptions({ log: (line) => lines.push(line) });
  /** Adds a subscription whose deliveries are recorded as `name payload`, its end as `name ended`. */
  const add = (name: string, changes: Partial<PreparedSubscription> = {}) =>
    subscriptions.add(subscription(changes), {
      deliver: (json) => delivered.push(`${name} ${json}`),
      end: () => delivered.push(`${name} ended`),
    });
  const receivers = (payload: unknown, fieldName = 'sendMessage') => {
    delivered.length = 0;
    subscriptions.publish({ fieldName, payload });
    return delivered.map((line) => line.split(' ')[0]);
  };
  return { subscriptions, add, receivers, delivered, lines };
}

describe('arguments', () => {
  test.each<[args: Record<string, unknown>, payload: unknown, matches: boolean]>([
    [{}, { room: 'a' }, true],
    [{ room: 'a' }, { room: 'a' }, true],
    [{ room: 'a' }, { room: 'b' }, false],
    [{ room: '1' }, { room: 1 }, false],
    [{ room: 'a', urgent: true }, { room: 'a', urgent: true }, true],
    [{ room: 'a', urgent: true }, { room: 'a', urgent: false }, false],
    [{ room: undefined }, { room: 'b' }, true],
    [{ room: null }, { room: null }, true],
    [{ room: null }, { text: 'no room selected' }, true],
    [{ room: null }, { room: 'a' }, false],
    [{ room: 'a' }, {}, false],
    [{ roomId: 'a' }, { room: 'a' }, false],
    [{ tags: ['a', 'b'] }, { tags: ['a', 'b'] }, true],
    [{ tags: ['a', 'b'] }, { tags: ['b', 'a'] }, false],
    [{ author: { id: '1' } }, { author: { id: '1' } }, true],
    [{ length: 1 }, [{ room: 'a' }], false],
    [{}, [{ room: 'a' }], true],
    [{ constructor: null }, {}, true],
  ])('%j and the payload %j: %j', (args, payload, matches) => {
    const { add, receivers } = setUp();
    add('it', { args });

    expect(receivers(payload)).toEqual(matches ? ['it'] : []);
  });
});

describe('publish', () => {
  test('reaches the subscriptions of the mutation only', () => {
    const { add, receivers } = setUp();
    add('sent');
    add('both', { mutations: ['sendMessage', 'editMessage'] });

    expect(receivers({}, 'editMessage')).toEqual(['both']);
    expect(receivers({}, 'deleteMessage')).toEqual([]);
  });

  test('delivers in the order of adding, across indexed and unindexed subscriptions', () => {
    const { add, receivers } = setUp();
    add('1', { args: { room: 'a' } });
    add('2');
    add('3', { args: { author: 'x' } });
    add('4', { args: { room: 'b' } });
    add('5', { filter: { filterGroup: [{ filters: [{ fieldName: 'room', operator: 'eq', value: 'a' }] }] } });
    add('6', { args: { room: 'a', author: 'x' } });

    expect(receivers({ room: 'a', author: 'x' })).toEqual(['1', '2', '3', '5', '6']);
  });

  describe('rooms of tenants', () => {
    const inRoom = (tenantId: string, roomId: string, ...more: FilterCondition[]) => ({
      filter: { filterGroup: [{ filters: [{ fieldName: 'place.tenantId', operator: 'eq', value: tenantId }, { fieldName: 'place.roomId', operator: 'eq', value: roomId }, ...more] }] },
    });

    test('an event looks at the subscribers of its room only, however many rooms there are', () => {
      const { add, receivers } = setUp();
      for (let room = 0; room < 1_000; room++) add(`r${room}`, inRoom('acme', String(room)));
      add('other', inRoom('globex', '7'));
      add('loud', inRoom('acme', '7', { fieldName: 'text', operator: 'beginsWith', value: 'A' }));
      let reads = 0;
      const place = {
        tenantId: 'acme',
        get roomId() {
          reads++;
          return '7';
        },
      };

      expect(receivers({ place, text: 'All' })).toEqual(['r7', 'loud']);
      // Once for the index, once for the filter that asks for more, once for the message.
      expect(reads).toBe(3);
      expect(receivers({ place, text: 'hi' })).toEqual(['r7']);
    });

    test.each<[unknown]>([[{ place: { tenantId: 'acme', roomId: 7 } }], [{ place: { tenantId: 'acme' } }], [{ place: [{ tenantId: 'acme', roomId: '7' }] }], [{ place: null }], [[{ place: { tenantId: 'acme', roomId: '7' } }]], ['text']])('%j reaches nobody', (payload) => {
      const { add, receivers } = setUp();
      add('it', inRoom('acme', '7'));

      expect(receivers(payload)).toEqual([]);
    });

    test('values that look alike when they are joined are told apart', () => {
      const { add, receivers } = setUp();
      add('one', inRoom('a,"b', 'c'));
      add('other', inRoom('a', 'b","c'));

      expect(receivers({ place: { tenantId: 'a', roomId: 'b","c' } })).toEqual(['other']);
    });

    test('nobody is left in the lists when all have gone', () => {
      const { add, receivers, subscriptions } = setUp();
      const live = [add('1', inRoom('acme', '7')), add('2', inRoom('acme', '7')), add('3', { args: { room: 'a', author: 'x' } })];
      for (const each of live) each.remove();

      expect(subscriptions.size).toBe(0);
      expect(receivers({ place: { tenantId: 'acme', roomId: '7' }, room: 'a', author: 'x' })).toEqual([]);
    });
  });

  test('delivers once to a subscription that names the mutation twice', () => {
    const { add, receivers } = setUp();
    add('it', { mutations: ['sendMessage', 'sendMessage'] });

    expect(receivers({})).toEqual(['it']);
  });

  test('lets an enhanced filter replace the arguments', () => {
    const { add, receivers } = setUp();
    add('it', { args: { room: 'a' }, filter: { filterGroup: [{ filters: [{ fieldName: 'room', operator: 'eq', value: 'b' }] }] } });

    expect(receivers({ room: 'b' })).toEqual(['it']);
    expect(receivers({ room: 'a' })).toEqual([]);
  });

  test('projects once per projection key', () => {
    const { add, delivered, subscriptions } = setUp();
    const project = jest.fn((payload: unknown) => ({ data: { onMessage: { text: (payload as { text: string }).text } } }));
    add('1', { projectionKey: 'text', project });
    add('2', { projectionKey: 'text', project });
    add('3');

    subscriptions.publish({ fieldName: 'sendMessage', payload: { text: 'hi', room: 'a' } });

    expect(project).toHaveBeenCalledTimes(1);
    expect(delivered).toEqual(['1 {"data":{"onMessage":{"text":"hi"}}}', '2 {"data":{"onMessage":{"text":"hi"}}}', '3 {"data":{"onMessage":{"text":"hi","room":"a"}}}']);
  });

  test('projects by the newest schema, also for subscriptions from before', () => {
    const { add, receivers, delivered } = setUp();
    add('old', { project: () => ({ data: { onMessage: 'old' } }) });
    add('new', { project: () => ({ data: { onMessage: 'new' } }) });
    receivers({});

    expect(delivered).toEqual(['old {"data":{"onMessage":"new"}}', 'new {"data":{"onMessage":"new"}}']);
  });

  test('does not notify about null', () => {
    const { add, receivers } = setUp();
    add('it');

    expect(receivers(null)).toEqual([]);
  });

  test('reaches the others when one subscriber or projection throws', () => {
    const { subscriptions, add, receivers, lines } = setUp();
    const fail = () => {
      throw new Error('no');
    };
    subscriptions.add(subscription(), { deliver: fail, end: fail });
    add('broken', { projectionKey: 'broken', project: fail });
    add('alsoBroken', { projectionKey: 'broken', project: fail });
    add('good');

    expect(receivers({})).toEqual(['good']);
    expect(lines).toEqual(['Subscription.onMessage: delivery failed: no', 'Subscription.onMessage: projection failed: no']);
  });

  test('drops a message of more than 240 KB and says so once per projection', () => {
    const { add, receivers, lines } = setUp();
    add('1');
    add('2');
    add('text', { projectionKey: 'small', project: () => ({ data: { onMessage: { id: 1 } } }) });
    const envelope = '{"data":{"onMessage":""}}'.length;

    expect(receivers('x'.repeat(240 * 1024 - envelope))).toEqual(['1', '2', 'text']);
    expect(receivers('x'.repeat(240 * 1024 - envelope + 1))).toEqual(['text']);
    expect(receivers('ü'.repeat(120 * 1024))).toEqual(['text']);
    expect(lines).toEqual([
      'Subscription.onMessage: message of 245761 bytes dropped, AppSync delivers at most 245760',
      'Subscription.onMessage: message of 245785 bytes dropped, AppSync delivers at most 245760',
    ]);
  });

  test('skips a subscription that an earlier subscriber of the same event has ended', () => {
    const { subscriptions, add, receivers } = setUp();
    let removeSecond = () => {};
    subscriptions.add(subscription(), { deliver: () => removeSecond(), end: () => {} });
    const second = add('second');
    removeSecond = () => second.remove();
    add('third');

    expect(receivers({})).toEqual(['third']);
  });

  test('does not deliver the event to a subscription that one of its subscribers adds', () => {
    const { subscriptions, add, receivers } = setUp();
    subscriptions.add(subscription(), { deliver: () => void add('late'), end: () => {} });

    expect(receivers({})).toEqual([]);
    expect(receivers({})).toEqual(['late']);
  });

  test('does not compare the message with the subscribers of other rooms', () => {
    const { add, receivers } = setUp();
    for (let room = 0; room < 1000; room++) add(`room${room}`, { args: { room: `${room}` } });
    let reads = 0;
    const payload = {
      get room() {
        reads++;
        return '7';
      },
    };

    expect(receivers(payload)).toEqual(['room7']);
    expect(reads).toBeLessThan(5);
  });
});

describe('removing', () => {
  test('ends delivery, and a second call is harmless', () => {
    const { subscriptions, add, receivers } = setUp();
    const live = add('1', { args: { room: 'a' } });
    add('2', { args: { room: 'a' } });

    live.remove();
    live.remove();

    expect(receivers({ room: 'a' })).toEqual(['2']);
    expect(subscriptions.size).toBe(1);
  });
});

describe('invalidate', () => {
  const leaves = (user: string) => ({ filterGroup: [{ filters: [{ fieldName: 'userId', operator: 'eq', value: user }, { fieldName: 'groupId', operator: 'eq', value: 'g' }] }] });

  function invalidate(subscriptions: Subscriptions, payload: unknown, subscriptionField = 'onMessage') {
    subscriptions.invalidate({ subscriptionField, payload });
  }

  test('ends the subscriptions whose invalidation filter matches, and removes them', () => {
    const { subscriptions, add, delivered } = setUp();
    add('alice', { invalidationFilter: leaves('alice') });
    add('bob', { invalidationFilter: leaves('bob') });
    add('unfiltered');

    invalidate(subscriptions, { userId: 'alice', groupId: 'g' });

    expect(delivered).toEqual(['alice ended']);
    expect(subscriptions.size).toBe(2);
  });

  test('leaves other subscription fields alone', () => {
    const { subscriptions, add, delivered } = setUp();
    add('alice', { invalidationFilter: leaves('alice') });

    invalidate(subscriptions, { userId: 'alice', groupId: 'g' }, 'onOther');
    invalidate(subscriptions, { userId: 'alice' });
    invalidate(subscriptions, null);

    expect(delivered).toEqual([]);
  });

  test('ends the others when one subscriber throws', () => {
    const { subscriptions, add, delivered, lines } = setUp();
    subscriptions.add(subscription({ invalidationFilter: leaves('alice') }), {
      deliver: () => {},
      end: () => {
        throw new Error('no');
      },
    });
    add('alice', { invalidationFilter: leaves('alice') });

    invalidate(subscriptions, { userId: 'alice', groupId: 'g' });

    expect(delivered).toEqual(['alice ended']);
    expect(lines).toEqual(['Subscription.onMessage: invalidation failed: no']);
  });
});
