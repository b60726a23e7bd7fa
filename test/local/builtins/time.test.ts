import { evaluate, failure } from './run-handler';

const time = (call: string): unknown => evaluate(`util.time.${call}`);

/** Source of the first block: the examples of AWS's documentation of util.time. */
it.each([
  ['nowISO8601()', '2018-02-06T19:01:35.749Z'],
  ['nowEpochSeconds()', 1517943695],
  ['nowEpochMilliSeconds()', 1517943695749],
  [`nowFormatted('yyyy-MM-dd HH:mm:ssZ')`, '2018-02-06 19:01:35+0000'],
  [`nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')`, '2018-02-07 03:01:35+0800'],
  [`parseFormattedToEpochMilliSeconds('2018-02-01 01:19:15+0800', 'yyyy-MM-dd HH:mm:ssZ')`, 1517419155000],
  [`parseFormattedToEpochMilliSeconds('2018-02-01 01:19:15', 'yyyy-MM-dd HH:mm:ss', 'Australia/Perth')`, 1517419155000],
  [`parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')`, 1517476865180],
  ['epochMilliSecondsToSeconds(1517943695750)', 1517943695],
  ['epochMilliSecondsToISO8601(1517943695750)', '2018-02-06T19:01:35.750Z'],
  [`epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ')`, '2018-02-06 19:01:35+0000'],
  [`epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')`, '2018-02-07 03:01:35+0800'],
])('util.time.%s', (call, expected) => {
  expect(time(call)).toBe(expected);
});

describe('a pattern', () => {
  const sunday = Date.UTC(2017, 11, 31, 13, 4, 5, 67);

  it.each([
    ['YYYY-MM-dd', '2018-12-31'],
    ['uuuu-DDD', '2017-365'],
    ['yy G', '17 AD'],
    ['EEEE d MMMM', 'Sunday 31 December'],
    ['EEE MMM', 'Sun Dec'],
    ['w W e', '1 6 1'],
    ['h:mm a', '1:04 PM'],
    ['K k H', '1 13 13'],
    ['SSS SSSSSS n A', '067 067000 67000000 47045067'],
    ['Q QQQ QQQQ', '4 Q4 4th quarter'],
    ['X x Z ZZZZ O VV z', 'Z +00 +0000 GMT GMT UTC UTC'],
    [`'at' HH'h' ''`, `at 13h '`],
    ['yyyy[-MM]', '2017-12'],
  ])('%s prints %s', (pattern, expected) => {
    expect(time(`epochMilliSecondsToFormatted(${sunday}, ${JSON.stringify(pattern)})`)).toBe(expected);
  });

  it.each([
    ['America/New_York', 'X XXX O OOOO z zzzz VV', '-05 -05:00 GMT-5 GMT-05:00 EST Eastern Standard Time America/New_York'],
    ['Asia/Kolkata', 'X xxx O', '+0530 +05:30 GMT+5:30'],
    ['+08:00', 'HH XXX VV', '21 +08:00 +08:00'],
    ['UTC-3', 'HH x', '10 -03'],
  ])('prints the zone %s', (zone, pattern, expected) => {
    expect(time(`epochMilliSecondsToFormatted(${sunday}, '${pattern}', '${zone}')`)).toBe(expected);
  });

  it.each([
    ['31 Dec 2017 1:04 PM UTC', 'd MMM yyyy h:mm a VV', Date.UTC(2017, 11, 31, 13, 4)],
    ['20171231130405.5Z', 'yyyyMMddHHmmss.SX', Date.UTC(2017, 11, 31, 13, 4, 5, 500)],
    ['2017-365T13:04-05:00', `yyyy-DDD'T'HH:mm[:ss]XXX`, Date.UTC(2017, 11, 31, 18, 4)],
    ['2018-07-01 12:00 Europe/Paris', 'yyyy-MM-dd HH:mm VV', Date.UTC(2018, 6, 1, 10)],
  ])('reads %s by %s', (text, pattern, expected) => {
    expect(time(`parseFormattedToEpochMilliSeconds(${JSON.stringify(text)}, ${JSON.stringify(pattern)})`)).toBe(expected);
  });

  it('moves a time that a zone skips ahead, and takes the earlier of one it has twice', () => {
    expect(time(`parseFormattedToEpochMilliSeconds('2021-03-14 02:30', 'yyyy-MM-dd HH:mm', 'America/New_York')`)).toBe(Date.UTC(2021, 2, 14, 7, 30));
    expect(time(`parseFormattedToEpochMilliSeconds('2021-11-07 01:30', 'yyyy-MM-dd HH:mm', 'America/New_York')`)).toBe(Date.UTC(2021, 10, 7, 5, 30));
  });
});

it.each([
  [`parseFormattedToEpochMilliSeconds('nope', 'yyyy', 'UTC')`, `Text 'nope' could not be parsed at index 0`],
  [`parseFormattedToEpochMilliSeconds('2018-01-01 00:00:00x', 'yyyy-MM-dd HH:mm:ss', 'UTC')`, `Text '2018-01-01 00:00:00x' could not be parsed, unparsed text found at index 19`],
  [`parseFormattedToEpochMilliSeconds('2018-01-01 00:00', 'yyyy-MM-dd HH:mm')`, `Text '2018-01-01 00:00' could not be parsed: Unable to obtain ZonedDateTime from TemporalAccessor`],
  [`parseFormattedToEpochMilliSeconds('2018-01-01 00:00', 'YYYY-MM-dd HH:mm', 'UTC')`, `Text '2018-01-01 00:00' could not be parsed: Unable to obtain ZonedDateTime from TemporalAccessor`],
  [`parseFormattedToEpochMilliSeconds('2018-01-01 01:00', 'yyyy-MM-dd hh:mm', 'UTC')`, `Text '2018-01-01 01:00' could not be parsed: Unable to obtain ZonedDateTime from TemporalAccessor`],
  [`parseFormattedToEpochMilliSeconds('2018-01-01', 'yyyy-MM-dd', 'UTC')`, `Text '2018-01-01' could not be parsed: Unable to obtain ZonedDateTime from TemporalAccessor`],
  [`parseFormattedToEpochMilliSeconds('2018-02-30 00:00', 'yyyy-MM-dd HH:mm', 'UTC')`, `Text '2018-02-30 00:00' could not be parsed: Invalid date or time`],
  [`parseISO8601ToEpochMilliSeconds('2018-02-01')`, `Text '2018-02-01' could not be parsed at index 0`],
  [`nowFormatted('yyyy-bb')`, 'Unknown pattern letter: b'],
  [`nowFormatted('yyyy', 'Mars/Base')`, 'Unknown time-zone ID: Mars/Base'],
  [`epochMilliSecondsToISO8601(9e15)`, 'Expected epoch milliseconds, got 9000000000000000.'],
])('util.time.%s fails', (call, message) => {
  expect(failure(`util.time.${call}`)).toBe(`code.js:3:18: ${message}`);
});
