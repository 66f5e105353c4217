// The call of a visitor, and the person of the desk who talks in it. Who that is stands in the journal; the audio is
// somebody else's.
import type { DeskAction, DeskAnswer } from './desk-actions.ts';
import { isIn } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskState } from './desk-state.ts';
import type { PresentPerson } from './present-people.ts';
import { done, refused } from './refusals.ts';

type CallAction = Extract<DeskAction, { type: 'call-token' | 'hold-call' | 'hang-up-call' }>;

/** Does what somebody in a chat wants with its call. */
export function actInCall(
  { desk, present: { person }, deskCase }: { desk: DeskState; present: PresentPerson; deskCase: DeskCase },
  action: CallAction,
): DeskAnswer | Promise<DeskAnswer> {
  const { call } = deskCase.visitor;
  if (!call) return refused('no-call');
  const onLine = call.person;
  switch (action.type) {
    case 'call-token':
      if (onLine && onLine.id !== person.id) return refused('call-taken', { id: onLine.id, name: onLine.name });
      return callToken(desk, { sessionId: deskCase.record.sessionId, personId: person.id });
    case 'hold-call': {
      const { held } = action;
      if (onLine?.id !== person.id) return refused('no-call');
      if (onLine.held === held) return done;
      return deskCase.handoff.report({ type: 'desk-call-held', personId: person.id, held }) ? done : refused('no-call');
    }
    case 'hang-up-call': {
      const ends = deskCase.queue.afterHuman === 'end';
      return deskCase.handoff.report({ type: 'desk-hung-up', ends }) ? done : refused('no-call');
    }
  }
}

/** Who has left a chat, or had it taken, doesn't talk in its call any more. */
export function releaseCall(deskCase: DeskCase): void {
  const onLine = deskCase.visitor.call?.person;
  if (!onLine || isIn(deskCase, onLine.id)) return;
  deskCase.handoff.report({ type: 'desk-call-released', personId: onLine.id });
}

async function callToken({ parts }: DeskState, chat: { sessionId: string; personId: string }): Promise<DeskAnswer> {
  try {
    const token = await parts.callToken(chat);
    return token ? { ok: true, callToken: token } : refused('no-call');
  } catch (error) {
    parts.log.error({ sessionId: chat.sessionId, err: error }, 'No token could be made for taking a call');
    return refused('failed');
  }
}
