// Between the words of the API and those of the desk: commands become actions, refusals become errors.
import { deskErrors } from '@parley/protocol';
import type { DeskCommand, DeskErrorName, DeskPersonRef, DeskResult, WireError } from '@parley/protocol';
import type { DeskAction, DeskAnswer, DeskRefusal, DeskRefusalCode } from '../../handoff/index.ts';

const errorNames: Record<DeskRefusalCode, DeskErrorName> = {
  'no-such-chat': 'noSuchChat',
  'no-such-queue': 'noSuchQueue',
  'no-such-person': 'noSuchPerson',
  taken: 'taken',
  full: 'full',
  'nobody-waits': 'nobodyWaits',
  'visitor-away': 'visitorAway',
  'not-allowed': 'forbidden',
  'no-call': 'noCall',
  'call-taken': 'callTaken',
  'bad-content': 'badContent',
  failed: 'failed',
};

/** What is answered to somebody who was refused. */
export function errorOf({ code, by }: DeskRefusal): WireError & { by: DeskPersonRef | null } {
  return { ...deskErrors[errorNames[code]], by };
}

/** What a command wants done. */
export function actionOf(command: DeskCommand): DeskAction {
  if (command.type !== 'transfer') return command;
  const { type, sessionId, queueId, personId = '' } = command;
  return { type, sessionId, to: queueId === undefined ? { personId } : { queueId } };
}

/** What is answered to somebody who wasn't. */
export function resultOf(answer: Extract<DeskAnswer, { ok: true }>): DeskResult {
  const { ok: _, ...result } = answer;
  return result;
}
