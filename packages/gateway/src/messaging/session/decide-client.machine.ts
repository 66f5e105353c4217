// What follows from a client's event.
import type { Custom, EventOf } from '@parley/protocol';
import { systemError, systemTexts } from '@parley/protocol';
import type { ClientCommand } from './commands.ts';
import { closeOpenMessage, joined } from './decide-agent.machine.ts';
import type { DecisionContext, Outcome } from './decision.ts';
import type { SessionState } from './state.ts';

/** The outcomes of a client's event. */
export function decideForClient(state: SessionState, command: ClientCommand, context: DecisionContext): Outcome[] {
  const { event, custom } = command;
  if (event.type === 'heartbeat') return [{ do: 'send', event, to: 'sender', custom }];
  if (state.ended) {
    return [{ do: 'send', event: systemError(systemTexts.sessionNotFound), to: 'sender', custom }];
  }
  switch (event.type) {
    case 'request-poly-agent-join':
      return join(state, custom, context);
    case 'user-message':
      return say(state, { text: event.text, custom }, context);
    case 'user-typing':
      return hasDesk(state) ? [{ do: 'forward-typing', state: event.state }] : [];
    case 'user-end-session':
      return [
        ...closeOpenMessage(state),
        { do: 'record', event, custom },
        { do: 'record', event: { type: 'session-end', reason: 'REASON_USER_END' } },
      ];
    case 'link-to-webrtc-conversation':
      return link(state, event.callSid, custom);
  }
}

/** A first request starts the agent; one that changes nothing is only echoed to whoever sent it. */
function join(state: SessionState, custom: Custom | undefined, context: DecisionContext): Outcome[] {
  const request: EventOf<'request-poly-agent-join'> = { type: 'request-poly-agent-join' };
  if (state.floor.holder !== 'nobody') return [{ do: 'send', event: request, to: 'sender', custom }];
  return [{ do: 'record', event: request, custom }, ...returnOfAgent(state, context)];
}

function say(
  state: SessionState,
  said: { text: string; custom: Custom | undefined },
  context: DecisionContext,
): Outcome[] {
  const key = correlationKey(said.custom);
  const original = key === undefined ? undefined : context.repeatOf(key, said.text);
  if (original) return [{ do: 'resend', entry: original }];
  const event: EventOf<'user-message'> = { type: 'user-message', messageId: context.newId(), text: said.text };
  const echo: Outcome = { do: 'record', event, custom: said.custom };
  if (state.floor.holder !== 'nobody') return [echo];
  if (state.hasJoined) return [echo, ...returnOfAgent(state, context)];
  return [
    echo,
    { do: 'send', event: systemError(systemTexts.conversationNotFound), to: 'sender', custom: said.custom },
  ];
}

/** After a failed or client-managed hand-off the agent comes back by itself, without greeting again. */
export function returnOfAgent(state: SessionState, context: DecisionContext): Outcome[] {
  return state.hasJoined ? [joined(state.call, context)] : [];
}

function link(state: SessionState, callSid: string, custom: Custom | undefined): Outcome[] {
  if (state.callSid === callSid) return [];
  // A page that was reloaded names its next call anew; only a live call can't be exchanged.
  if (state.call !== null) {
    return [{ do: 'send', event: systemError(systemTexts.invalidFormat), to: 'sender', custom }];
  }
  return [{ do: 'note', fact: { type: 'call-linked', callSid } }];
}

function hasDesk(state: SessionState): boolean {
  return state.floor.holder === 'human' || (state.floor.holder === 'queue' && state.floor.accepted);
}

/** The client's own name for a message: `client_event_id`, or `local_id` as the SDKs call it. */
export function correlationKey(custom: Custom | undefined): string | undefined {
  for (const key of [custom?.['client_event_id'], custom?.['local_id']]) {
    if (typeof key === 'string' && key !== '') return key;
  }
  return undefined;
}
