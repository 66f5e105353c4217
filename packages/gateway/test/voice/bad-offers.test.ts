// Offers that are broken, hostile or merely odd: each is answered as documented, and no call is left behind.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall } from './calling-house.ts';
import type { CallingHouse, OfferMembers } from './calling-house.ts';
import { echoed, sentStream } from './echo.ts';
import { offerNamed, offerNames } from './offers.ts';
import type { SignalingClient } from './signaling-client.ts';

const documented = ['INVALID_MESSAGE', 'MEDIA_BRIDGE_FAILURE'];

/** Sends an offer; a call that begins is hung up again. What came back: `answer`, or the code of the error. */
async function outcomeOf(line: SignalingClient, offer: OfferMembers): Promise<string> {
  line.send(offer);
  const { type, sessionId, data } = await line.next((signal) => signal.type === 'answer' || signal.type === 'error');
  if (type === 'error') return data.code as string;
  line.send({ type: 'close', sessionId });
  return type;
}

/** Nothing is left, nothing broke, and the next call is as good as any. */
async function expectSound(house: CallingHouse): Promise<void> {
  expect((await house.health()).activeSessions).toBe(0);
  expect(house.log.filter((line) => /could not be handled|A call broke/.test(line))).toEqual([]);
  const { caller } = await placeCall(house);
  await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
}

/** Lines of real offers: dropped, doubled, in another order, cut short, with characters of whatever kind in them. */
const mutatedSdp = fc
  .record({
    name: fc.constantFrom(...offerNames),
    changes: fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom('drop', 'double', 'swap', 'cut', 'insert', 'number', 'space', 'newline'),
        text: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.constantFrom('99999999999', '-1', '0', ':', ' '),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ name, changes }) => {
    const lines = offerNamed(name).split('\r\n');
    for (const { at, kind, text } of changes) {
      const index = at % lines.length;
      const line = lines[index] ?? '';
      const middle = Math.min(line.length, 2 + (at % 40));
      if (kind === 'drop') lines.splice(index, 1);
      else if (kind === 'double') lines.splice(index, 0, line);
      else if (kind === 'swap') lines.push(...lines.splice(index, 1));
      else if (kind === 'cut') lines[index] = line.slice(0, middle);
      else if (kind === 'insert') lines[index] = line.slice(0, middle) + text + line.slice(middle);
      else if (kind === 'number') lines[index] = line.replace(/\d+/, text);
      else if (kind === 'space') lines[index] = line.replaceAll(' ', '  ');
      else lines[index] = `${line}\n${text}`;
    }
    return lines.join('\r\n');
  });

