// What follows from what a voice call does with its session. What was said aloud is journaled as it was heard.
import type { Custom } from '@parley/protocol';
import { systemError, systemTexts } from '@parley/protocol';
import type { CalledAgent } from './answering-agent.ts';
import { ANSWERED } from './apply.machine.ts';
import type { CallCommand, SaidBefore } from './commands.ts';
import { agentChunk, agentMessage, closeOpenMessage, handOff, joined } from './decide-agent.machine.ts';
import { returnOfAgent } from './decide-client.machine.ts';
import type { DecisionContext, Outcome } from './decision.ts';
import type { PublicEntry } from './journal-entry.ts';
import type { SessionState } from './state.ts';

/** Marks events that were spoken (voice spec, section 8.3). */
const spoken: Custom = { channel: 'voice' };

/** The outcomes of a call's command; none when the call isn't the session's live one. */
export function decideForCall(state: SessionState, command: CallCommand, context: DecisionContext): Outcome[] {
  if (command.type === 'call-link-refused') {
    return [{ do: 'send', event: systemError(systemTexts.invalidFormat), to: 'everyone' }];
  }
  if (state.ended) return [];
  if (command.type === 'call-started') return state.call ? [] : start(state, command, context);
  if (state.call?.callId !== command.callId) return [];
  switch (command.type) {
    case 'call-heard': {
      const { text, input } = command;
      const custom = input === 'tones' ? { ...spoken, input: 'dtmf' } : spoken;
      return [
        { do: 'record', event: { type: 'user-message', messageId: context.newId(), text }, custom },
        ...(state.floor.holder === 'nobody' ? returnOfAgent(state, context) : []),
      ];
    }
    case 'call-thinking':
      return agentHasFloor(state) ? [{ do: 'send', event: { type: 'poly-agent-thinking' }, to: 'everyone' }] : [];
    case 'call-chunk':
      // The end of a message whose words were refused: they were said while somebody else had the floor.
      if (!agentHasFloor(state) || (!state.openMessage && isEmpty(command))) return [];
      return [{ do: 'record', event: agentChunk(state, command, context), custom: spoken }];
    case 'call-message':
      if (!agentHasFloor(state)) return [];
      return [
        ...closeOpenMessage(state),
        { do: 'record', event: agentMessage(command, state.call, context), custom: spoken },
      ];
    case 'call-turn-over':
      return [...closeOpenMessage(state), ...turnOver(state, command.outcome)];
    case 'call-handoff':
      if (!agentHasFloor(state)) return [];
      return [...closeOpenMessage(state), ...handOff(command.request), ...turnOver(state, 'answered')];
    case 'call-agent-back':
      return state.floor.holder === 'nobody' ? returnOfAgent(state, context) : [];
    case 'call-taken':
      return take(state, command);
    case 'call-released':
      return state.call.person?.id === command.personId
        ? [{ do: 'note', fact: { type: 'call-released', callId: command.callId } }]
        : [];
    case 'call-ended':
      return end(state, command);
    case 'call-moved':
      return [
        ...closeOpenMessage(state),
        { do: 'note', fact: { type: 'call-ended', callId: command.callId } },
        { do: 'record', event: { type: 'session-end', reason: 'REASON_NATURAL_END' } },
      ];
  }
}

/** The call itself is the join: no request is waited for (voice spec, section 8.2). */
function start(
  state: SessionState,
  command: Extract<CallCommand, { type: 'call-started' }>,
  context: DecisionContext,
): Outcome[] {
  const { callId, answers, variantId, build, backfill } = command;
  const { holder } = state.floor;
  const isThere = holder === 'agent' && !isSomebodyElse(command, context);
  const arrives = !isThere && holder !== 'queue' && holder !== 'human';
  const greeting = command.greeting && (arrives || isThere);
  return [
    ...closeOpenMessage(state),
    ...turnOver(state, 'cancelled'),
    { do: 'note', fact: { type: 'call-started', callId, answers, variantId, build, greeting } },
    ...(arrives ? [joined(command, context)] : []),
    ...backfill.map((line) => backfilled(line, command, context)),
  ];
}

/** Whether the call has another agent than the chat had: its streamed messages go by the name of whoever joined last. */
function isSomebodyElse(call: CalledAgent, context: DecisionContext): boolean {
  return context.agentOf(call).name !== context.agentOf(null).name;
}

/** Said before: it is shown, but nobody shall answer it again. */
function backfilled(said: SaidBefore, call: CalledAgent, context: DecisionContext): Outcome {
  return { do: 'record', event: eventOf(said, call, context), custom: { ...spoken, [ANSWERED]: true } };
}

function eventOf({ speaker, text, by }: SaidBefore, call: CalledAgent, context: DecisionContext): PublicEntry['event'] {
  switch (speaker) {
    case 'user':
      return { type: 'user-message', messageId: context.newId(), text };
    case 'agent':
      return agentMessage(textAlone(text), call, context);
    case 'human':
      return {
        type: 'live-agent-message',
        messageId: context.newId(),
        agentId: by?.id ?? '',
        agentName: by?.name,
        text,
        attachments: [],
        responseSuggestions: [],
      };
  }
}

/** Of people, too, one at a time talks with the caller. */
function take(
  { floor, call }: SessionState,
  { callId, person }: Extract<CallCommand, { type: 'call-taken' }>,
): Outcome[] {
  if (floor.holder !== 'human' || call?.person) return [];
  return [{ do: 'note', fact: { type: 'call-taken', callId, person } }];
}

function end(state: SessionState, { callId, reason }: Extract<CallCommand, { type: 'call-ended' }>): Outcome[] {
  return [
    ...closeOpenMessage(state),
    ...turnOver(state, 'cancelled'),
    { do: 'note', fact: { type: 'call-ended', callId } },
    ...(agentHasFloor(state) ? [{ do: 'record' as const, event: { type: 'poly-agent-left' as const } }] : []),
    { do: 'record', event: { type: 'session-end', reason } },
  ];
}

function turnOver(state: SessionState, outcome: 'answered' | 'failed' | 'cancelled'): Outcome[] {
  return state.turn ? [{ do: 'note', fact: { type: 'turn-ended', turnId: state.turn.id, outcome } }] : [];
}

function isEmpty({ text, attachments, suggestions }: Extract<CallCommand, { type: 'call-chunk' }>): boolean {
  return text === '' && attachments.length + suggestions.length === 0;
}

function agentHasFloor(state: SessionState): boolean {
  return state.floor.holder === 'agent';
}

function textAlone(text: string) {
  return { text, attachments: [], suggestions: [], callActions: [] };
}
