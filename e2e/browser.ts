// Debian's Chromium, driven by the tests.
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Starts the browser that `npm test` found, else the one in its usual place. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
