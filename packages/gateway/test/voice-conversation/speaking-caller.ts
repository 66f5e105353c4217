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

/** What the SDKs call with. */
const webCallingToken = 'parley-demo-webrtc-token';

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

/** A call that was answered, whose caller does nothing about it. */
export interface RingingCall {
  line: SignalingClient;
  native: NativeCaller;
  sessionId: string;
  /** SDP. */
  answer: string;
}

/** Offers a call, without candidates. Rejects with the error of a refusal. */
export async function ring(url: string, { offer = {}, native }: Omit<Calling, 'isLost'> = {}): Promise<RingingCall> {
  const line = await SignalingClient.open(url);
  const peer = createNativeCaller(native ? { native } : {});
  const data = { type: 'offer', sdp: withTelephoneEvents(await peer.offer({ candidates: false })) };
  line.send({ type: 'offer', sessionId: null, mode: 'traditional', authToken: webCallingToken, ...offer, data });
  const answer = await line.next(({ type }) => type === 'answer' || type === 'error');
  if (answer.type === 'error') throw new Error(`${answer.data.code}: ${answer.data.message}`);
  return { line, native: peer, sessionId: answer.sessionId, answer: answer.data.sdp as string };
}

/** Calls, as the SDKs do: candidates follow the answer. */
export async function call(url: string, { isLost, ...calling }: Calling = {}): Promise<SpeakingCaller> {
  const { line, native, sessionId, answer } = await ring(url, calling);
  native.applyAnswer(answer);
  for (const candidate of await native.candidates()) line.sendCandidate(sessionId, candidate);
  await native.connected;
  const connectedMs = performance.now();
  const loss = isLost && { isLost };
  const audio = await createCallerAudio({ caller: native, telephoneEventType: TELEPHONE_EVENT, ...loss });

  return {
    line,
    sessionId,
    connectedMs,
    native,
    say: async (text) => audio.say(await spoken(text)),
    press: (digit) => audio.press(digit),
    heard: audio.heard,
    nextSound: () => audio.nextSound(),
    hangUp: () => line.send({ type: 'close', sessionId }),
    close() {
      audio.close();
      native.close();
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
