// Everything that may be asked of a session, by clients, agents, desks and the passing of time.
import type { Attachment, CallAction, ClientEvent, Custom, LiveAgent, Suggestion, TypingState } from '@parley/protocol';
import type { HandoffRequest } from './journal-entry.ts';
import type { QueueStatus } from './state.ts';

/** A client's frame. */
export interface ClientCommand {
  type: 'client-event';
  event: ClientEvent;
  custom?: Custom | undefined;
}

/** What the agent does in the turn it was given. A turn that is no longer open refuses them all. */
export type AgentCommand =
  | { type: 'agent-thinking'; turnId: string }
  | ({ type: 'agent-message'; turnId: string; endConversation?: boolean } & AgentContent)
  /** One chunk of a streamed message; `last` completes the message. */
  | ({ type: 'agent-chunk'; turnId: string; last: boolean } & Omit<AgentContent, 'callActions'>)
  | { type: 'agent-language'; turnId: string; languageCode: string }
  | { type: 'agent-handoff'; turnId: string; request: HandoffRequest }
  /** The agent ends the conversation. */
  | { type: 'agent-end'; turnId: string }
  | { type: 'turn-answered'; turnId: string }
  | { type: 'turn-failed'; turnId: string; cause: TurnFailure };

/** What an agent's message holds. */
export interface AgentContent {
  text: string;
  attachments: Attachment[];
  suggestions: Suggestion[];
  callActions: CallAction[];
}

/** Why a turn failed; decides what the user reads. */
export type TurnFailure = 'overloaded' | 'no-reply' | 'broken';

/** What a desk does with a session that was handed to it. */
export type DeskCommand =
  | { type: 'desk-accepted'; queueName?: string | undefined }
  | { type: 'desk-queue-status'; status: QueueStatus }
  | { type: 'desk-joined'; agent: LiveAgent }
  | { type: 'desk-typing'; state: TypingState }
  | { type: 'desk-message'; text: string; attachments: Attachment[]; suggestions: Suggestion[] }
  | { type: 'desk-left'; reason?: string | undefined }
  /** No human can be had. `refused` when the request was wrong from the start. */
  | { type: 'desk-failed'; refused: boolean; reason?: string | undefined }
  | { type: 'desk-timed-out' }
  /** One user message didn't reach the human. */
  | { type: 'desk-forward-failed'; messageId: string };

/** What the house itself asks. */
export type HouseCommand =
  /** Nobody has been heard of for too long. */
  | { type: 'expire' }
  /** The agent shall go on although the user said nothing. */
  | { type: 'request-turn' }
  | { type: 'set-attributes'; attributes: Record<string, unknown> }
  /** The integrator says which language the conversation is in. */
  | { type: 'set-language'; languageCode: string };

export type Command = ClientCommand | AgentCommand | DeskCommand | HouseCommand;
