// What follows from what the agent does in its turn.
import type { EventOf } from '@parley/protocol';
import { systemError, systemTexts, systemWarning } from '@parley/protocol';
import type { CalledAgent } from './answering-agent.ts';
import type { AgentCommand, AgentContent, TurnFailure } from './commands.ts';
import type { DecisionContext, Outcome } from './decision.ts';
import type { HandoffRequest, TurnOutcome } from './journal-entry.ts';
import type { SessionState, Turn } from './state.ts';

/** Start failures in a row after which the client is no longer invited to try at once (spec 8.2). */
const MAX_START_FAILURES = 3;

/** The outcomes of an agent's command; none unless its turn is the open one. */
export function decideForAgent(state: SessionState, command: AgentCommand, context: DecisionContext): Outcome[] {
  const turn = state.turn;
  if (turn?.id !== command.turnId) return [];
  switch (command.type) {
    case 'agent-thinking':
      return [...arrival(state, context), ...(isJoining(state) ? [] : [thinking])];
    case 'agent-message':
      return [
        ...arrival(state, context),
        ...closeOpenMessage(state),
        { do: 'record', event: agentMessage(command, state.call, context) },
      ];
    case 'agent-chunk':
      return [...arrival(state, context), { do: 'record', event: agentChunk(state, command, context) }];
    case 'agent-language':
      if (state.language === command.languageCode) return [];
      return [
        ...arrival(state, context),
        { do: 'record', event: { type: 'language-changed', languageCode: command.languageCode } },
      ];
    case 'agent-handoff':
      return [
        ...arrival(state, context),
        ...closeOpenMessage(state),
        ...handOff(requestFor(command.request, context)),
        turnEnded(turn, 'answered'),
      ];
    case 'agent-end':
      return [
        ...arrival(state, context),
        ...closeOpenMessage(state),
        turnEnded(turn, 'answered'),
        { do: 'record', event: { type: 'session-end', reason: 'REASON_NATURAL_END' } },
      ];
    case 'turn-answered':
      return [...arrival(state, context), ...closeOpenMessage(state), turnEnded(turn, 'answered')];
    case 'turn-failed':
      return isJoining(state)
        ? startFailed(state, command.cause)
        : [
            ...closeOpenMessage(state),
            turnEnded(turn, 'failed'),
            // Half a message is out: whatever broke it off, to the user it broke (spec 5, rule 3).
            { do: 'send', event: failureMessage(state.openMessage ? 'broken' : command.cause), to: 'everyone' },
          ];
  }
}

/** The agent is there: what every client sees first. */
export function joined(call: CalledAgent | null, context: DecisionContext): Outcome {
  const { name, avatarUrl } = context.agentOf(call);
  return { do: 'record', event: { type: 'poly-agent-joined', agentName: name, agentAvatarUrl: avatarUrl } };
}

/** Completes a streamed message that something else cuts short, with an empty last chunk. */
export function closeOpenMessage(state: SessionState): Outcome[] {
  if (!state.openMessage) return [];
  const { messageId, chunkCount } = state.openMessage;
  return [
    {
      do: 'record',
      event: {
        type: 'poly-agent-message-chunk',
        messageId,
        text: '',
        attachments: [],
        responseSuggestions: [],
        chunkIndex: chunkCount + 1,
        isComplete: true,
      },
    },
  ];
}

const thinking: Outcome = { do: 'send', event: { type: 'poly-agent-thinking' }, to: 'everyone' };

function isJoining(state: SessionState): boolean {
  return state.floor.holder === 'agent-joining';
}

/** The first sign of life of a starting agent is its arrival. */
function arrival(state: SessionState, context: DecisionContext): Outcome[] {
  return isJoining(state) ? [joined(state.call, context), thinking] : [];
}

/** A whole message of the agent. */
export function agentMessage(
  content: AgentContent & { endConversation?: boolean },
  call: CalledAgent | null,
  context: DecisionContext,
): EventOf<'poly-agent-message'> {
  const { name, avatarUrl } = context.agentOf(call);
  return {
    type: 'poly-agent-message',
    messageId: context.newId(),
    text: content.text,
    attachments: content.attachments,
    responseSuggestions: content.suggestions,
    agentName: name,
    avatarUrl,
    chatCallActions: content.callActions.length > 0 ? content.callActions : undefined,
    endConversation: content.endConversation ? true : undefined,
  };
}

/** The next chunk of the agent's open message, or the first of a new one. */
export function agentChunk(
  state: SessionState,
  content: Omit<AgentContent, 'callActions'> & { last: boolean },
  context: DecisionContext,
): EventOf<'poly-agent-message-chunk'> {
  return {
    type: 'poly-agent-message-chunk',
    messageId: state.openMessage?.messageId ?? context.newId(),
    text: content.text,
    attachments: content.attachments,
    responseSuggestions: content.suggestions,
    chunkIndex: (state.openMessage?.chunkCount ?? 0) + 1,
    isComplete: content.last,
  };
}

/** No human can answer through the Chat API, so whoever drives it takes the conversation to one. */
function requestFor(request: HandoffRequest, { door }: DecisionContext): HandoffRequest {
  return door === 'chat-api' ? { ...request, kind: 'client' } : request;
}

/** Server-managed: triggered, left. Client-managed: triggered, required, left (spec 6.1, 6.2). */
export function handOff(request: HandoffRequest): Outcome[] {
  const required: Outcome = {
    do: 'record',
    event: {
      type: 'client-handoff-required',
      reason: request.reason,
      queueName: request.queue,
      route: request.route,
    },
  };
  return [
    { do: 'note', fact: { type: 'handoff-requested', request } },
    { do: 'record', event: { type: 'poly-agent-triggered-handoff' } },
    ...(request.kind === 'client' ? [required] : []),
    { do: 'record', event: { type: 'poly-agent-left' } },
  ];
}

function turnEnded(turn: Turn, outcome: TurnOutcome): Outcome {
  return { do: 'note', fact: { type: 'turn-ended', turnId: turn.id, outcome } };
}

function startFailed(state: SessionState, cause: TurnFailure): Outcome[] {
  const invited = state.startFailures < MAX_START_FAILURES;
  const event =
    cause === 'overloaded'
      ? failureMessage(cause)
      : systemError(invited ? systemTexts.startFailed : systemTexts.brokenReply);
  return [
    { do: 'note', fact: { type: 'start-failed' } },
    { do: 'send', event, to: 'everyone' },
  ];
}

function failureMessage(cause: TurnFailure): EventOf<'system-message'> {
  switch (cause) {
    case 'overloaded':
      return systemWarning(systemTexts.highLoad);
    case 'no-reply':
      return systemError(systemTexts.noReply);
    case 'broken':
      return systemError(systemTexts.brokenReply);
  }
}
