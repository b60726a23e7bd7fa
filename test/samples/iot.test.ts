/** The fleet from end to end: the stack as it is synthesized, run by the test harness. Function, event bus and rule are the real ones. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { alertSelection, deviceSelection } from '../../bin/samples/iot-selections';
import { IotStack } from '../../bin/samples/iot';
import { iam, startLocalApi, type TestApi, type TestClient, userPool } from '../../lib/local';
import type { Alert, Device, DeviceHistory } from '../../resolvers/iot/schema-types';

const noon = '2026-11-22T12:00:00.000Z';
const outdir = mkdtempSync(join(tmpdir(), 'iot-'));

let api: TestApi;
/** The rules of IoT and EventBridge. */
let backend: TestClient;
/** At a dashboard. */
let user: TestClient;

beforeAll(async () => {
  api = await startLocalApi(new IotStack(new App({ outdir }), 'Iot'));
});
beforeEach(() => {
  api.clock.set(noon);
  backend = api.as(iam());
  user = api.as(userPool({ username: 'ada' }));
});
afterEach(() => api.reset());
afterAll(async () => {
  await api?.close();
  rmSync(outdir, { recursive: true, force: true });
});

const register = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { ${deviceSelection} } }`;
const report = `mutation ($deviceId: ID!, $recordedAt: AWSDateTime!, $metrics: DeviceMetricsInput!) {
  updateDeviceMetrics(deviceId: $deviceId, recordedAt: $recordedAt, metrics: $metrics) { ${deviceSelection} }
}`;
const setStatus = `mutation ($deviceId: ID!, $status: DeviceStatus!, $changedAt: AWSDateTime!) {
  updateDeviceStatus(deviceId: $deviceId, status: $status, changedAt: $changedAt) { ${deviceSelection} }
}`;
const raise = `mutation ($input: RaiseAlertInput!) { raiseAlert(input: $input) { ${alertSelection} } }`;
const getDevice = `query ($id: ID!) { getDevice(id: $id) { ${deviceSelection} } }`;
const listDevices = 'query ($site: ID, $status: DeviceStatus, $limit: Int, $nextToken: String) { listDevices(site: $site, status: $status, limit: $limit, nextToken: $nextToken) { items { id status metrics { temperature } } nextToken } }';
const getHistory = 'query ($deviceId: ID!, $hours: Int!, $limit: Int, $nextToken: String) { getDeviceHistory(deviceId: $deviceId, hours: $hours, limit: $limit, nextToken: $nextToken) { items { recordedAt temperature } nextToken } }';
const listAlerts = `query ($site: ID!, $limit: Int, $nextToken: String) { listAlerts(site: $site, limit: $limit, nextToken: $nextToken) { items { ${alertSelection} } nextToken } }`;

const newDevice = (id: string, site = 'oslo') => backend.mutate<Device>(register, { input: { id, name: `Pump ${id}`, site, location: 'Hall 1' } });

/** A reading some minutes before noon, or after it. */
const measure = (deviceId: string, minutes: number, metrics: object) => backend.mutate<Device>(report, { deviceId, recordedAt: at(minutes), metrics });

function at(minutes: number): string {
  return new Date(Date.parse(noon) + minutes * 60_000).toISOString();
}

/** The one error of an answer. */
async function refusal(client: TestClient, document: string, variables: object): Promise<{ errorType: string | null | undefined; message: string }> {
  const { errors = [] } = await client.execute(document, variables as Record<string, unknown>);
  expect(errors).toHaveLength(1);
  return { errorType: errors[0]?.errorType, message: errors[0]?.message ?? '' };
}

/** How often the last request has asked a data source: a step that did is shown with its time. */
function asked(dataSource: string): number {
  return api.lastTrace?.toString().match(new RegExp(`→ ${dataSource} .* ms$`, 'gm'))?.length ?? 0;
}

/** The alerts of a site, once there are as many: a rule of EventBridge raises them after the reading was answered. */
async function alertsOf(site: string, work: () => Promise<unknown>, count = 1): Promise<Alert[]> {
  await using feed = await user.subscribe<Alert>(`subscription ($site: ID) { onAlert(site: $site) { ${alertSelection} } }`, { site });
  await work();
  for (let raised = 0; raised < count; raised++) await feed.next({ timeoutMs: 4_000 });
  return (await user.query<{ items: Alert[] }>(listAlerts, { site })).items;
}

describe('a device', () => {
  it('is registered once, and shows nothing until it has measured something', async () => {
    expect(await newDevice('pump-1')).toEqual({ id: 'pump-1', name: 'Pump pump-1', site: 'oslo', location: 'Hall 1', status: 'OFFLINE', statusChangedAt: noon, lastSeen: null, metrics: null });
    expect(await backend.mutate(register, { input: { id: 'pump-1', name: 'Another', site: 'rome', location: 'Roof' } })).toMatchObject({ name: 'Pump pump-1', site: 'oslo' });
    expect(await user.query(getDevice, { id: 'pump-1' })).toMatchObject({ name: 'Pump pump-1', location: 'Hall 1' });
    expect(await user.query(getDevice, { id: 'pump-2' })).toBeNull();
  });

  it.each([
    ['an id with a separator', { id: 'a#2026-11-22' }, '"id" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got "a#2026-11-22"'],
    ['an id in capitals', { id: 'Pump' }, '"id" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got "Pump"'],
    ['no id', { id: '' }, '"id" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got ""'],
    ['a site with a blank', { site: 'new york' }, '"site" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got "new york"'],
    ['a blank name', { name: '  ' }, '"name" must have 1 to 80 characters, got 0'],
    ['a long location', { location: 'x'.repeat(81) }, '"location" must have 1 to 80 characters, got 81'],
  ])('is not registered with %s', async (_what, wrong, message) => {
    expect(await refusal(backend, register, { input: { id: 'pump-1', name: 'Pump', site: 'oslo', location: 'Hall 1', ...wrong } })).toEqual({ errorType: 'BadRequest', message });
  });

  it('is found by site, by status, by both, or in the list of all, page by page', async () => {
    for (const [id, site] of [['a', 'oslo'], ['b', 'oslo'], ['c', 'oslo'], ['d', 'rome']] as const) await newDevice(id, site);
    for (const id of ['b', 'd']) await backend.mutate(setStatus, { deviceId: id, status: 'ONLINE', changedAt: at(1) });
    await measure('b', 0, { temperature: 21 });
    const found = async (variables: object) => {
      const ids: string[] = [];
      for (let nextToken: string | null = null; ; ) {
        const page: { items: Device[]; nextToken: string | null } = await user.query(listDevices, { ...variables, limit: 2, nextToken });
        ids.push(...page.items.map(({ id }) => id));
        if (page.nextToken === null) return ids;
        nextToken = page.nextToken;
      }
    };

    expect(await found({ site: 'oslo' })).toEqual(['a', 'b', 'c']);
    expect(await found({ status: 'ONLINE' })).toEqual(['b', 'd']);
    expect(await found({ site: 'oslo', status: 'ONLINE' })).toEqual(['b']);
    expect((await found({})).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await found({ site: 'bern' })).toEqual([]);
    expect((await user.query<{ items: Device[] }>(listDevices, { status: 'ONLINE' })).items[0]).toEqual({ id: 'b', status: 'ONLINE', metrics: { temperature: 21 } });
    expect(await refusal(user, listDevices, { limit: 101 })).toEqual({ errorType: 'BadRequest', message: '"limit" must be between 1 and 100, got 101' });
  });

  it('changes its status in the order of what happened, not of what arrived', async () => {
    await newDevice('pump-1');
    await backend.mutate(setStatus, { deviceId: 'pump-1', status: 'OFFLINE', changedAt: at(3) });

    expect(await backend.mutate(setStatus, { deviceId: 'pump-1', status: 'ONLINE', changedAt: at(2) })).toMatchObject({ status: 'OFFLINE', statusChangedAt: at(3) });
    expect(await backend.mutate(setStatus, { deviceId: 'pump-1', status: 'MAINTENANCE', changedAt: '2026-11-22T13:04:00+01:00' })).toMatchObject({ status: 'MAINTENANCE', statusChangedAt: at(4) });
    expect(await refusal(backend, setStatus, { deviceId: 'pump-9', status: 'ONLINE', changedAt: at(2) })).toEqual({ errorType: 'NotFound', message: 'there is no device "pump-9"' });
  });
});

describe('who may do what', () => {
  const unauthorized = (field: string, type: string) => ({ errorType: 'Unauthorized', message: `Not Authorized to access ${field} on type ${type}` });

  it.each([
    ['registerDevice', register, { input: { id: 'a', name: 'A', site: 'oslo', location: 'Hall' } }],
    ['updateDeviceMetrics', report, { deviceId: 'a', recordedAt: noon, metrics: { battery: 1 } }],
    ['updateDeviceStatus', setStatus, { deviceId: 'a', status: 'ONLINE', changedAt: noon }],
    ['raiseAlert', raise, { input: { site: 'oslo', deviceId: 'a', deviceName: 'A', metric: 'battery', kind: 'LOW', severity: 'CRITICAL', value: 1, expected: 15, recordedAt: noon } }],
  ])('people do not call %s', async (field, document, variables) => {
    expect(await refusal(user, document, variables)).toEqual(unauthorized(field, 'Mutation'));
  });

  it('backends do not read or subscribe', async () => {
    expect(await refusal(backend, getDevice, { id: 'a' })).toEqual(unauthorized('getDevice', 'Query'));
    await expect(backend.subscribe('subscription { onDeviceStatusChanged { id } }')).rejects.toThrow('Not Authorized to access onDeviceStatusChanged on type Subscription');
  });
});

describe('a reading', () => {
  beforeEach(() => newDevice('pump-1'));

  it('is what the device shows, as a whole', async () => {
    await measure('pump-1', 0, { temperature: 21.5, humidity: 40, battery: 90, signalStrength: -60 });

    expect(await measure('pump-1', 1, { temperature: 22 })).toMatchObject({ lastSeen: at(1), metrics: { recordedAt: at(1), temperature: 22, humidity: null, battery: null, signalStrength: null } });
  });

  it('that comes late is part of the history, and not shown', async () => {
    await measure('pump-1', 0, { temperature: 22 });

    expect(await measure('pump-1', -1, { temperature: 21 })).toMatchObject({ lastSeen: at(0), metrics: { temperature: 22 } });
    expect((await user.query<DeviceHistory>(getHistory, { deviceId: 'pump-1', hours: 1 })).items.map(({ temperature }) => temperature)).toEqual([22, 21]);
  });

  it('that comes twice is kept once, however its time is written', async () => {
    const first = await measure('pump-1', 0, { temperature: 22 });
    const second = await backend.mutate(report, { deviceId: 'pump-1', recordedAt: '2026-11-22T13:00:00+01:00', metrics: { temperature: 22 } });

    expect(second).toEqual(first);
    expect(await api.table('History').items()).toEqual([{ series: 'pump-1#2026-11-22', recordedAt: noon, temperature: 22, expiresAt: Date.parse(noon) / 1_000 + 30 * 86_400 }]);
    expect(await api.table('Devices').get({ id: 'pump-1' })).toMatchObject({ usual: { temperature: { count: 1 } } });
  });

  it.each([
    [{ temperature: 150.1 }, '"temperature" must be between -90 and 150 °C, got 150.1'],
    [{ humidity: -1 }, '"humidity" must be between 0 and 100 %, got -1'],
    [{ battery: 101 }, '"battery" must be between 0 and 100 %, got 101'],
    [{ signalStrength: 1 }, '"signalStrength" must be between -130 and 0 dBm, got 1'],
    [{}, '"metrics" must have at least one value'],
    [{ temperature: null }, '"metrics" must have at least one value'],
  ])('of %j is refused', async (metrics, message) => {
    expect(await refusal(backend, report, { deviceId: 'pump-1', recordedAt: noon, metrics })).toEqual({ errorType: 'BadRequest', message });
    expect(await api.table('History').items()).toEqual([]);
  });

  it('at the edge of a range is taken', async () => {
    expect(await measure('pump-1', 0, { temperature: -90, humidity: 0, battery: 100, signalStrength: 0 })).toMatchObject({ metrics: { temperature: -90, humidity: 0, battery: 100, signalStrength: 0 } });
  });

  it.each([6, -30 * 24 * 60 - 1])('of a time %i minutes from now is refused', async (minutes) => {
    expect(await refusal(backend, report, { deviceId: 'pump-1', recordedAt: at(minutes), metrics: { battery: 50 } })).toEqual({
      errorType: 'BadRequest',
      message: `"recordedAt" must be within the last 30 days and not more than five minutes ahead, got "${at(minutes)}"`,
    });
  });

  it('of a device that nobody knows is refused', async () => {
    expect(await refusal(backend, report, { deviceId: 'pump-9', recordedAt: noon, metrics: { battery: 50 } })).toEqual({ errorType: 'NotFound', message: 'there is no device "pump-9"' });
  });
});

describe('the history', () => {
  const hour = 60;
  const page = (variables: object) => user.query<DeviceHistory>(getHistory, { deviceId: 'pump-1', hours: 720, ...variables });

  beforeEach(async () => {
    for (const id of ['pump-1', 'pump-2']) await newDevice(id);
    // Around two midnights, and long ago.
    for (const hours of [-480, -37, -36, -13, -12, -11, 0]) await measure('pump-1', hours * hour, { temperature: hours / 10 });
    await measure('pump-2', 0, { temperature: 99 });
  });

  it('is that of the last hours, newest first, also over midnight', async () => {
    expect(await page({ hours: 13 })).toEqual({ items: [0, -11, -12, -13].map((hours) => ({ recordedAt: at(hours * hour), temperature: hours / 10 })), nextToken: null });
    expect(asked('History')).toBe(2);
  });

  it('of hours within a day asks for one partition', async () => {
    expect((await page({ hours: 11 })).items).toHaveLength(2);
    expect(asked('History')).toBe(1);
  });

  it.each([1, 2, 3, 100])('goes back page by page of %i, over days without readings', async (limit) => {
    const times: string[] = [];
    let pages = 0;
    for (let nextToken: string | null | undefined = null; nextToken !== undefined && pages < 50; pages++) {
      const found: DeviceHistory = await page({ limit, nextToken });
      expect(found.items.length).toBeLessThanOrEqual(limit);
      times.push(...found.items.map(({ recordedAt }) => recordedAt));
      nextToken = found.nextToken ?? undefined;
    }

    expect(times).toEqual([0, -11, -12, -13, -36, -37, -480].map((hours) => at(hours * hour)));
    expect(pages).toBeLessThan(30);
  });
});

describe('the part of a history that is asked for', () => {
  it.each([
    [{ hours: 0 }, '"hours" must be between 1 and 720, got 0'],
    [{ hours: 721 }, '"hours" must be between 1 and 720, got 721'],
    [{ limit: 1_001 }, '"limit" must be between 1 and 1000, got 1001'],
    [{ nextToken: 'yesterday' }, '"nextToken" is none of this history'],
    [{ deviceId: 'pump-1#2026' }, '"deviceId" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got "pump-1#2026"'],
  ])('is not given for %j', async (wrong, message) => {
    expect(await refusal(user, getHistory, { deviceId: 'pump-1', hours: 1, ...wrong })).toEqual({ errorType: 'BadRequest', message });
  });
});

describe('an alert', () => {
  beforeEach(() => newDevice('pump-1'));

  it('is raised when a limit is crossed, and not again beyond it', async () => {
    const alerts = await alertsOf('oslo', async () => {
      await measure('pump-1', 0, { temperature: 61, battery: 90 });
      await measure('pump-1', 1, { temperature: 62, battery: 14 });
    }, 2);

    const common = { site: 'oslo', deviceId: 'pump-1', deviceName: 'Pump pump-1', severity: 'CRITICAL' };
    expect(alerts).toEqual([
      { ...common, id: `${at(1)}#pump-1#battery#LOW`, metric: 'battery', kind: 'LOW', value: 14, expected: 15, recordedAt: at(1) },
      { ...common, id: `${noon}#pump-1#temperature#HIGH`, metric: 'temperature', kind: 'HIGH', value: 61, expected: 60, recordedAt: noon },
    ]);
  });

  it('is raised when a value is far from what is usual', async () => {
    const alerts = await alertsOf('oslo', async () => {
      for (let minute = -20; minute < 0; minute++) await measure('pump-1', minute, { temperature: minute % 2 === 0 ? 20 : 21 });
      await measure('pump-1', 0, { temperature: 30 });
    });

    expect(alerts).toMatchObject([{ metric: 'temperature', kind: 'UNUSUAL', severity: 'WARNING', value: 30, expected: 20.5, recordedAt: noon }]);
  });

  it('is not raised by what came late', async () => {
    await measure('pump-1', 0, { temperature: 20 });
    await measure('pump-1', -1, { temperature: 90 });

    expect(asked('MetricsProcessor')).toBe(0);
    expect(await api.table('Alerts').items()).toEqual([]);
  });

  it('is not lost, nor raised twice, when a message fails on its way and is sent again', async () => {
    const mend = api.stub('Events', async () => {
      throw Object.assign(new Error('try again'), { type: 'EventBridge:InternalException' });
    });
    const message = { deviceId: 'pump-1', recordedAt: noon, metrics: { temperature: 70 } };
    expect(await refusal(backend, report, message)).toEqual({ errorType: 'EventBridge:InternalException', message: 'try again' });
    mend();

    const alerts = await alertsOf('oslo', async () => {
      await backend.mutate(report, message);
      await backend.mutate(report, message);
    });
    expect(alerts).toHaveLength(1);
    const [alert] = alerts;
    const input = { site: 'oslo', deviceId: 'pump-1', deviceName: 'Pump pump-1', metric: 'temperature', kind: 'HIGH', severity: 'CRITICAL', value: 70, expected: 60, recordedAt: noon };
    expect(alert).toEqual({ ...input, id: expect.any(String) });
    expect(await backend.mutate(raise, { input })).toEqual(alert);
    expect(await api.table('Alerts').items()).toEqual([{ ...alert, expiresAt: Date.parse(noon) / 1_000 + 30 * 86_400 }]);
  });

  it('of a site is found there, newest first, page by page', async () => {
    await newDevice('pump-2', 'rome');
    const alert = (deviceId: string, site: string, minutes: number) => ({ input: { site, deviceId, deviceName: 'Pump', metric: 'battery', kind: 'LOW', severity: 'CRITICAL', value: 3, expected: 15, recordedAt: at(minutes) } });
    for (const minutes of [-3, -1, -2]) await backend.mutate(raise, alert('pump-1', 'oslo', minutes));
    await backend.mutate(raise, alert('pump-2', 'rome', 0));
    const first = await user.query<{ items: Alert[]; nextToken: string }>(listAlerts, { site: 'oslo', limit: 2 });
    const second = await user.query<{ items: Alert[] }>(listAlerts, { site: 'oslo', limit: 2, nextToken: first.nextToken });

    expect([...first.items, ...second.items].map(({ recordedAt }) => recordedAt)).toEqual([at(-1), at(-2), at(-3)]);
  });
});

