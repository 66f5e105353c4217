import { describe, expect, it } from 'vitest';
import { isRetransmission, offerChange } from './negotiation.machine.ts';
import { offerSdp, readOffer } from './test/offers.ts';

const first = offerSdp('bare-probe');
const again = first.replace('o=- 71 2 ', 'o=- 71 3 ');
const restarted = again.replace('abcd', 'efgh').replace('abcdefghijklmnopqrstuv12', '21vutsrqponmlkjihgfedcba');

describe('a later offer', () => {
  it.each([
    ['the same one', first, 'nothing'],
    ['another version of it', again, 'media'],
    ['a hold', again.replace('sendrecv', 'inactive'), 'media'],
    ['another payload type', again.replaceAll('111', '96'), 'media'],
    ['another m-line at the end', `${again}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`, 'media'],
    ['new ICE credentials', restarted, 'ice'],
    ['another certificate', again.replace('00:11:22', '01:11:22'), 'association'],
    ['another certificate and new ICE credentials', restarted.replace('00:11:22', '01:11:22'), 'association'],
    ['another m-line before', again.replace('m=audio', 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio'), 'forbidden'],
    ['another mid', again.replace('mid:0', 'mid:1'), 'forbidden'],
  ])('changes what it changes: %s', (_what, sdp, change) => {
    expect(offerChange(readOffer(first), readOffer(sdp))).toBe(change);
  });

  it('may not drop an m-line', () => {
    const two = offerSdp('chromium-two-audio');
    const one = two
      .replace(/(o=- \d+) 2/, '$1 3')
      .split(/(?=m=)/)
      .slice(0, 2)
      .join('');
    expect(offerChange(readOffer(two), readOffer(one))).toBe('forbidden');
  });

  it('is a retransmission when its o-line and its ICE user fragment are the same', () => {
    expect(isRetransmission(readOffer(first), readOffer(first))).toBe(true);
    expect(isRetransmission(readOffer(first), readOffer(again))).toBe(false);
    expect(isRetransmission(readOffer(first), readOffer(first.replace('abcd', 'wxyz')))).toBe(false);
  });
});
