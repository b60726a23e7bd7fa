/** Debian's Chromium, or whichever Chrome is here, driven without a window. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The browser's program; undefined when there is none, and the tests of pages are skipped. `CHROMIUM_PATH` names one that is elsewhere. */
export const browserPath = [process.env.CHROMIUM_PATH ?? '', ...candidates].find((path) => path !== '' && existsSync(path));

export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('no Chromium is installed');
  return chromium.launch({
    executablePath: browserPath,
    // Chromium looks up and calls home at its start unless told not to.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
