import type { BusEvent } from '../../lib/local/data-sources';
import { EventBuses, inputFor } from '../../lib/local/event-buses';
import type { EventRuleModel, EventTargetModel } from '../../lib/model';

const resource = { templatePath: 'Shop.template.json', logicalId: 'Rule' };
const busArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/shop';
const placed: BusEvent = {
  version: '0',
  id: 'e1',
  'detail-type': 'Order Placed',
  source: 'shop.orders',
  account: '123456789012',
  time: '2026-11-22T09:30:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: { id: 'o1', total: 42, note: 'say "hi"', lines: [{ sku: 'a' }] },
};
const withoutDetail = { ...placed, detail: undefined };
const rule = (name: string, more: Partial<EventRuleModel> = {}): EventRuleModel => ({ name, busName: 'shop', pattern: { source: ['shop.orders'] }, targets: [{ arn: `arn:${name}` }], resource, ...more });

/** Buses whose targets note what they hear; those named `missing` do not run here, those named `failing` throw. */
function busesWith(...rules: EventRuleModel[]) {
  const heard: [string, unknown][] = [];
  const log: string[] = [];
  const targetOf = ({ arn }: EventTargetModel) =>
    arn === 'arn:missing'
      ? undefined
      : async (input: unknown) => {
          if (arn === 'arn:failing') throw new Error('no');
          heard.push([arn, input]);
        };
  const buses = new EventBuses(targetOf, (line) => log.push(line));
  buses.useRules(rules);
  return { buses, heard, log };
}

it('hands an event to the targets of every rule that matches, after the request has gone on', async () => {
  const { buses, heard, log } = busesWith(rule('a'), rule('b'), rule('c', { pattern: { source: ['bank'] } }), rule('d', { busName: 'default' }));

  buses.put(busArn, placed);
  expect(heard).toEqual([]);
  await buses.settled();

  expect(heard).toEqual([
    ['arn:a', placed],
    ['arn:b', placed],
  ]);
  expect(buses.events).toEqual([{ bus: 'shop', event: placed, rules: ['a', 'b'] }]);
  expect(log).toEqual([`event bus shop: shop.orders "Order Placed" ${JSON.stringify(placed.detail)} → a, b`]);
});

it('says that nobody hears of an event, that a target does not run here, and that one failed; the others still hear', async () => {
  const { buses, heard, log } = busesWith(rule('failing'), rule('missing'), rule('a'));
  buses.put('arn:aws:events:eu-west-1:123456789012:event-bus/default', placed);
  buses.put(busArn, placed);
  await buses.settled();

  expect(heard).toEqual([['arn:a', placed]]);
  expect(log.map((line) => line.replace(/\{.*\}/, '…'))).toEqual([
    'event bus default: shop.orders "Order Placed" …, no rule matches',
    'event bus shop: shop.orders "Order Placed" … → failing, missing, a',
    'rule missing: its target arn:missing does not run locally',
    'rule failing: its target arn:failing failed: no',
  ]);
});

it('remembers the last 1,000 events', () => {
  const { buses } = busesWith();
  for (let i = 0; i < 1_003; i++) buses.put(busArn, { ...placed, id: String(i) });

  expect(buses.events).toHaveLength(1_000);
  expect(buses.events[0]?.event.id).toBe('3');
});

it.each<[Partial<EventTargetModel>, unknown]>([
  [{}, placed],
  [{ input: '{"fixed":[1]}' }, { fixed: [1] }],
  [{ inputPath: '$.detail' }, placed.detail],
  [{ inputPath: '$.detail.lines[0].sku' }, 'a'],
  [{ inputPath: '$.detail-type' }, 'Order Placed'],
  [{ inputPath: '$.gone' }, undefined],
  [{ transformer: { paths: { id: '$.detail.id', total: '$.detail.total' }, template: '{ "orderId": <id>, "total": <total> }' } }, { orderId: 'o1', total: 42 }],
  [{ transformer: { paths: { id: '$.detail.id', total: '$.detail.total' }, template: '"Order <id> over <total>"' } }, 'Order o1 over 42'],
  [{ transformer: { paths: { note: '$.detail.note' }, template: '{ "text": "note: <note>", "raw": <note> }' } }, { text: 'note: say "hi"', raw: 'say "hi"' }],
  [{ transformer: { paths: { lines: '$.detail.lines' }, template: '{ "lines": <lines>, "text": "<lines>" }' } }, { lines: [{ sku: 'a' }], text: '[{"sku":"a"}]' }],
  [{ transformer: { paths: { gone: '$.detail.gone' }, template: '{ "gone": <gone>, "text": "<gone>" }' } }, { gone: null, text: '' }],
  [{ transformer: { paths: {}, template: '{ "rule": <aws.events.rule-name>, "event": <aws.events.event.json> }' } }, { rule: 'big', event: placed }],
  [{ transformer: { paths: {}, template: '{ "arn": "<aws.events.rule-arn>", "event": <aws.events.event> }' } }, { arn: 'arn:aws:events:eu-west-1:123456789012:rule/shop/big', event: withoutDetail }],
  [{ transformer: { paths: { id: '$.detail.id' }, template: 'plain <id>' } }, 'plain "o1"'],
])('gives a target with %j its input', (target, input) => {
  expect(inputFor({ arn: 'arn:x', ...target }, placed, { name: 'big', busName: 'shop' })).toEqual(input);
});