describe('an offer', () => {
  it('made of another one’s broken pieces is answered, or refused as documented', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(mutatedSdp, async (sdp) => {
        const outcome = await outcomeOf(line, offerOf(sdp, { callSid: 'call' }));
        if (outcome === 'answer') answered += 1;
        else expect(documented).toContain(outcome);
      }),
      { numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(20);
    await expectSound(house);
  });

  it('with anything at all for members is answered, or refused with a code', async () => {
    const house = await callingHouse();
    const codes = [
      'INVALID_ARGUMENT',
      'INVALID_MESSAGE',
      'FORBIDDEN',
      'HANDLER_ERROR',
      'MEDIA_BRIDGE_FAILURE',
      'answer',
    ];
    const member = fc.constantFrom(
      'mode',
      'callSid',
      'caller',
      'accountId',
      'projectId',
      'variantId',
      'agentVersionOverride',
      'data',
      'sessionId',
      '__proto__',
    );
    const members = fc.dictionary(member, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const line = await house.signaling();
    await fc.assert(
      fc.asyncProperty(members, async (changed) => {
        expect(codes).toContain(await outcomeOf(line, offerOf(offerNamed('bare-probe'), changed)));
      }),
      { numRuns: 300 },
    );
    await expectSound(house);
  });

  it.each([
    ['a megabyte of attributes', (sdp: string) => sdp + 'a=x:y\r\n'.repeat(150_000), undefined],
    ['200 KiB of attributes', (sdp: string) => sdp + 'a=x:y\r\n'.repeat(28_000), 'INVALID_MESSAGE'],
    ['one line of 100 KiB', (sdp: string) => `${sdp}a=${'x'.repeat(100_000)}\r\n`, 'INVALID_MESSAGE'],
    [
      'a thousand m-lines',
      (sdp: string) => sdp + 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\n'.repeat(1_000),
      'INVALID_MESSAGE',
    ],
    [
      'a thousand candidates',
      (sdp: string) =>
        sdp +
        Array.from(
          { length: 1_000 },
          (_, index) => `a=candidate:${index} 1 udp 1 127.0.0.1 ${2_000 + index} typ host\r\n`,
        ).join(''),
      'answer',
    ],
    [
      'a user fragment that is too short',
      (sdp: string) => sdp.replace(/ice-ufrag:.*/, 'ice-ufrag:a'),
      'MEDIA_BRIDGE_FAILURE',
    ],
    ['no password', (sdp: string) => sdp.replace(/a=ice-pwd:.*\r\n/, ''), 'MEDIA_BRIDGE_FAILURE'],
    [
      'a fingerprint of SHA-1',
      (sdp: string) => sdp.replace(/fingerprint:sha-256 .*/, 'fingerprint:sha-1 AA:BB'),
      'MEDIA_BRIDGE_FAILURE',
    ],
    [
      'a fingerprint that is cut',
      (sdp: string) => sdp.replace(/(fingerprint:sha-256 .{20}).*/, '$1'),
      'MEDIA_BRIDGE_FAILURE',
    ],
    ['nothing but nulls', () => '\0'.repeat(1_000), 'INVALID_MESSAGE'],
    ['half a surrogate', (sdp: string) => sdp.replace('s=-', 's=\ud800'), 'answer'],
  ])('of %s', async (_what, change, outcome) => {
    const house = await callingHouse();
    const line = await house.signaling();
    const offer = offerOf(change(offerNamed('chromium')));
    if (outcome) {
      expect(await outcomeOf(line, offer)).toBe(outcome);
      await line.settle();
    } else {
      line.send(offer);
      expect((await line.closed).code).toBe(1009);
    }
    await expectSound(house);
  });

  it.each([
    ['VOX-038 with video and a data channel behind the audio', 'after', 0],
    ['VOX-039 with video before the audio', 'before', 1],
  ])('%s has these refused, and the call works', async (_what, place, index) => {
    const house = await callingHouse();
    const caller = makeCaller();
    const own = await caller.offer({ candidates: false });
    const [head = '', audio = ''] = own.split(/(?=m=audio)/);
    const transport = [...audio.matchAll(/^a=(?:ice-|fingerprint|setup|mid).*\r\n/gm)].map(([each]) => each).join('');
    const others =
      `m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 VP8/90000\r\n${transport.replace('mid:0', 'mid:v')}` +
      `m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=sctp-port:5000\r\n${transport.replace('mid:0', 'mid:d')}`;
    const line = await house.signaling();
    line.send(
      offerOf(place === 'after' ? own + others : head + others.slice(0, others.indexOf('m=application')) + audio),
    );
    const { data } = await line.next('answer');
    const sdp = data.sdp as string;
    const ports = [...sdp.matchAll(/^m=(\w+) (\d+)/gm)].map(([, kind, port]) => `${kind} ${port}`);
    expect(ports).toEqual(place === 'after' ? ['audio 9', 'video 0', 'application 0'] : ['video 0', 'audio 9']);
    expect(sdp).toContain('a=group:BUNDLE 0\r\n');
    expect((await line.next('ice-candidate')).data).toMatchObject({ sdpMid: '0', sdpMLineIndex: index });
    // The caller's own stack knows of one m-line.
    const lines = sdp.split(/(?=^m=)/m);
    caller.applyAnswer(`${lines[0]}${lines.find((each) => each.startsWith('m=audio'))}`);
    await caller.connected;
    await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
  });
});
