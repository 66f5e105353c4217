// A call in words: where it stands, how good it is, what went wrong and what to do about it.
import type { CallProblem, CallSnapshot, Quality, Relay } from '@parley/client';

/** What a panel says: one line, and what else is to be known. */
export interface CallText {
  title: string;
  detail?: string | undefined;
}

/** Where a call stands. `name` is whom it is with. */
export function callText({ state, isMuted, hasMicrophone, quality }: CallSnapshot, name: string): CallText {
  switch (state.at) {
    case 'idle':
    case 'asking-microphone':
      return {
        title: 'Waiting for your microphone',
        detail: `Your browser asks whether this page may use it. ${name} hears you during the call only, and what is said is written down in this chat.`,
      };
    case 'connecting':
      return { title: state.answered ? `Connecting you with ${name}…` : `Calling ${name}…` };
    case 'live':
      return { title: `In a call with ${name}`, detail: liveDetail(name, isMuted, hasMicrophone, quality) };
    case 'reconnecting':
      return {
        title: 'Connection interrupted',
        detail: 'Getting it back. The call goes on as soon as there is sound.',
      };
    case 'ended':
      return { title: state.by === 'agent' ? `${name} has hung up` : 'You have hung up' };
    case 'failed':
      return problemText(state.problem, name);
  }
}

/** The quality of a call in a word or two. */
export function qualityText({ grade }: Quality): string {
  return { good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' }[grade];
}

/** What was measured. */
export function qualityDetail({ lossPercent, rttMs }: Quality): string {
  return `${Math.round(lossPercent)} % lost, ${Math.round(rttMs)} ms there and back`;
}

/** `0:07`, `12:34`, `1:02:03` */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const padded = (part: number): string => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${padded(m)}:${padded(s)}` : `${m}:${padded(s)}`;
}

function liveDetail(name: string, isMuted: boolean, hasMicrophone: boolean, quality?: Quality): string | undefined {
  if (!hasMicrophone) return `Your microphone is gone: ${name} can't hear you. You can write instead.`;
  if (isMuted) return `You are muted: ${name} can't hear you.`;
  return quality?.grade === 'poor' ? 'Words may get lost on the way.' : undefined;
}

function problemText(problem: CallProblem, name: string): CallText {
  switch (problem.code) {
    case 'insecure-page':
      return {
        title: "This page can't use a microphone",
        detail: 'Browsers lend it only to pages on https or on localhost. Open the page there, or write instead.',
      };
    case 'no-microphone':
      return { title: 'No microphone was found', detail: 'Plug one in or switch it on, then try again.' };
    case 'microphone-busy':
      return {
        title: "The microphone can't be used just now",
        detail: 'Another program may hold it. Close that program, then try again.',
      };
    case 'microphone-refused':
      return {
        title: "This page isn't allowed to use the microphone",
        detail: 'Allow it in the settings beside the address of this page, then try again. You can always write.',
      };
    case 'refused':
      return { title: 'The server refused the call', detail: `${sentence(problem.message)} ${advice(problem.reason)}` };
    case 'unreachable':
      return { title: 'The server does not answer', detail: 'Check that you are online, then try again.' };
    case 'no-connection':
      return { title: 'No way was found for the sound', detail: relayTexts[problem.relay] };
    case 'lost':
      return {
        title: 'The connection was lost',
        detail: `Check your network, then call ${name} again. What was said stands in this chat.`,
      };
  }
}

const relayTexts: Record<Relay, string> = {
  missing:
    'Your network seems to block direct calls, and this server has no relay (TURN) to go around that. Try another network, or tell whoever runs this server.',
  offered: 'Your network seems to block calls, even by way of the relay of this server. Try another network.',
  unknown: 'The server did not say which relays (TURN) there are, and there was no direct way. Try again in a moment.',
};

/** What to do about a refusal, by the code of the server's error (voice spec, section 4). */
function advice(reason: string): string {
  switch (reason) {
    case 'UNAUTHORIZED':
    case 'FORBIDDEN':
    case 'INVALID_ARGUMENT':
    case 'INVALID_MESSAGE':
      return 'Trying again will not help; reload the page, or write instead.';
    case 'MEDIA_BRIDGE_FAILURE':
      return 'Try again, or try another network.';
    default:
      return 'Try again in a moment, or write instead.';
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
