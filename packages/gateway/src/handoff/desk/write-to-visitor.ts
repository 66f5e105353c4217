// Sending a message: once, whatever happens to connections, and acknowledged when it is in the journal.
import type { DeskAction, DeskAnswer } from './desk-actions.ts';
import { isIn } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskPerson } from './desk-person.ts';
import { liveAgent } from './desk-state.ts';
import type { DeskState } from './desk-state.ts';
import type { LineView } from './desk-views.ts';
import { isClientId, isSendable, stableId } from './message-content.ts';
import { refused } from './refusals.ts';

/** Writes to the visitor. Resolves when the message is durable, or with why it isn't. */
export function send(
  desk: DeskState,
  {
    deskCase,
    person,
    action,
  }: { deskCase: DeskCase; person: DeskPerson; action: Extract<DeskAction, { type: 'send' }> },
): DeskAnswer | Promise<DeskAnswer> {
  const { clientId, text, attachments = [], suggestions = [] } = action;
  const content = { text, attachments, suggestions };
  if (!isClientId(clientId) || !isSendable(content)) return refused('bad-content');
  const messageId = stableId(deskCase.record.sessionId, person.id, clientId);
  const said = deskCase.lines.findLast((line) => line.messageId === messageId);
  if (said) return { ok: true, line: { ...said, clientId } };
  const under = deskCase.sending.get(messageId);
  if (under) return under.answer;
  if (!isIn(deskCase, person.id)) return refused('not-allowed');
  const { promise: answer, resolve: settle } = Promise.withResolvers<DeskAnswer>();
  deskCase.sending.set(messageId, { personId: person.id, clientId, answer, settle });
  desk.setTyping(deskCase, person, 'TYPING_STATE_STOPPED');
  const taken = deskCase.handoff.report({ type: 'desk-message', messageId, agent: liveAgent(person), ...content });
  if (taken) return answer;
  deskCase.sending.delete(messageId);
  return refused('no-such-chat');
}

/** A message of a person is durable, and the visitor was shown it. */
export function acknowledge(desk: DeskState, deskCase: DeskCase, line: LineView): void {
  const { record } = deskCase;
  deskCase.lines.push(line);
  desk.tellLine(deskCase, line);
  const sending = deskCase.sending.get(line.messageId);
  if (sending) {
    deskCase.sending.delete(line.messageId);
    sending.settle({ ok: true, line: { ...line, clientId: sending.clientId } });
  }
  if (record.repliedMs !== null) return;
  record.repliedMs = line.atMs;
  desk.parts.meters.replied(record);
  void desk.save(deskCase);
}
