/** The dashboard in a real browser, with devices simulated in a process of their own, as after `npm start` and `npm run iot:simulate`. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { cleanUp, type Dev, type Finished, root, start, type Started, startDev, temporaryFolder } from '../bin/cli-process';
import { browserPath, openBrowser } from './browser';

// CI installs a browser and must not pass without one.
const browserTest = browserPath !== undefined || process.env.CI ? describe : describe.skip;

const state = temporaryFolder();
let dev: Dev;

const simulate = (...args: string[]): Started => start(process.execPath, ['--import', 'tsx', join(root, 'bin', 'simulate-iot.ts'), '--state', state, ...args], { cwd: root });

beforeAll(async () => {
  dev = await startDev(['--app', 'node --import tsx bin/app.ts', '--seed', 'schema/seeds.json', '--pages', 'bin/pages', '--state', state], { cwd: root, withinMs: 60_000 });
});
afterAll(async () => {
  await dev?.stop();
  await cleanUp();
});

describe('the simulated fleet', () => {
  test('sends signed messages until it is told to stop, and says how many', async () => {
    const fleet = simulate('--devices', '3', '--rate', '200', '--past', '1', '--accidents', '0');
    await fleet.printed('3 devices send 200 messages a second to http://localhost');
    await fleet.printed(/\d+ messages sent/);
    const { code, stdout, stderr } = await fleet.stop();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // Each device registers and says that it is there; then come an hour of readings, and those of now.
    expect(Number(/(\d+) messages sent, [\d.]+ a second\n$/.exec(stdout)?.[1])).toBeGreaterThan(3 * 2);
  });

  test('stops after a time', async () => {
    expect(await simulate('--devices', '1', '--rate', '5', '--seconds', '1', '--past', '0', '--accidents', '0').finished()).toMatchObject({ code: 0, stderr: '' });
  });

  test.each<[string, string[], Partial<Finished>]>([
    ['a number of devices that is none', ['--devices', 'many'], { code: 2, stderr: '--devices is a whole number from 1 to 9999, not "many"\n' }],
    ['an option that is none', ['--speed', '3'], { code: 2, stderr: "Unknown option '--speed'; --help lists the options\n" }],
  ])('refuses %s', async (_what, args, expected) => {
    expect(await simulate(...args).finished()).toMatchObject(expected);
  });

  test('says what to do when nothing runs', async () => {
    const empty = temporaryFolder();
    expect(await simulate('--state', empty).finished()).toEqual({
      code: 2,
      stdout: '',
      stderr: `no local API has been started from this folder (${join(empty, 'apis.json')} is missing): run "appsync-local dev" first, or name its folder with --state\n`,
    });
  });
});

browserTest('the dashboard', () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  const row = (name: string) => page.locator('#devices li', { hasText: name });
  /** How many readings the chart is made of. */
  const measured = async () => Number(await page.locator('#chart').getAttribute('data-points'));
  const measuredOtherThan = (points: number) => page.locator(`#chart[data-points]:not([data-points="${points}"])`).waitFor({ timeout: 60_000 });

  beforeAll(async () => {
    browser = await openBrowser();
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(dev.ready.apis.find(({ name }) => name === 'Iot')!.httpsUrl.replace(/graphql$/, ''));
    await page.getByLabel('Name', { exact: true }).fill('ada');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.locator('#connection[data-state="Connected"]').waitFor({ timeout: 60_000 });
  });
  afterAll(() => browser?.close());

  test('lists devices with their status, by site and by what is searched', async () => {
    await row('Freezer 2').waitFor();
    expect(await row('Freezer 2').innerText()).toMatch(/Freezer 2\s+rome · Warehouse\s+error/);

    await page.getByLabel('Site').selectOption('oslo');
    await row('Freezer 2').waitFor({ state: 'detached' });
    await page.getByLabel('Search devices').fill('gate');
    await row('Pump 1').waitFor({ state: 'detached' });
    expect(await page.locator('#devices li').allInnerTexts()).toEqual([expect.stringContaining('North gate')]);
    await page.getByLabel('Search devices').fill('');
    await page.getByLabel('Site').selectOption('');
    await row('Freezer 2').waitFor();
  });

  test('shows what a device measures as it comes, in its row and in the chart', async () => {
    await page.getByLabel('Search devices').fill('sim-0001');
    await row('Pump 0001').getByRole('button').click();
    await page.getByRole('heading', { name: 'Pump 0001' }).waitFor();
    await page.getByRole('img', { name: 'Temperature of Pump 0001' }).waitFor();
    const before = { points: await measured(), line: await page.locator('#chart .last').getAttribute('cx') };
    const fleet = simulate('--devices', '1', '--rate', '20', '--past', '2', '--accidents', '0');
    await measuredOtherThan(before.points);
    await page.locator('#devices li[data-status="ONLINE"]', { hasText: 'Pump 0001' }).waitFor();
    await fleet.stop();

    expect(await measured()).toBeGreaterThan(before.points);
    expect(await row('Pump 0001').innerText()).toMatch(/\d\d\.\d °C/);
    expect(await page.locator('#chart .last').getAttribute('cx')).not.toBe(before.line);
    await page.getByRole('group', { name: 'Metrics' }).getByRole('button', { name: /Battery/ }).click();
    await page.getByRole('img', { name: 'Battery of Pump 0001' }).waitFor();
    const inAnHour = await measured();
    await page.getByRole('group', { name: 'Hours' }).getByRole('button', { name: '6 h' }).click();
    await measuredOtherThan(inAnHour);

    // What was measured more than an hour before the fleet was started.
    expect(await measured()).toBeGreaterThan(inAnHour);
  });

  test('shows an alert as soon as something is out of the ordinary, and leads to its device', async () => {
    await page.getByLabel('Search devices').fill('');
    expect(await page.locator('#alerts li').count()).toBe(0);
    const fleet = simulate('--devices', '2', '--rate', '20', '--past', '0', '--accidents', '1');
    const alert = page.locator('#alerts li[data-severity="CRITICAL"]', { hasText: 'Cold store 0002' }).first();
    await alert.waitFor({ timeout: 60_000 });
    await fleet.stop();

    expect(await alert.innerText()).toMatch(/Cold store 0002\s+Temperature [67]\d(\.\d)? °C\s+above 60 °C · rome/);
    await alert.getByRole('button').click();
    await page.getByRole('heading', { name: 'Cold store 0002' }).waitFor();
    await page.getByRole('img', { name: 'Temperature of Cold store 0002' }).waitFor();
  });

  test.each([
    [1_000, 600],
    [390, 844],
  ])('fits a window of %i × %i', async (width, height) => {
    await page.setViewportSize({ width, height });
    const figure = await page.locator('#chart').boundingBox();
    await page.locator(`#chart svg[width="${Math.round(figure?.width ?? 0)}"]`).waitFor();

    expect(figure?.height).toBeGreaterThan(150);
    expect(await page.evaluate(() => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth)).toBe(width);
  });

  test('has thrown no error', () => expect(problems).toEqual([]));
});
