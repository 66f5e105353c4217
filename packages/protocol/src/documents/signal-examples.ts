// One example of every message of signaling, for the AsyncAPI document.
import { signalErrors } from '../signaling-errors.ts';
import type { ClientMessage, ServerSignal } from '../signaling-messages.ts';

const sessionId = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';
const sdp = 'v=0\r\no=- 71 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const candidate = {
  candidate: 'candidate:1 1 udp 2130706431 203.0.113.7 40000 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

/** What clients send. */
export const clientSignalExamples: { [Type in ClientMessage['type']]: Extract<ClientMessage, { type: Type }> } = {
  offer: {
    type: 'offer',
    sessionId: '',
    authToken: 'wt_9fK2',
    mode: 'end-to-end',
    callSid: '6E0C9A52-0B1D-4B7E-9C55-2B7A0F6D1E11',
    caller: 'Ada',
    callee: 'Concierge',
    data: { type: 'offer', sdp },
  },
  'ice-candidate': { type: 'ice-candidate', sessionId, data: candidate },
  close: { type: 'close', sessionId },
  ping: { type: 'ping', sessionId },
};

/** What servers send. */
export const serverSignalExamples: { [Type in ServerSignal['type']]: Extract<ServerSignal, { type: Type }> } = {
  answer: { type: 'answer', sessionId, data: { type: 'answer', sdp } },
  'ice-candidate': { type: 'ice-candidate', sessionId, data: candidate },
  error: { type: 'error', sessionId: '', data: signalErrors.authTokenRequired },
  close: { type: 'close', sessionId },
  pong: { type: 'pong', sessionId },
};
