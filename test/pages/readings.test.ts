import { Readings } from '../../bin/pages/iot/readings';

const now = Date.parse('2026-11-22T12:00:00Z');
const at = (minutes: number, temperature: number) => ({ recordedAt: new Date(now + minutes * 60_000).toISOString(), temperature });
const valuesOf = (readings: Readings, time: number) => readings.of('temperature', time).map(({ value }) => value);

test('readings are those of the span that is shown, oldest first', () => {
  const readings = new Readings(60 * 60_000);
  for (const reading of [at(-61, 1), at(-59, 2), at(-1, 3)]) readings.add(reading);

  expect(valuesOf(readings, now)).toEqual([2, 3]);
  expect(readings.of('humidity', now)).toEqual([]);
});

test('a reading that is told of again, or comes late, is not taken twice', () => {
  const readings = new Readings(60 * 60_000);
  for (const reading of [at(-2, 1), at(-1, 2), at(-1, 2), at(-3, 0)]) readings.add(reading);

  expect(valuesOf(readings, now)).toEqual([1, 2]);
});

test('a reading of a clock that is ahead is shown when its time has come', () => {
  const readings = new Readings(60 * 60_000);
  readings.add(at(1, 5));

  expect(valuesOf(readings, now)).toEqual([]);
  expect(valuesOf(readings, now + 60_000)).toEqual([5]);
});
