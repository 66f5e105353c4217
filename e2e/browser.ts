// Debian's Chromium, driven by the tests.
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** A microphone that everybody may use, in a browser that asks nobody. It beeps, or plays a WAV file over and over. */
export function fakeMicrophone(wavFile?: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    ...(wavFile === undefined ? [] : [`--use-file-for-fake-audio-capture=${wavFile}`]),
  ];
}

/** Starts the browser that `npm test` found, else the one in its usual place. */
export function startBrowser(moreArgs: readonly string[] = []): Promise<Browser> {
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
      ...moreArgs,
    ],
  });
}
