// What follows from an event of a desk: a command for the session, as the session's queue wants it.
import type { BridgeEvent, LiveAgent } from '@parley/protocol';
import type { Timers } from '../../kit/index.ts';
import { stableId } from '../desk/message-content.ts';
import type { BridgeCase } from './bridge-case.ts';

/** Who types and says nothing more of it has stopped. */
const TYPING_LASTS_MS = 10_000;

/** What an event did. `lost`: the session could not keep it, and the event may come again. */
export type Applied = 'applied' | 'no-change' | 'nobody-joined' | 'lost';

/** Lets an event take effect. Resolves when what lasts of it is durable, or will be before anything later. */
export async function applyEvent(opened: BridgeCase, event: BridgeEvent, timers: Timers): Promise<Applied> {
  const { handoff, human, status, queue } = opened;
  const report = (command: Parameters<typeof handoff.report>[0]): Applied =>
    handoff.report(command) ? 'applied' : 'no-change';
  switch (event.type) {
    case 'accepted':
      return report({ type: 'desk-accepted', queueName: event.queueName ?? queue.name });
    case 'queue': {
      if (human) return 'no-change';
      const { queueName = queue.name, positionInQueue, estimatedWaitSeconds, displayMessage } = event;
      handoff.report({ type: 'desk-accepted', queueName });
      status.set({ queueName, positionInQueue, estimatedWaitSeconds, displayMessage });
      return 'applied';
    }
    case 'joined':
      return join(opened, event.agent);
    case 'typing':
      if (!human) return 'no-change';
      type(opened, event, timers);
      return 'applied';
    case 'message':
      return human ? say(opened, event) : 'nobody-joined';
    case 'left':
      if (!human) return 'nobody-joined';
      stopTyping(opened);
      return report(
        queue.afterHuman === 'agent' ? { type: 'desk-returned' } : { type: 'desk-left', reason: event.reason },
      );
    case 'returned':
      stopTyping(opened);
      return report({ type: 'desk-returned' });
    case 'ended':
      stopTyping(opened);
      if (!human) return report({ type: 'desk-failed', refused: false, reason: event.reason });
      return report({ type: 'desk-left', reason: event.reason });
    case 'failed':
      stopTyping(opened);
      return report({ type: 'desk-failed', refused: false, reason: event.reason });
  }
}

/** A person has the conversation; not twice when they have it already, as after a crash. */
function join(opened: BridgeCase, agent: LiveAgent): Applied {
  if (opened.human && isSame(opened.human, agent)) return 'no-change';
  stopTyping(opened);
  opened.status.cancel();
  if (!opened.handoff.report({ type: 'desk-joined', agent })) return 'no-change';
  opened.human = agent;
  return 'applied';
}

async function say(opened: BridgeCase, event: Extract<BridgeEvent, { type: 'message' }>): Promise<Applied> {
  const { id, text, attachments, suggestions, agent } = event;
  stopTyping(opened, agent);
  const messageId = stableId(opened.record.id, id);
  const { promise: durable, resolve } = Promise.withResolvers<boolean>();
  opened.sending.set(messageId, resolve);
  const taken = opened.handoff.report({ type: 'desk-message', messageId, text, attachments, suggestions, agent });
  if (!taken) resolve(true);
  const isDurable = await durable;
  opened.sending.delete(messageId);
  if (!isDurable) return 'lost';
  return taken ? 'applied' : 'no-change';
}

function type(opened: BridgeCase, event: Extract<BridgeEvent, { type: 'typing' }>, timers: Timers): void {
  const { state, agent } = event;
  if (state === 'TYPING_STATE_STOPPED') {
    stopTyping(opened, agent);
    return;
  }
  const key = keyOf(opened, agent);
  const typed = opened.typing.get(key);
  typed?.timer.cancel();
  const timer = timers.after(TYPING_LASTS_MS, () => stopTyping(opened, agent));
  opened.typing.set(key, { agent, timer });
  if (!typed) opened.handoff.report({ type: 'desk-typing', state, agent });
}

/** One person stops, whoever joined last when it isn't said who; or everybody. */
function stopTyping(opened: BridgeCase, ...who: [agent?: LiveAgent]): void {
  const keys = who.length === 0 ? [...opened.typing.keys()] : [keyOf(opened, who[0])];
  for (const key of keys) {
    const typed = opened.typing.get(key);
    if (!typed) continue;
    typed.timer.cancel();
    opened.typing.delete(key);
    opened.handoff.report({ type: 'desk-typing', state: 'TYPING_STATE_STOPPED', agent: typed.agent });
  }
}

function keyOf({ human }: BridgeCase, agent: LiveAgent | undefined): string {
  return agent?.id ?? human?.id ?? '';
}

function isSame(one: LiveAgent, other: LiveAgent): boolean {
  return one.id === other.id && one.name === other.name && one.avatarUrl === other.avatarUrl;
}
