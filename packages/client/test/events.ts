// Events for tests, with the members that don't matter filled in.
import type { Envelope, JournaledEvent, ServerEvent } from '@parley/protocol';

/** Wraps a journaled event. */
export function journaled(sequence: number, event: JournaledEvent, custom?: Record<string, unknown>): Envelope {
  const timestamp = `2026-01-01T12:00:${String(sequence % 60).padStart(2, '0')}.000Z`;
  return { id: `e${sequence}`, sequence, timestamp, event, ...(custom && { custom }) };
}

/** Wraps an event that is sent once. */
export function transient(id: string, event: ServerEvent, custom?: Record<string, unknown>): Envelope {
  return { id, sequence: null, timestamp: '2026-01-01T12:00:00.000Z', event, ...(custom && { custom }) };
}

/** One piece of an agent's message. */
export function chunk(messageId: string, chunkIndex: number, text: string, isComplete = false): JournaledEvent {
  return {
    type: 'poly-agent-message-chunk',
    messageId,
    text,
    chunkIndex,
    isComplete,
    attachments: [],
    responseSuggestions: [],
  };
}

/** A whole message of an agent. */
export function agentMessage(messageId: string, text: string): JournaledEvent & { type: 'poly-agent-message' } {
  return { type: 'poly-agent-message', messageId, text, attachments: [], responseSuggestions: [] };
}

/** A message of the user's, echoed. */
export function userMessage(messageId: string, text: string): JournaledEvent {
  return { type: 'user-message', messageId, text };
}

export const sessionStart: JournaledEvent = {
  type: 'session-start',
  capabilities: {
    streaming: true,
    maxMessageSizeBytes: 131_072,
    maxReconnectAttempts: 5,
    heartbeatIntervalSeconds: 30,
  },
};

export const agentJoined: JournaledEvent = { type: 'poly-agent-joined', agentName: 'Ada' };
