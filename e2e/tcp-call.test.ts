// A call from a network that lets no UDP through: Chromium reaches the gateway's TCP port.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { LocalGateway } from './local-gateway.ts';
import { TONE_HZ, callFromPage, toneReturns } from './page-call.ts';
import type { PageOffer } from './page-call.ts';

const withoutUdp: PageOffer = { mode: 'echo', media: ['audio'], withoutUdp: true };
const gateway = new LocalGateway({ voice: { iceTcp: true } });
let browser: Browser;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser(['--autoplay-policy=no-user-gesture-required']);
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

it('a browser without UDP hears its own tone back over TCP', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${gateway.port}/health`);
  await page.evaluate(callFromPage, { offer: withoutUdp, hz: TONE_HZ });
  await page.evaluate(toneReturns, TONE_HZ);
  expect(await page.evaluate(protocolInUse)).toBe('tcp');
});

// Runs in the page.
async function protocolInUse(): Promise<string | undefined> {
  const stats = [...(await window.placed.peer.getStats()).values()];
  const transport = stats.find(({ type }) => type === 'transport');
  const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
  return stats.find(({ id }) => id === pair?.localCandidateId)?.protocol;
}
