// The exact texts of system messages (SDKs show them as they are) and which of them make an SDK act.
import type { EventOf } from './server-events.ts';

/** Texts of system messages, word for word as the protocol has them. */
export const systemTexts = {
  invalidFormat: 'Unknown event type or invalid message format',
  highLoad: 'Our system is experiencing high load. Please try again in a moment.',
  startFailed: "Sorry, I'm unable to start a conversation right now. Please try again later.",
  noReply: "Sorry, I'm having trouble responding right now. Please try again.",
  brokenReply: 'Sorry, I encountered an error. Please try again.',
  sessionNotFound: 'Error: Session not found',
  sessionUnavailable: 'Error: Unable to retrieve session',
  connectorNotFound: 'Error: Connector not found',
  conversationNotFound: 'Error: Conversation not found',
  conversationIdNotFound: 'Error: Conversation ID not found in session',
  deskUnreachable: 'Sorry, we could not connect you to an agent. Please try again.',
  forwardFailed: 'Failed to forward message to live agent',
  handoffRefused: 'Sorry, handoff could not be initiated.',
  tooLarge: 'Message too large',
} as const;

/** A system message of level error. */
export function systemError(message: string): EventOf<'system-message'> {
  return { type: 'system-message', message, level: 'SYSTEM_MESSAGE_LEVEL_ERROR' };
}

/** A system message of level warning. */
export function systemWarning(message: string): EventOf<'system-message'> {
  return { type: 'system-message', message, level: 'SYSTEM_MESSAGE_LEVEL_WARNING' };
}

/** What a client is told that sent an event only servers may send. */
export function notAllowedText(wireType: string): string {
  return `Event type not allowed: ${wireType}`;
}
