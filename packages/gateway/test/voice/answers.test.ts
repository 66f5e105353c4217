// Answers to offers at the wire: what stands in them, and that there is one each.
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall } from './calling-house.ts';
import type { CallingHouse, OfferMembers } from './calling-house.ts';
import { offerNamed, offerNames } from './offers.ts';
import type { WireSignal } from './signaling-client.ts';

/** What comes back for an offer. */
async function answerTo(house: CallingHouse, sdp: string, members: OfferMembers = {}): Promise<WireSignal> {
  const line = await house.signaling();
  line.send(offerOf(sdp, members));
  return line.next(({ type }) => type === 'answer' || type === 'error');
}

/** The answer's SDP. */
async function sdpFor(sdp: string): Promise<string> {
  const { type, data } = await answerTo(await callingHouse(), sdp);
  expect(type).toBe('answer');
  return data.sdp as string;
}

describe('an answer', () => {
  it('VOX-030 names the call by a UUID of version 4 in lower case, another one each time', async () => {
    const house = await callingHouse();
    const ids = new Set<string>();
    for (let calls = 0; calls < 5; calls += 1) {
      const { sessionId } = await answerTo(house, offerNamed('bare-probe'));
      expect(sessionId).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      ids.add(sessionId);
    }
    expect(ids.size).toBe(5);
  });

  it('VOX-031 doesn’t wait for an agent that can’t be reached', async () => {
    const house = await callingHouse({ puppets: { beforeOpen: () => new Promise(() => {}) } });
    const { type } = await answerTo(house, offerNamed('chromium'), { mode: 'end-to-end' });
    expect(type).toBe('answer');
    expect(house.agents.puppets).toEqual([]);
  });

  it('VOX-032 comes once for each offer, over the whole call', async () => {
    const house = await callingHouse();
    const { line, sessionId, offer, caller } = await placeCall(house);
    line.send(
      offerOf(offer.replace(/^o=(\S+) (\d+) (\d+)/m, 'o=$1 $2 99').replace('a=sendrecv', 'a=inactive'), { sessionId }),
    );
    await line.settle();
    for (const candidate of await caller.candidates()) line.sendCandidate(sessionId, candidate);
    house.time.skip(40_000);
    await line.settle();
    line.send({ type: 'close', sessionId });
    await line.settle();
    expect(line.ofType('answer')).toHaveLength(2);
    expect(line.ofType('error')).toEqual([]);
  });

  it.each(offerNames)('takes the offer %s', async (name) => {
    const sdp = await sdpFor(offerNamed(name));
    const offered = offerNamed(name).match(/^m=\S+/gm);
    expect(sdp.match(/^m=\S+/gm)).toEqual(offered);
    expect(sdp).toMatch(/\r\n$/);
    expect(sdp.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('VOX-034 needs nothing but one Opus payload type', async () => {
    const offer = offerNamed('bare-probe');
    expect(offer).not.toMatch(/a=(msid|ssrc|extmap|candidate)/);
    expect(await sdpFor(offer)).toContain('opus/48000/2');
  });

  it.each([111, 109, 96])('VOX-035 VOX-036 has Opus on payload type %i, in mono, with FEC', async (payloadType) => {
    const offer = await makeCaller({ opusPayloadType: payloadType }).offer({ candidates: false });
    const sdp = await sdpFor(offer.replace(/(a=fmtp:\d+ .*)\r/, '$1;stereo=1;usedtx=1\r'));
    expect(sdp).toMatch(new RegExp(`^m=audio \\d+ \\S+ ${payloadType}\\r$`, 'm'));
    expect(sdp).toContain(`a=rtpmap:${payloadType} opus/48000/2\r\n`);
    const parameters = new RegExp(`^a=fmtp:${payloadType} (.*)\r$`, 'm').exec(sdp)?.[1]?.split(';');
    expect(parameters).toContain('useinbandfec=1');
    expect(parameters).not.toContain('stereo=1');
    expect(parameters).not.toContain('usedtx=1');
  });

  it.each(['chromium', 'firefox', 'bare-probe'] as const)(
    'VOX-037 says to %s what its transport needs',
    async (name) => {
      const offer = offerNamed(name);
      const sdp = await sdpFor(offer);
      expect(sdp).toContain('a=rtcp-mux\r\n');
      const mid = /^a=mid:(.*)\r$/m.exec(offer)?.[1];
      expect(/^a=mid:(.*)\r$/m.exec(sdp)?.[1]).toBe(mid);
      expect(sdp).toMatch(/^a=setup:(active|passive)\r$/m);
      expect(sdp).toMatch(/^a=fingerprint:sha-256 [\dA-F]{2}(:[\dA-F]{2}){31}\r$/m);
      expect(sdp).toMatch(/\r\n$/);
    },
  );

  it.each([
    ['without audio', (sdp: string) => sdp.slice(0, sdp.indexOf('m=audio'))],
    ['without Opus', (sdp: string) => sdp.replaceAll(/opus\/48000\/2/gi, 'PCMU/8000')],
    ['with audio that is switched off', (sdp: string) => sdp.replace(/m=audio \d+/, 'm=audio 0')],
    ['with video alone', (sdp: string) => sdp.replace('m=audio', 'm=video')],
  ])('VOX-041 to an offer %s is MEDIA_BRIDGE_FAILURE', async (_what, change) => {
    const house = await callingHouse();
    const { data } = await answerTo(house, change(offerNamed('chromium')), { callSid: 'call' });
    expect(data).toEqual({ code: 'MEDIA_BRIDGE_FAILURE', message: 'Media connection failed' });
    expect((await house.health()).activeSessions).toBe(0);
  });

  it('VOX-042 holds for a fingerprint of the whole session: the call connects', async () => {
    const house = await callingHouse();
    const caller = makeCaller();
    const line = await house.signaling();
    const offer = await caller.offer({ candidates: false });
    const fingerprint = /a=fingerprint:.*\r\n/.exec(offer)?.[0] ?? '';
    const sessionLevel = offer.replaceAll(fingerprint, '').replace('m=audio', `${fingerprint}m=audio`);
    expect(sessionLevel.indexOf('a=fingerprint')).toBeLessThan(sessionLevel.indexOf('m=audio'));
    line.send(offerOf(sessionLevel));
    caller.applyAnswer((await line.next('answer')).data.sdp as string);
    await caller.connected;
  });

  it.each([
    [
      '48000 when it is offered',
      ['110 telephone-event/48000', '126 telephone-event/8000'],
      '110 telephone-event/48000',
    ],
    ['8000 when that is all there is', ['101 telephone-event/8000'], '101 telephone-event/8000'],
    ['none when none is offered', [], undefined],
  ])('VOX-043 has touch-tones at one rate: %s', async (_what, offered, answered) => {
    const lines = offered.map((value) => `a=rtpmap:${value}\r\n`).join('');
    const types = offered.map((value) => ` ${value.split(' ')[0]}`).join('');
    const offer = offerNamed('bare-probe');
    const withTones = offer.replace(/^(m=audio.*)\r$/m, `$1${types}\r`).replace(/(a=rtpmap:.*\r\n)/, `$1${lines}`);
    const sdp = await sdpFor(withTones);
    expect([...sdp.matchAll(/^a=rtpmap:(\d+ telephone-event.*)\r$/gm)].map(([, value]) => value)).toEqual(
      answered === undefined ? [] : [answered],
    );
  });
});
