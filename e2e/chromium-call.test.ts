// Calls that Chromium makes with offers of its own, without any client of ours. Where a statement speaks of Firefox as
// well, it is tested for Chromium alone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { LocalGateway } from './local-gateway.ts';
import { TONE_HZ, callFromPage, protocolInUse, somethingIsHeard, toneReturns } from './page-call.ts';
import type { PageAnswer, PageOffer } from './page-call.ts';
import { hasSpeechPrograms } from './speech.ts';

const TOKEN = 'parley-demo-webrtc-token';
const gateway = new LocalGateway({
  voice: {
    iceTcp: true,
    ice: {
      stun: ['stun:127.0.0.1:3478'],
      turn: {
        urls: [
          'turn:127.0.0.1:3478?transport=udp',
          'turn:127.0.0.1:3478?transport=tcp',
          'turns:127.0.0.1:443?transport=tcp',
        ],
        secrets: ['a secret of TURN server and gateway'],
      },
    },
  },
});
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser(['--autoplay-policy=no-user-gesture-required']);
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${gateway.port}/health`);
});

afterEach(() => page.close());

function call(offer: PageOffer): Promise<PageAnswer> {
  return page.evaluate(callFromPage, { offer, hz: TONE_HZ });
}

/** The m-lines of an answer: kind and port. */
function mediaOf({ sdp }: PageAnswer): string[] {
  return [...sdp.matchAll(/^m=(\w+ \d+)/gm)].map(([, line]) => line ?? '');
}

describe('an echo call', () => {
  it('VOX-025 VOX-033 is answered to the browser’s liking, and returns a tone within 500 ms', async () => {
    await call({ mode: 'echo', media: ['audio'] });
    // The first comes through buffers that are still finding their length.
    const tookMs = [];
    for (let times = 0; times < 4; times += 1) tookMs.push(await page.evaluate(toneReturns, TONE_HZ));
    expect(Math.min(...tookMs)).toBeLessThan(500);
  });

  it('VOX-038 carries audio when video and data are offered as well, and rejects those', async () => {
    const answer = await call({ mode: 'echo', media: ['audio', 'video', 'data'] });
    expect(mediaOf(answer)).toEqual(['audio 9', 'video 0', 'application 0']);
    await page.evaluate(toneReturns, TONE_HZ);
  });

  it('carries audio over TCP for a browser whose network lets no UDP through', async () => {
    await call({ mode: 'echo', media: ['audio'], withoutUdp: true });
    await page.evaluate(toneReturns, TONE_HZ);
    expect(await page.evaluate(protocolInUse)).toBe('tcp');
  });

  it('VOX-039 carries audio when video is offered before it: that m-line is used and named by candidates', async () => {
    const answer = await call({ mode: 'echo', media: ['video', 'audio'] });
    expect(mediaOf(answer)).toEqual(['video 0', 'audio 9']);
    await page.evaluate(toneReturns, TONE_HZ);
    expect(answer.candidates.length).toBeGreaterThan(0);
    for (const candidate of answer.candidates) expect(candidate).toMatchObject({ sdpMid: '1', sdpMLineIndex: 1 });
  });
});

describe.runIf(hasSpeechPrograms())('a caller without a microphone', () => {
  it('VOX-040 is only sent audio, and hears the greeting', async () => {
    const answer = await call({ mode: 'traditional', media: ['audio'], direction: 'recvonly' });
    expect(answer.sdp.match(/^a=(sendrecv|sendonly|recvonly|inactive)\r$/gm)).toEqual(['a=sendonly\r']);
    await page.evaluate(somethingIsHeard);
  });
});

describe('the ICE servers', () => {
  it('VOX-085 are taken by a connection as they are', async () => {
    const servers = await page.evaluate(async (token) => {
      const answer = await fetch(`/api/v1/ice-servers?token=${token}`);
      const { iceServers } = (await answer.json()) as { iceServers: RTCIceServer[] };
      return new RTCPeerConnection({ iceServers }).getConfiguration().iceServers?.length;
    }, TOKEN);
    expect(servers).toBe(2);
  });

  it('VOX-087 are given to pages of other origins, and not kept', async () => {
    const elsewhere = createServer((_request, response) => response.end('<title>Elsewhere</title>'));
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const answer = await page.evaluate(
      async ([url, token]) => {
        const response = await fetch(url ?? '', { headers: { authorization: `Bearer ${token}` } });
        return { status: response.status, cacheControl: response.headers.get('cache-control') };
      },
      [`http://127.0.0.1:${gateway.port}/api/v1/ice-servers`, TOKEN],
    );
    elsewhere.close();
    expect(answer).toEqual({ status: 200, cacheControl: 'no-store' });
  });
});
