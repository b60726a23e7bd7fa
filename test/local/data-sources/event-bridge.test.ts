import type { BusEvent } from '../../../lib/local/data-sources/event-bridge';
import { eventBridgeDataSource } from '../../../lib/local/data-sources/event-bridge';
import { call } from './tables-fixture';

const busArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/shop';
const event = { source: 'shop.orders', detailType: 'Order Placed', detail: { id: 'o1' } };

function bus() {
  const events: BusEvent[] = [];
  const source = eventBridgeDataSource({ busArn, put: (_, each) => events.push(each), now: () => Date.UTC(2026, 10, 22, 9, 30, 0, 123) });
  return { events, put: (request: unknown) => source.invoke(request, call) };
}

it('puts events in their order, and gives the id of each', async () => {
  const { events, put } = bus();
  const { result } = await put({ operation: 'PutEvents', events: [event, { ...event, resources: ['arn:a'], time: '2026-01-01T00:00:00Z' }] });

  expect(result).toEqual({ Entries: [{ EventId: events[0]?.id }, { EventId: events[1]?.id }], FailedEntryCount: 0 });
  expect(events).toEqual([
    { version: '0', id: expect.stringMatching(/^[0-9a-f-]{36}$/), 'detail-type': 'Order Placed', source: 'shop.orders', account: '123456789012', time: '2026-11-22T09:30:00Z', region: 'eu-west-1', resources: [], detail: { id: 'o1' } },
    expect.objectContaining({ time: '2026-01-01T00:00:00Z', resources: ['arn:a'] }),
  ]);
});

it('reports events that fail beside those that do not, and no error', async () => {
  const { events, put } = bus();

  expect(await put({ operation: 'PutEvents', events: [{ ...event, source: 'aws.s3' }, event, { ...event, detail: 'text' }, { ...event, source: '' }, { ...event, detailType: '' }] })).toEqual({
    result: {
      Entries: [
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
        { EventId: expect.any(String) },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.' },
        { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.' },
      ],
      FailedEntryCount: 4,
    },
  });
  expect(events).toHaveLength(1);
});

it('counts bytes of texts, not of their JSON, up to 1 MB', async () => {
  const { events, put } = bus();
  const rest = 'shop.orders'.length + 'Order Placed'.length + '{"text":""}'.length + 14 + 'é'.length + 1;
  const sized = (bytes: number) => [{ ...event, time: '2026-01-01T00:00:00Z', resources: ['é'], detail: { text: 'x'.repeat(bytes - rest) } }];

  expect(await put({ operation: 'PutEvents', events: sized(1_048_576) })).toMatchObject({ result: { FailedEntryCount: 0 } });
  expect(await put({ operation: 'PutEvents', events: sized(1_048_577) })).toMatchObject({ result: null });
  expect(events).toHaveLength(1);
});

it.each([
  [[], "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1"],
  [Array.from({ length: 11 }, () => event), "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10"],
  [Array.from({ length: 2 }, () => ({ ...event, detail: { text: 'x'.repeat(524_288) } })), 'Total size of the entries in the request is over the limit.'],
])('gives an error for a request EventBridge refuses', async (events, message) => {
  const { events: put, put: send } = bus();

  expect(await send({ operation: 'PutEvents', events })).toEqual({ result: null, error: { type: 'EventBridge:AmazonEventBridgeException', message } });
  expect(put).toEqual([]);
});

it.each([
  [{}, "Value for field '$[operation]' not found."],
  [{ operation: 'Invoke' }, "Unsupported operation 'Invoke'."],
  [{ operation: 'PutEvents' }, "Value for field '$[events]' not found."],
  [{ operation: 'PutEvents', events: {} }, "Expected JSON array for field '$[events]' but got a 'OBJECT' instead."],
  [{ operation: 'PutEvents', events: [event, { ...event, detailType: null }] }, "Value for field '$[events][1][detailType]' not found."],
])('refuses the document %j', async (request, message) => {
  await expect(bus().put(request)).rejects.toThrow(message);
});
