// What follows from a command, given the state. Plain function; the outcomes are carried out elsewhere.
import type { Command } from './commands.ts';
import { closeOpenMessage, decideForAgent } from './decide-agent.machine.ts';
import { decideForCall } from './decide-call.machine.ts';
import { decideForClient } from './decide-client.machine.ts';
import { decideForDesk, decideForWaiting } from './decide-desk.machine.ts';
import type { DecisionContext, Outcome } from './decision.ts';
import type { SessionState } from './state.ts';

/**
 * The outcomes of `command`; none when it no longer applies (a late chunk, a desk that was too slow).
 * Callers need not know the state: a command that doesn't fit it changes nothing.
 */
export function decide(state: SessionState, command: Command, context: DecisionContext): Outcome[] {
  switch (command.type) {
    case 'client-event':
      return decideForClient(state, command, context);
    case 'agent-thinking':
    case 'agent-message':
    case 'agent-chunk':
    case 'agent-language':
    case 'agent-handoff':
    case 'agent-end':
    case 'turn-answered':
    case 'turn-failed':
      return decideForAgent(state, command, context);
    case 'desk-accepted':
    case 'desk-queue-status':
    case 'desk-joined':
    case 'desk-typing':
    case 'desk-message':
    case 'desk-left':
    case 'desk-returned':
    case 'desk-requeued':
    case 'desk-failed':
    case 'desk-timed-out':
    case 'desk-forward-failed':
    case 'desk-call-held':
    case 'desk-call-released':
    case 'desk-hung-up':
      return decideForDesk(state, command, context);
    case 'call-started':
    case 'call-heard':
    case 'call-thinking':
    case 'call-chunk':
    case 'call-message':
    case 'call-turn-over':
    case 'call-handoff':
    case 'call-agent-back':
    case 'call-taken':
    case 'call-released':
    case 'call-ended':
    case 'call-moved':
    case 'call-link-refused':
      return decideForCall(state, command, context);
    case 'expire':
      if (state.ended || state.call) return [];
      return [
        ...closeOpenMessage(state),
        { do: 'record', event: { type: 'session-end', reason: 'REASON_USER_ABANDONED' } },
      ];
    case 'request-turn':
      return state.floor.holder === 'agent' && state.call?.answers !== 'call'
        ? [{ do: 'note', fact: { type: 'turn-requested' } }]
        : [];
    case 'cancel-handoff':
      return decideForWaiting(state, command, context);
    case 'set-attributes':
      return state.ended ? [] : [{ do: 'note', fact: { type: 'attributes-set', attributes: command.attributes } }];
    case 'set-language':
      return state.ended || state.language === command.languageCode
        ? []
        : [{ do: 'record', event: { type: 'language-changed', languageCode: command.languageCode } }];
  }
}
