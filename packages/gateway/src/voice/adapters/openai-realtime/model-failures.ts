// What a realtime model's failures mean to a call: whether another session could help.
import { SpeechError } from '../../ports/speech-to-text.ts';
import type { ReportedError } from './server-events.ts';

const busyCode = 'conversation_already_has_active_response';
const expiredCode = 'session_expired';

/** Codes and types of errors that a new session would meet again. */
const hopeless: ReadonlySet<string> = new Set([
  'authentication_error',
  'permission_error',
  'invalid_api_key',
  'insufficient_quota',
  'billing_hard_limit_reached',
  'account_deactivated',
  'model_not_found',
]);

/** Why the session is over after this error; undefined when it goes on. */
export function endOfSession({ code, type }: ReportedError): SpeechError | undefined {
  if (code === expiredCode) return new SpeechError('broken', 'the session of the speech model has expired');
  const name = [code, type].find((candidate) => candidate && hopeless.has(candidate));
  return name ? new SpeechError('unavailable', `the speech model refuses: ${name}`) : undefined;
}

/** Whether a response was refused only because another one is being made. */
export function isBusy({ code }: ReportedError): boolean {
  return code === busyCode;
}

/** The upgrade was answered with a status instead of a socket. */
export function refusedUpgrade(status: number | undefined): SpeechError {
  const mayPass = status === undefined || status === 408 || status === 429 || status >= 500;
  return new SpeechError(mayPass ? 'broken' : 'unavailable', `the speech model answered with status ${status ?? '?'}`);
}
