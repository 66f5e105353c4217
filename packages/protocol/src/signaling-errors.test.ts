import { expect, it } from 'vitest';
import { signalErrors } from './signaling-errors.ts';

it.each([
  ['authTokenRequired', 'UNAUTHORIZED', 'Auth token required'],
  ['invalidToken', 'UNAUTHORIZED', 'Invalid authentication token'],
  ['echoForbidden', 'FORBIDDEN', 'Echo mode is not enabled on this gateway'],
  ['notPermitted', 'FORBIDDEN', 'Not permitted'],
  ['unknownMode', 'INVALID_ARGUMENT', 'Unknown mode'],
  ['malformed', 'INVALID_MESSAGE', 'Malformed message'],
  ['sessionNotFound', 'HANDLER_ERROR', 'Session not found'],
  ['busy', 'HANDLER_ERROR', 'Gateway busy'],
  ['mediaFailed', 'MEDIA_BRIDGE_FAILURE', 'Media connection failed'],
  ['agentUnavailable', 'AGENT_FAILURE', 'Agent unavailable'],
] as const)('%s is put as %s, %s', (name, code, message) => {
  expect(signalErrors[name]).toEqual({ code, message });
});

it('users are told in a few words, and no two errors in the same', () => {
  const errors = Object.values(signalErrors);
  for (const { message } of errors) expect(message).toMatch(/^[A-Z][A-Za-z ]{1,50}$/);
  expect(new Set(errors.map(({ message }) => message)).size).toBe(errors.length);
});
