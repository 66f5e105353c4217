import { describe, expect, it } from 'vitest';
import type { LocalTransport } from '../ports/peer.ts';
import { answerSdp } from './answer-sdp.ts';
import { peerOffer } from './peer-offer.ts';
import { offerSdp, readOffer, type OfferName } from './test/offers.ts';

const transport: LocalTransport = {
  iceUfrag: 'serv',
  icePwd: 'abcdefghijklmnopqrstuv',
  fingerprint: Array(32).fill('AB').join(':'),
  setup: 'active',
  candidates: ['candidate:1 1 udp 2122260223 192.0.2.7 40000 typ host'],
};
const identity = { ssrc: 4_000_000_000, cname: 'c1', sessionId: '7', version: 1 };

function answer(sdp: string): string {
  return answerSdp(readOffer(sdp), transport, identity);
}

function linesOf(name: OfferName): string[] {
  return answer(offerSdp(name)).split('\r\n');
}

describe('the answer', () => {
  it('to Chromium is this one', () => {
    expect(answer(offerSdp('chromium'))).toBe(
      [
        'v=0',
        'o=- 7 1 IN IP4 127.0.0.1',
        's=-',
        't=0 0',
        'a=group:BUNDLE 0',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111 110',
        'c=IN IP4 0.0.0.0',
        'a=mid:0',
        'a=sendrecv',
        'a=rtcp-mux',
        'a=ice-ufrag:serv',
        'a=ice-pwd:abcdefghijklmnopqrstuv',
        'a=ice-options:trickle',
        `a=fingerprint:sha-256 ${transport.fingerprint}`,
        'a=setup:active',
        'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
        'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1',
        'a=rtpmap:110 telephone-event/48000',
        'a=fmtp:110 0-15',
        'a=msid:parley agent',
        'a=ssrc:4000000000 cname:c1',
        'a=candidate:1 1 udp 2122260223 192.0.2.7 40000 typ host',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['VOX-035 the payload type that was offered', 'a=rtpmap:109 opus/48000/2'],
    ['VOX-036 no stereo, although Firefox offers it', 'a=fmtp:109 minptime=10;useinbandfec=1'],
    ['VOX-043 touch-tones at 8,000 Hz when nothing else is offered', 'a=rtpmap:101 telephone-event/8000'],
    ['the offer’s id for an extension', 'a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid'],
  ])('to Firefox has %s', (_what, line) => {
    expect(linesOf('firefox')).toContain(line);
  });

  it('to Firefox has no extension that we don’t serve', () => {
    expect(linesOf('firefox').filter((line) => line.startsWith('a=extmap'))).toHaveLength(2);
  });

  it('VOX-043 has no touch-tones when none are offered', () => {
    expect(answer(offerSdp('bare-probe'))).not.toContain('telephone-event');
  });

  it('VOX-038 rejects video and data with port 0, in their places and outside the bundle', () => {
    const lines = linesOf('chromium-video-and-data');
    expect(lines).toContain('a=group:BUNDLE 0');
    expect(lines.slice(lines.findIndex((line) => line.startsWith('m=video')))).toEqual([
      'm=video 0 UDP/TLS/RTP/SAVPF 96 97 98 99',
      'c=IN IP4 0.0.0.0',
      'a=mid:1',
      'a=inactive',
      'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
      'a=mid:2',
      '',
    ]);
  });

  it.each([
    ['VOX-039 video before audio' as const, 'chromium-video-first' as const, ['m=video 0', 'm=audio 9'], '1'],
    ['a second audio m-line' as const, 'chromium-two-audio' as const, ['m=audio 9', 'm=audio 0'], '0'],
  ])('has the m-lines of the offer: %s', (_what, name, starts, mid) => {
    const lines = linesOf(name);
    const mediaLines = lines.filter((line) => line.startsWith('m='));
    expect(mediaLines.map((line) => line.split(' ', 2).join(' '))).toEqual(starts);
    expect(lines).toContain(`a=group:BUNDLE ${mid}`);
  });

  it.each([
    ['sendrecv', 'sendrecv', true],
    ['recvonly', 'sendonly', true],
    ['sendonly', 'recvonly', false],
    ['inactive', 'inactive', false],
  ])('to %s is %s', (offered, answered, sends) => {
    const text = answer(offerSdp('bare-probe').replace('a=sendrecv', `a=${offered}`));
    expect(text).toContain(`\r\na=${answered}\r\n`);
    expect(text.includes('a=msid:')).toBe(sends);
  });

  it('to an offer without a direction is sendrecv', () => {
    expect(answer(offerSdp('bare-probe').replace('a=sendrecv\r\n', ''))).toContain('\r\na=sendrecv\r\n');
  });

  it('names no mid and no bundle when the offer doesn’t', () => {
    const text = answer(offerSdp('bare-probe').replace('a=mid:0\r\n', '').replace('a=group:BUNDLE 0\r\n', ''));
    expect(text).not.toMatch(/a=(mid|group)/);
  });
});

describe('the offer for the native stack', () => {
  it('has the audio m-line alone', () => {
    const offer = readOffer(offerSdp('chromium-video-first'));
    const { sdp, ...rest } = peerOffer(offer);
    expect(sdp.match(/^m=.*$/gm)).toEqual(['m=audio 9 UDP/TLS/RTP/SAVPF 111']);
    const { mid, iceUfrag, icePwd, fingerprint, candidates } = offer.audio;
    expect(rest).toEqual({ mid, iceUfrag, icePwd, fingerprint, candidates });
    expect(readOffer(sdp).audio).toMatchObject({ iceUfrag, icePwd, fingerprint });
  });
});
