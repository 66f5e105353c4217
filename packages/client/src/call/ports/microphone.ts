// A microphone as a call needs it, and the browser's own.
import type { MicrophoneProblem } from '../call-problem.ts';

/** An open microphone. */
export interface Microphone {
  readonly stream: MediaStream;
  /** While muted it sends silence; the browser goes on showing that it is in use. */
  mute(isMuted: boolean): void;
  close(): void;
}

/** Asks for a microphone. `onGone`: it was unplugged, or taken away. Never rejects. */
export type OpenMicrophone = (onGone: () => void) => Promise<Microphone | { problem: MicrophoneProblem }>;

/** Asks the browser, which asks the user. Without its echo cancellation an agent would interrupt itself. */
export const openBrowserMicrophone: OpenMicrophone = async (onGone) => {
  // Absent on pages that aren't secure, whatever its type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return { problem: { code: 'insecure-page' } };
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return microphoneOf(await devices.getUserMedia({ audio }), onGone);
  } catch (error) {
    return { problem: { code: problemCode(error instanceof Error ? error.name : '') } };
  }
};

function microphoneOf(stream: MediaStream, onGone: () => void): Microphone {
  const tracks = stream.getAudioTracks();
  // Fired when the device goes away, not by `stop`.
  for (const track of tracks) track.addEventListener('ended', onGone);
  return {
    stream,
    mute(isMuted) {
      for (const track of tracks) track.enabled = !isMuted;
    },
    close() {
      for (const track of tracks) track.stop();
    },
  };
}

/** Names of `getUserMedia`'s errors: Media Capture and Streams, section 10.2. */
function problemCode(name: string): MicrophoneProblem['code'] {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone-refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'microphone-busy' : 'no-microphone';
}