describe('a dashboard', () => {
  const device = '{ id site status metrics { temperature } }';

  beforeEach(async () => {
    await newDevice('pump-1');
    await newDevice('pump-2', 'rome');
  });

  it('hears what one device measures', async () => {
    const feed = await user.subscribe(`subscription { onDeviceUpdate(deviceId: "pump-1") ${device} }`);
    await measure('pump-2', 0, { temperature: 1 });
    await measure('pump-1', 0, { temperature: 2 });

    expect(await feed.next()).toEqual({ id: 'pump-1', site: 'oslo', status: 'OFFLINE', metrics: { temperature: 2 } });
    expect(feed.arrived).toEqual([]);
  });

  it('hears of a site, or of all', async () => {
    const rome = await user.subscribe<Device>(`subscription { onSiteUpdate(site: "rome") ${device} }`);
    const all = await user.subscribe<Device>(`subscription { onSiteUpdate ${device} }`);
    await measure('pump-1', 0, { temperature: 1 });
    await measure('pump-2', 0, { temperature: 2 });
    await newDevice('pump-3', 'rome');

    expect([(await rome.next()).id, (await rome.next()).id]).toEqual(['pump-2', 'pump-3']);
    expect([(await all.next()).id, (await all.next()).id, (await all.next()).id]).toEqual(['pump-1', 'pump-2', 'pump-3']);
  });

  it('hears which devices come and go, without an argument', async () => {
    const feed = await user.subscribe(`subscription { onDeviceStatusChanged { id status } }`);
    await measure('pump-1', 0, { temperature: 1 });
    for (const deviceId of ['pump-1', 'pump-2']) await backend.mutate(setStatus, { deviceId, status: 'ONLINE', changedAt: at(1) });

    expect([await feed.next(), await feed.next()]).toEqual([{ id: 'pump-1', status: 'ONLINE' }, { id: 'pump-2', status: 'ONLINE' }]);
  });

  it('hears alerts by site and severity', async () => {
    const critical = await user.subscribe<Alert>('subscription { onAlert(severity: CRITICAL) { deviceId site severity } }');
    const warnings = await user.subscribe<Alert>('subscription { onAlert(site: "rome", severity: WARNING) { deviceId site severity } }');
    const alert = (deviceId: string, site: string, kind: string, severity: string) => ({ input: { site, deviceId, deviceName: 'Pump', metric: 'battery', kind, severity, value: 3, expected: 15, recordedAt: noon } });
    await backend.mutate(raise, alert('pump-1', 'oslo', 'LOW', 'CRITICAL'));
    await backend.mutate(raise, alert('pump-1', 'oslo', 'UNUSUAL', 'WARNING'));
    await backend.mutate(raise, alert('pump-2', 'rome', 'UNUSUAL', 'WARNING'));

    expect(await critical.next()).toEqual({ deviceId: 'pump-1', site: 'oslo', severity: 'CRITICAL' });
    expect(await warnings.next()).toEqual({ deviceId: 'pump-2', site: 'rome', severity: 'WARNING' });
    expect([...critical.arrived, ...warnings.arrived]).toEqual([]);
  });
});
