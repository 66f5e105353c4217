import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSdp, readOfferSdp } from './offered-media.ts';
import { offerSdp, readOffer } from './test/offers.ts';

const bare = offerSdp('bare-probe');

describe('an offer', () => {
  it('of Chromium is read', () => {
    expect(readOffer(offerSdp('chromium'))).toEqual({
      origin: expect.stringMatching(/^- \d+ 2 IN IP4 127\.0\.0\.1$/),
      lines: [
        {
          kind: 'audio',
          protocol: 'UDP/TLS/RTP/SAVPF',
          formats: ['111', '63', '9', '0', '8', '13', '110', '126'],
          mid: '0',
        },
      ],
      audio: {
        index: 0,
        mid: '0',
        direction: 'sendrecv',
        opusPayloadType: 111,
        telephoneEvent: { payloadType: 110, rate: 48_000 },
        extensions: [
          { id: 1, uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level' },
          { id: 4, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' },
        ],
        iceUfrag: expect.stringMatching(/^\S{4}$/),
        icePwd: expect.stringMatching(/^\S{24}$/),
        fingerprint: expect.stringMatching(/^sha-256 [0-9A-F:]{95}$/),
        setup: 'actpass',
        candidates: [],
      },
    });
  });

  it('VOX-042 of Firefox has its fingerprint and its direction at session level', () => {
    const sdp = offerSdp('firefox');
    const { audio } = readOffer(sdp);
    expect(audio).toMatchObject({
      direction: 'sendrecv',
      opusPayloadType: 109,
      telephoneEvent: { payloadType: 101, rate: 8_000 },
      fingerprint: expect.stringMatching(/^sha-256 7E:D4:/),
    });
    const held = sdp.replaceAll('a=sendrecv\r\n', '').replace('a=fingerprint', 'a=inactive\r\na=fingerprint');
    expect(readOffer(held).audio.direction).toBe('inactive');
  });

  it('VOX-034 needs neither streams nor extensions nor touch-tones nor candidates', () => {
    expect(readOffer(bare).audio).toMatchObject({
      opusPayloadType: 111,
      telephoneEvent: undefined,
      extensions: [],
      candidates: [],
    });
  });

  it.each([111, 109, 96])('VOX-035 may give Opus the payload type %i', (payloadType) => {
    const sdp = bare.replaceAll('111', String(payloadType));
    expect(readOffer(sdp).audio.opusPayloadType).toBe(payloadType);
  });

  it('keeps only candidates that are of use', () => {
    expect(readOffer(offerSdp('firefox')).audio.candidates).toEqual([
      'candidate:2 1 udp 1686052863 192.0.2.15 57614 typ srflx raddr 0.0.0.0 rport 0',
    ]);
  });

  it.each([
    ['chromium-video-and-data' as const, 0, ['audio', 'video', 'application']],
    ['chromium-video-first' as const, 1, ['video', 'audio']],
    ['chromium-two-audio' as const, 0, ['audio', 'audio']],
  ])('%s: the first audio m-line with Opus is taken', (name, index, kinds) => {
    const offer = readOffer(offerSdp(name));
    expect(offer.audio).toMatchObject({ index, mid: String(index) });
    expect(offer.lines.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('without a mid names its m-line by the index', () => {
    const offer = readOffer(bare.replace('a=mid:0\r\n', '').replace('a=group:BUNDLE 0\r\n', ''));
    expect(offer.audio.mid).toBe('0');
    expect(offer.lines[0]?.mid).toBeUndefined();
  });

  it('may leave the transport to the first m-line of its bundle', () => {
    const [session, video, audio] = offerSdp('chromium-video-first').split(/(?=m=)/);
    const bundled = audio!.replace(/a=(ice-ufrag|ice-pwd|fingerprint|setup|candidate).*\r\n/g, '');
    expect(readOffer(`${session}${video}${bundled}`).audio.iceUfrag).toBe(/ice-ufrag:(\S+)/.exec(video!)?.[1]);
  });

  it('may have lines that end with LF only', () => {
    expect(readOffer(bare.replaceAll('\r\n', '\n'))).toEqual(readOffer(bare));
  });
});

describe('what is no SDP', () => {
  it.each([
    ['nothing', ''],
    ['words', 'not an sdp'],
    ['VOX-019 one line with spaces', bare.trim().replaceAll('\r\n', ' ')],
    ['only a version', 'v=0\r\n'],
    ['another version', bare.replace('v=0', 'v=1')],
    ['no origin', bare.replace(/o=.*\r\n/, '')],
    ['an origin without numbers', bare.replace(/o=.*/, 'o=me')],
    ['no name', bare.replace('s=-\r\n', '')],
    ['no time', bare.replace('t=0 0\r\n', '')],
    ['a line that is none', bare.replace('a=rtcp-mux', 'rtcp-mux')],
    ['an m-line without formats', bare.replace(/m=.*/, 'm=audio 9 UDP/TLS/RTP/SAVPF')],
    ['an m-line with another port', bare.replace('m=audio 9', 'm=audio nine')],
    ['a port too high', bare.replace('m=audio 9', 'm=audio 65536')],
    ['an empty line within', bare.replace('s=-', '')],
    ['more m-lines than anybody needs', bare + 'm=video 0 RTP/AVP 96\r\n'.repeat(64)],
    ['a megabyte', bare + 'a=x\r\n'.repeat(200_000)],
  ])('is malformed: %s', (_what, sdp) => {
    expect(readOfferSdp(sdp)).toMatchObject({ error: 'malformed' });
    expect(isSdp(sdp)).toBe(false);
  });
});

describe('an offer that no call can be made of', () => {
  const without = (name: string): string => bare.replace(new RegExp(`a=${name}.*\r\n`), '');

  it.each([
    ['VOX-041 no m-line', bare.slice(0, bare.indexOf('m='))],
    ['VOX-041 no audio', bare.replace('m=audio', 'm=video')],
    ['VOX-041 no Opus', bare.replace('opus/48000/2', 'PCMU/8000')],
    ['Opus that is not among the formats', bare.replace('SAVPF 111', 'SAVPF 112')],
    ['a payload type out of range', bare.replaceAll('111', '200')],
    ['a rejected m-line', bare.replace('m=audio 9', 'm=audio 0')],
    ['audio in the clear', bare.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['no ICE user fragment', without('ice-ufrag')],
    ['no ICE password', without('ice-pwd')],
    ['a short ICE password', bare.replace(/ice-pwd:.*/, 'ice-pwd:short')],
    ['no fingerprint', without('fingerprint')],
    ['a weak fingerprint', bare.replace(/sha-256 .*/, `sha-1 ${Array(20).fill('AB').join(':')}`)],
    ['half a fingerprint', bare.replace(/sha-256 .*/, 'sha-256 AB:CD')],
    ['no DTLS role', bare.replace('actpass', 'holdconn')],
  ])('is unusable: %s', (_what, sdp) => {
    expect(readOfferSdp(sdp)).toMatchObject({ error: 'unusable' });
    expect(isSdp(sdp)).toBe(true);
  });
});

describe('any offer', () => {
  it('is read or refused, whatever lines are cut, doubled or put elsewhere', () => {
    const lines = offerSdp('chromium-video-and-data').split('\r\n');
    const anyLine = fc.oneof(fc.constantFrom(...lines), fc.string());
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (picked) => {
        const start = picked.length % 2 ? lines.slice(0, 4) : [];
        const result = readOfferSdp([...start, ...picked].join('\r\n'));
        return 'error' in result || result.audio.opusPayloadType >= 0;
      }),
      { numRuns: 1000 },
    );
  });
});
