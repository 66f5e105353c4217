// A caller who speaks and listens: espeak-ng's voice through Opus and RTP on loopback, in real time.
import { silentLog, systemClock, systemTimers } from '../../src/kit/index.ts';
import { createCallerAudio, createNativeCaller, createTextToSpeech } from '../../src/voice/index.ts';
import type {
  CallerAudio,
  CallerAudioOptions,
  NativeCaller,
  NativeCallerOptions,
  Said,
} from '../../src/voice/index.ts';
import { SignalingClient } from '../voice/signaling-client.ts';

/** The token that the SDKs call with. */
export const webCallingToken = 'parley-demo-webrtc-token';

const TELEPHONE_EVENT = 110;
const voice = createTextToSpeech({ provider: 'local' }, { clock: systemClock, timers: systemTimers, log: silentLog });

/** How to call. */
export interface Calling {
  /** Members of the offer besides its SDP; in traditional mode unless told otherwise. */
  offer?: Record<string, unknown>;
  isLost?: CallerAudioOptions['isLost'];
  native?: NativeCallerOptions['native'];
}

/** A caller in a call that carries audio. */
export interface SpeakingCaller extends Pick<CallerAudio, 'press' | 'heard' | 'nextSound'> {
  line: SignalingClient;
  sessionId: string;
  /** When the media path was there, on the machine's monotonic clock. */
  connectedMs: number;
  native: NativeCaller;
  /** Says this aloud. Resolves when it is out. */
  say(text: string): Promise<Said>;
  /** The caller hangs up, as clients do. */
  hangUp(): void;
  /** Leaves without a word. */
  close(): void;
}

/** Calls, as the SDKs do: the offer has no candidates, they follow the answer. Rejects with the error of a refusal. */
export async function call(url: string, { offer = {}, isLost, native }: Calling = {}): Promise<SpeakingCaller> {
  const line = await SignalingClient.open(url);
  const peer = createNativeCaller(native ? { native } : {});
  const sdp = withTelephoneEvents(await peer.offer({ candidates: false }));
  const data = { type: 'offer', sdp };
  line.send({ type: 'offer', sessionId: null, mode: 'traditional', authToken: webCallingToken, ...offer, data });
  const answer = await line.next(({ type }) => type === 'answer' || type === 'error');
  if (answer.type === 'error') throw new Error(`${answer.data.code}: ${answer.data.message}`);
  const { sessionId } = answer;
  peer.applyAnswer(answer.data.sdp as string);
  for (const candidate of await peer.candidates()) line.sendCandidate(sessionId, candidate);
  await peer.connected;
  const connectedMs = performance.now();
  const audio = await createCallerAudio({
    caller: peer,
    telephoneEventType: TELEPHONE_EVENT,
    ...(isLost && { isLost }),
  });

  return {
    line,
    sessionId,
    connectedMs,
    native: peer,
    say: async (text) => audio.say(await spoken(text)),
    press: (digit) => audio.press(digit),
    heard: audio.heard,
    nextSound: () => audio.nextSound(),
    hangUp: () => line.send({ type: 'close', sessionId }),
    close() {
      audio.close();
      peer.close();
      line.drop();
    },
  };
}

/** What espeak-ng says: mono, 24 kHz. */
export async function spoken(text: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  const { signal } = new AbortController();
  for await (const piece of voice.speak(text, { language: 'en-US', signal })) pieces.push(piece);
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}

/** The native stack offers Opus alone. */
function withTelephoneEvents(sdp: string): string {
  return sdp
    .replace(/^(m=audio .*)\r$/m, `$1 ${TELEPHONE_EVENT}\r`)
    .replace(/^(a=rtpmap:111 .*)\r$/m, `$1\r\na=rtpmap:${TELEPHONE_EVENT} telephone-event/48000\r`);
}
