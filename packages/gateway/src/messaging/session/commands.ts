// Everything that may be asked of a session, by clients, agents, desks and the passing of time.
import type {
  Attachment,
  CallAction,
  ClientEvent,
  Custom,
  EndReason,
  LiveAgent,
  Suggestion,
  TypingState,
} from '@parley/protocol';
import type { CallAnswerer, CallPerson, HandoffRequest, TurnOutcome } from './journal-entry.ts';
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
  /** A human takes over, from the queue or from another human. */
  | { type: 'desk-joined'; agent: LiveAgent }
  /** `agent`: who types, when it is not whoever joined last. */
  | { type: 'desk-typing'; state: TypingState; agent?: LiveAgent | undefined }
  /** `messageId`: the desk's own; a message that was sent under it before is not sent again. */
  | {
      type: 'desk-message';
      text: string;
      attachments: Attachment[];
      suggestions: Suggestion[];
      messageId?: string | undefined;
      agent?: LiveAgent | undefined;
    }
  /** The human is done, and the conversation with it. */
  | { type: 'desk-left'; reason?: string | undefined }
  /** The conversation is the agent's again. */
  | { type: 'desk-returned' }
  /** The user waits again, or in another queue. `status` is what they are told. */
  | { type: 'desk-requeued'; queue: string; status: QueueStatus }
  /** No human can be had. `refused` when the request was wrong from the start; `ends`: the session, too. */
  | { type: 'desk-failed'; refused: boolean; reason?: string | undefined; ends?: boolean | undefined }
  | { type: 'desk-timed-out'; ends?: boolean | undefined }
  /** One user message didn't reach the human. */
  | { type: 'desk-forward-failed'; messageId: string }
  /** The person on the line has the caller wait, or talks with them again. */
  | { type: 'desk-call-held'; personId: string; held: boolean }
  /** The person doesn't have the chat any more, and so isn't on the line either. */
  | { type: 'desk-call-released'; personId: string }
  /** The human hangs up on the caller. `ends`: the conversation is over, too; else it is the agent's again. */
  | { type: 'desk-hung-up'; ends: boolean };

/** What the house itself asks. */
export type HouseCommand =
  /** Nobody has been heard of for too long. */
  | { type: 'expire' }
  /** The agent shall go on although the user said nothing. */
  | { type: 'request-turn' }
  /** The user doesn't want to wait for a human any more. `ends`: the session, too; else it is the agent's again. */
  | { type: 'cancel-handoff'; ends?: boolean | undefined }
  | { type: 'set-attributes'; attributes: Record<string, unknown> }
  /** The integrator says which language the conversation is in. */
  | { type: 'set-language'; languageCode: string };

/** What was said in a call before it met its session. `by`: of humans, who it was. */
export interface SaidBefore {
  speaker: 'user' | 'agent' | 'human';
  text: string;
  by?: { id: string; name: string } | undefined;
}

/**
 * What a voice call does with its session. A session has at most one live call; commands of any other change
 * nothing. The texts of `call-chunk` and `call-message` are what the caller heard, not what was composed.
 */
export type CallCommand =
  /**
   * The call takes its place in the session, agent included. `answers`: who answers the user's words. `backfill`:
   * what was said before the call met this session, oldest first.
   */
  | {
      type: 'call-started';
      callId: string;
      answers: CallAnswerer;
      greeting: boolean;
      /** The variant and the pinned build of the agent that the call asked for; null: the session's own. */
      variantId: string | null;
      build: string | null;
      backfill: readonly SaidBefore[];
    }
  /** The caller's words as recognised, or the keys that were pressed. */
  | { type: 'call-heard'; callId: string; text: string; input: 'speech' | 'tones' }
  | { type: 'call-thinking'; callId: string }
  | ({ type: 'call-chunk'; callId: string; last: boolean } & Omit<AgentContent, 'callActions'>)
  | ({ type: 'call-message'; callId: string } & AgentContent)
  /** The open turn is over: spoken to its end, failed, or interrupted. */
  | { type: 'call-turn-over'; callId: string; outcome: TurnOutcome }
  | { type: 'call-handoff'; callId: string; request: HandoffRequest }
  /** The agent takes the floor again after a hand-off that came to nothing. */
  | { type: 'call-agent-back'; callId: string }
  /** A person at the desk is connected with the caller. Somebody else must not be. */
  | { type: 'call-taken'; callId: string; person: CallPerson }
  /** The person has left the line, or lost it. */
  | { type: 'call-released'; callId: string; personId: string }
  | { type: 'call-ended'; callId: string; reason: EndReason }
  /** The call goes on in another session; this one is over. */
  | { type: 'call-moved'; callId: string }
  /** The call this session wants to be linked to belongs to another session. */
  | { type: 'call-link-refused' };

export type Command = ClientCommand | AgentCommand | DeskCommand | HouseCommand | CallCommand;
