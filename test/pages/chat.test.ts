/** The chat page in a real browser, as people use it after `npm start`: two windows, and a server that goes away and comes back. */
import type { Browser, Page } from 'playwright-core';
import { cleanUp, type Dev, root, startDev, temporaryFolder } from '../bin/cli-process';
import { browserPath, openBrowser } from './browser';

// CI installs a browser and must not pass without one.
const browserTest = browserPath !== undefined || process.env.CI ? describe : describe.skip;

browserTest('chat', () => {
  let dev: Dev;
  let browser: Browser;
  let alice: Page;
  let bob: Page;
  const state = temporaryFolder();
  const problems: string[] = [];
  const serve = (port: string) => startDev(['--app', 'node --import tsx bin/app.ts', '--seed', 'schema/seeds.json', '--pages', 'bin/pages', '--state', state, '--port', port], { cwd: root, withinMs: 60_000 });
  const chatUrl = () => dev.ready.apis.find(({ name }) => name === 'Chat')!.httpsUrl.replace(/graphql$/, '');

  /** A window of its own, signed in. */
  async function enter(username: string, tenant: string): Promise<Page> {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(chatUrl());
    await page.getByLabel('Name', { exact: true }).fill(username);
    await page.getByLabel('Tenant').selectOption(tenant);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.locator('#rooms button').first().waitFor();
    return page;
  }

  async function openRoom(page: Page, name: string): Promise<void> {
    await page.locator('#rooms').getByRole('button', { name }).click();
    await page.locator('#send input:enabled').waitFor();
    await connected(page);
  }

  const connected = (page: Page) => page.locator('#connection[data-state="Connected"]').waitFor({ timeout: 60_000 });

  async function say(page: Page, content: string): Promise<void> {
    await page.getByLabel('Message', { exact: true }).fill(content);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  const heard = (page: Page, content: string) => page.locator('#messages li', { hasText: content }).waitFor();

  beforeAll(async () => {
    browser = await openBrowser();
    dev = await serve('0');
    alice = await enter('alice', 'acme');
    bob = await enter('bob', 'acme');
  });
  afterAll(async () => {
    await browser?.close();
    await cleanUp();
  });

  test('two people talk in a room, and see who is there and who is typing', async () => {
    await openRoom(alice, 'General');
    await heard(alice, 'Welcome to Acme.');
    await openRoom(bob, 'General');
    await alice.locator('#members li', { hasText: 'bob' }).waitFor();

    await bob.getByLabel('Message', { exact: true }).pressSequentially('Hello');
    await alice.getByText('bob is typing').waitFor();
    await say(bob, 'Hello Alice');
    await heard(alice, 'Hello Alice');
    await say(alice, '<b>Hello</b> Bob');
    await heard(bob, '<b>Hello</b> Bob');

    expect(await bob.locator('#messages b').count()).toBe(0);
    expect(await alice.locator('#messages li.mine').allInnerTexts()).toEqual([expect.stringContaining('<b>Hello</b> Bob')]);
  });

  test('another tenant sees none of it', async () => {
    const mallory = await enter('mallory', 'globex');
    expect(await mallory.locator('#rooms button').allInnerTexts()).toEqual(['General']);
    await openRoom(mallory, 'General');
    await heard(mallory, 'Welcome to Globex.');
    await say(alice, 'For Acme only');
    await heard(bob, 'For Acme only');
    await say(mallory, 'Anybody?');
    await heard(mallory, 'Anybody?');

    expect(await mallory.locator('#messages li').count()).toBe(2);
    await mallory.context().close();
  });

  test('who is removed from a room is out at once', async () => {
    await alice.getByPlaceholder('New room').fill('Secret plans');
    await alice.getByRole('button', { name: 'Make' }).click();
    await alice.locator('#rooms button[aria-current]', { hasText: 'Secret plans' }).waitFor();
    // As when bob comes back to the window.
    await bob.evaluate(() => (globalThis as unknown as EventTarget).dispatchEvent(new Event('focus')));
    await openRoom(bob, 'Secret plans');
    await alice.getByTitle('Remove bob').click();

    await bob.getByText('You were removed from this room.').waitFor();
    expect(await bob.locator('#send input').isDisabled()).toBe(true);
  });

  test('messages of one person in a row stand under one name, below the day', async () => {
    await openRoom(alice, 'Lunch');
    await openRoom(bob, 'Lunch');
    for (const content of ['Soup again?', 'I had it yesterday.']) await say(bob, content);
    await heard(alice, 'I had it yesterday.');

    const shown = (selector: string) => alice.locator(`#messages ${selector}`).filter({ visible: true }).allInnerTexts();
    expect(await shown('.who')).toEqual([expect.stringMatching(/^office · /), expect.stringMatching(/^bob · /)]);
    expect(await shown('.day')).toEqual([expect.stringContaining('June 2'), expect.not.stringContaining('June 2')]);
    expect(await shown('p')).toEqual(['Soup today: tomato.', 'Soup again?', 'I had it yesterday.']);
  });

  test('the room that is chosen last is open, however late another one answers', async () => {
    let letGo = (): void => undefined;
    const later = new Promise<void>((resolve) => (letGo = resolve));
    let isHeld = false;
    await alice.route(/graphql$/, async (route) => {
      if (!isHeld && route.request().postData()?.includes('joinChatRoom')) {
        isHeld = true;
        await later;
      }
      await route.continue();
    });
    await alice.locator('#rooms').getByRole('button', { name: 'Lunch' }).click();
    await openRoom(alice, 'General');
    const answered = alice.waitForResponse((response) => response.request().postData()?.includes('getChatRoom') === true);
    letGo();
    await answered;
    await alice.unroute(/graphql$/);

    await openRoom(bob, 'General');
    await say(alice, 'This is General');
    await heard(bob, 'This is General');
    expect(await alice.locator('#room').innerText()).toBe('General');
    expect(await alice.locator('#messages li', { hasText: 'Soup' }).count()).toBe(0);
  });

  test('both are connected again after the server was away, and miss nothing', async () => {
    await openRoom(alice, 'Lunch');
    await openRoom(bob, 'Lunch');
    const port = new URL(chatUrl()).port;
    await dev.stop('SIGKILL');
    for (const page of [alice, bob]) await page.locator('#connection:not([data-state="Connected"])').waitFor();
    await say(alice, 'Anybody there?');
    await alice.getByText('The local API does not answer.').waitFor();
    // Not sent, not lost.
    expect(await alice.getByLabel('Message', { exact: true }).inputValue()).toBe('Anybody there?');
    dev = await serve(port);
    await Promise.all([connected(alice), connected(bob)]);

    await say(alice, 'Pizza today?');
    await heard(bob, 'Pizza today?');
    await say(bob, 'Pizza!');
    await heard(alice, 'Pizza!');
  });

  test('the page has thrown no error', () => expect(problems).toEqual([]));
});
