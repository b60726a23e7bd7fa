/** The function that processes metrics, reading by reading: what it knows of a device goes in, and comes back with the alerts. */
import { handler } from '../../bin/samples/iot-processor';
import type { RaiseAlertInput } from '../../resolvers/iot/schema-types';
import type { DeviceItem, Measured } from '../../resolvers/iot/table-items';

const device: DeviceItem = { id: 'pump-1', name: 'Pump 1', site: 'oslo', location: 'Hall', status: 'ONLINE', statusChangedAt: '2026-11-22T11:00:00.000Z' };

/** What is raised by each of the readings, one a minute. */
async function raisedBy(readings: readonly Measured[]): Promise<string[][]> {
  let known = device;
  const raised: string[][] = [];
  for (const [minute, metrics] of readings.entries()) {
    const recordedAt = new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
    // As between AppSync and Lambda.
    const { alerts, usual } = JSON.parse(JSON.stringify(await handler({ device: known, reading: { recordedAt, metrics } }))) as Awaited<ReturnType<typeof handler>>;
    known = { ...known, usual, lastSeen: recordedAt, metrics: { ...metrics, recordedAt } };
    raised.push(alerts.map(({ metric, kind, value, expected }: RaiseAlertInput) => `${metric} ${kind} ${value} ${expected}`));
  }
  return raised;
}

const temperatures = (...values: number[]) => raisedBy(values.map((temperature) => ({ temperature })));

it('takes values at a limit, and not beyond it', async () => {
  expect(await raisedBy([{ temperature: 60, humidity: 95, battery: 15, signalStrength: -110 }])).toEqual([[]]);
  expect(await raisedBy([{ temperature: 60.1, humidity: 95.1, battery: 14.9, signalStrength: -111 }])).toEqual([
    ['temperature HIGH 60.1 60', 'humidity HIGH 95.1 95', 'battery LOW 14.9 15', 'signalStrength LOW -111 -110'],
  ]);
});

it('tells once of a value that trembles at a limit, and again when it has been well inside', async () => {
  expect(await temperatures(60.1, 59.9, 60.2, 58.1, 61)).toEqual([['temperature HIGH 60.1 60'], [], [], [], []]);
  expect(await temperatures(60.1, 58, 60.2)).toEqual([['temperature HIGH 60.1 60'], [], ['temperature HIGH 60.2 60']]);
});

it('tells of the other limit at once', async () => {
  expect(await temperatures(61, -21, 61)).toEqual([['temperature HIGH 61 60'], ['temperature LOW -21 -20'], ['temperature HIGH 61 60']]);
});

it('does not tell again after a reading that lacks the metric', async () => {
  expect(await raisedBy([{ temperature: 61 }, { humidity: 40 }, { temperature: 62 }])).toEqual([['temperature HIGH 61 60'], [], []]);
});

it('finds a value unusual after ten readings, and not before', async () => {
  expect((await temperatures(...Array<number>(9).fill(20), 30)).at(-1)).toEqual([]);
  expect((await temperatures(...Array<number>(10).fill(20), 30)).at(-1)).toEqual(['temperature UNUSUAL 30 20']);
});

it('does not find small changes unusual, however steady a device has been', async () => {
  expect((await temperatures(...Array<number>(30).fill(20), 22)).at(-1)).toEqual([]);
  expect((await temperatures(...Array<number>(30).fill(20), 22.1)).at(-1)).toEqual(['temperature UNUSUAL 22.1 20']);
});

it('tells once when a device has changed for good', async () => {
  expect((await temperatures(...Array<number>(10).fill(20), ...Array<number>(20).fill(30))).flat()).toEqual(['temperature UNUSUAL 30 20']);
});

it('leaves out what is no number, and remembers nothing of it', async () => {
  const { alerts, usual } = await handler({ device, reading: { recordedAt: '2026-11-22T12:00:00.000Z', metrics: { temperature: NaN, humidity: Infinity, battery: 50 } } });

  expect(alerts).toEqual([]);
  expect(usual).toEqual({ battery: { mean: 50, variance: 0, count: 1 } });
});
