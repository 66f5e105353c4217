// What follows from what a desk does with a session that was handed to it.
import type { EventOf, LiveAgent } from '@parley/protocol';
import { systemError, systemTexts } from '@parley/protocol';
import type { CalledAgent } from './answering-agent.ts';
import type { DeskCommand, HouseCommand } from './commands.ts';
import { joined } from './decide-agent.machine.ts';
import type { DecisionContext, Outcome } from './decision.ts';
import type { Floor, QueueStatus, SessionState } from './state.ts';

const naturalEnd: Outcome = { do: 'record', event: { type: 'session-end', reason: 'REASON_NATURAL_END' } };

/** The outcomes of a desk's command; none when the floor isn't the desk's. */
export function decideForDesk(state: SessionState, command: DeskCommand, context: DecisionContext): Outcome[] {
  const { floor } = state;
  switch (floor.holder) {
    case 'queue':
      return whileQueued(state, floor, { command, context });
    case 'human':
      return whileLive(floor.agent, state, { command, context });
    case 'nobody':
    case 'agent':
    case 'agent-joining':
      return [];
  }
}

function whileQueued(
  state: SessionState,
  floor: Extract<Floor, { holder: 'queue' }>,
  { command, context }: { command: DeskCommand; context: DecisionContext },
): Outcome[] {
  switch (command.type) {
    case 'desk-accepted':
      return floor.accepted ? [] : [acceptedBy(command.queueName)];
    case 'desk-queue-status':
      return sameStatus(state.queueStatus, command.status)
        ? []
        : [{ do: 'record', event: { type: 'handoff-queue-status', ...command.status } }];
    case 'desk-joined':
      return [...(floor.accepted ? [] : [acceptedBy()]), liveAgentJoined(command.agent)];
    case 'desk-failed':
      return handoffFailed(command);
    case 'desk-timed-out':
      return [{ do: 'record', event: { type: 'handoff-timeout' } }, ...(command.ends ? [naturalEnd] : [])];
    case 'desk-returned':
      return backToAgent(state.call, context);
    case 'desk-requeued':
      return command.queue === floor.queue ? [] : requeued(command);
    case 'desk-forward-failed':
      return [forwardFailed(command.messageId, context)];
    case 'desk-typing':
    case 'desk-message':
    case 'desk-left':
    case 'desk-call-held':
    case 'desk-call-released':
    case 'desk-hung-up':
      return [];
  }
}

function whileLive(
  agent: LiveAgent,
  { call }: SessionState,
  { command, context }: { command: DeskCommand; context: DecisionContext },
): Outcome[] {
  switch (command.type) {
    case 'desk-joined':
      return [liveAgentJoined(command.agent)];
    case 'desk-typing':
      return [{ do: 'send', event: typing(command.agent ?? agent, command.state), to: 'everyone' }];
    case 'desk-message':
      if (command.messageId !== undefined && context.isSaid(command.messageId)) return [];
      return [{ do: 'record', event: liveMessage(command.agent ?? agent, command, context) }];
    case 'desk-returned':
      return backToAgent(call, context);
    case 'desk-requeued':
      return requeued(command);
    case 'desk-left':
      return left(agent, command.reason);
    case 'desk-failed':
      return handoffFailed(command);
    case 'desk-forward-failed':
      return [forwardFailed(command.messageId, context)];
    case 'desk-call-held': {
      const { personId, held } = command;
      if (call?.person?.id !== personId || call.person.held === held) return [];
      return [{ do: 'note', fact: { type: 'call-held', callId: call.callId, held } }];
    }
    case 'desk-call-released':
      return call?.person?.id === command.personId
        ? [{ do: 'note', fact: { type: 'call-released', callId: call.callId } }]
        : [];
    case 'desk-hung-up':
      if (!call) return [];
      if (command.ends) return left(agent);
      return [{ do: 'note', fact: { type: 'call-ended', callId: call.callId } }, ...backToAgent(null, context)];
    case 'desk-accepted':
    case 'desk-queue-status':
    case 'desk-timed-out':
      return [];
  }
}

/** The outcomes of no longer wanting to wait for a human; none for users who don't. */
export function decideForWaiting(
  { floor, call }: SessionState,
  { ends }: Extract<HouseCommand, { type: 'cancel-handoff' }>,
  context: DecisionContext,
): Outcome[] {
  if (floor.holder !== 'queue') return [];
  return ends ? [naturalEnd] : backToAgent(call, context);
}

/** Without a word that the human has left: clients take that for the end of the chat (spec 4.4). */
function backToAgent(call: CalledAgent | null, context: DecisionContext): Outcome[] {
  return [{ do: 'note', fact: { type: 'handoff-returned' } }, joined(call, context)];
}

function left({ id, name }: LiveAgent, reason?: string): Outcome[] {
  return [{ do: 'record', event: { type: 'live-agent-left', agentId: id, agentName: name, reason } }, naturalEnd];
}

function requeued({ queue, status }: Extract<DeskCommand, { type: 'desk-requeued' }>): Outcome[] {
  return [
    { do: 'note', fact: { type: 'handoff-requeued', queue } },
    { do: 'record', event: { type: 'handoff-queue-status', ...status } },
  ];
}

function acceptedBy(queueName?: string): Outcome {
  return { do: 'record', event: { type: 'handoff-accepted', queueName } };
}

function liveAgentJoined(agent: LiveAgent): Outcome {
  return { do: 'record', event: { type: 'live-agent-joined', agent } };
}

function typing(agent: LiveAgent, state: EventOf<'live-agent-typing'>['state']): EventOf<'live-agent-typing'> {
  return { type: 'live-agent-typing', state, agentId: agent.id, agentName: agent.name };
}

function liveMessage(
  agent: LiveAgent,
  said: Extract<DeskCommand, { type: 'desk-message' }>,
  context: DecisionContext,
): EventOf<'live-agent-message'> {
  return {
    type: 'live-agent-message',
    messageId: said.messageId ?? context.newId(),
    agentId: agent.id,
    text: said.text,
    attachments: said.attachments,
    responseSuggestions: said.suggestions,
    agentName: agent.name,
    avatarUrl: agent.avatarUrl,
  };
}

function handoffFailed({ refused, reason, ends }: Extract<DeskCommand, { type: 'desk-failed' }>): Outcome[] {
  const failed: Outcome = { do: 'record', event: { type: 'handoff-failed', reason } };
  const text = refused ? systemTexts.handoffRefused : systemTexts.deskUnreachable;
  const told: Outcome = { do: 'send', event: systemError(text), to: 'everyone' };
  return [...(refused ? [told, failed] : [failed, told]), ...(ends ? [naturalEnd] : [])];
}

function forwardFailed(messageId: string, context: DecisionContext): Outcome {
  return {
    do: 'send',
    event: systemError(systemTexts.forwardFailed),
    to: { senderOf: messageId },
    custom: context.customOf(messageId),
  };
}

function sameStatus(told: QueueStatus | null, status: QueueStatus): boolean {
  return (
    told?.queueName === status.queueName &&
    told?.positionInQueue === status.positionInQueue &&
    told?.estimatedWaitSeconds === status.estimatedWaitSeconds &&
    told?.displayMessage === status.displayMessage
  );
}
