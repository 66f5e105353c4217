import { afterEach, describe, expect, it, vi } from 'vitest';
import { openBrowserMicrophone } from './microphone.ts';

/** A browser that answers a page's question for the microphone. */
function browser(getUserMedia: (constraints: MediaStreamConstraints) => Promise<unknown>): void {
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
}

function refusing(name: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(name), { name }));
}

function fakeTrack() {
  return Object.assign(new EventTarget(), { enabled: true, stop: vi.fn<() => void>() });
}

afterEach(() => vi.unstubAllGlobals());

describe('the microphone', () => {
  it.each([
    ['NotAllowedError', 'microphone-refused'],
    ['SecurityError', 'microphone-refused'],
    ['NotReadableError', 'microphone-busy'],
    ['NotFoundError', 'no-microphone'],
    ['OverconstrainedError', 'no-microphone'],
  ])('%s is told as %s', async (name, code) => {
    browser(refusing(name));
    expect(await openBrowserMicrophone(() => {})).toEqual({ problem: { code } });
  });

  it('is not lent to pages that are not secure', async () => {
    vi.stubGlobal('navigator', {});
    expect(await openBrowserMicrophone(() => {})).toEqual({ problem: { code: 'insecure-page' } });
  });

  it('comes without echo, can be muted, and tells when it is gone', async () => {
    const track = fakeTrack();
    const stream = { getAudioTracks: () => [track] };
    const asked: MediaStreamConstraints[] = [];
    browser(async (constraints) => {
      asked.push(constraints);
      return stream;
    });
    const onGone = vi.fn<() => void>();
    const microphone = await openBrowserMicrophone(onGone);
    if ('problem' in microphone) throw new Error(microphone.problem.code);
    expect(asked[0]?.audio).toMatchObject({ echoCancellation: true });
    microphone.mute(true);
    expect(track.enabled).toBe(false);
    track.dispatchEvent(new Event('ended'));
    expect(onGone).toHaveBeenCalledOnce();
    microphone.close();
    expect(track.stop).toHaveBeenCalledOnce();
  });
});
