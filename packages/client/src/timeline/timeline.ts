// A conversation as its events tell it: a fold, so that the same events always give the same picture.
import type { Capabilities, Custom, EndReason, Envelope, EventOf, Suggestion } from '@parley/protocol';
import { addChunk, addMessage, finishMessages } from './agent-messages.ts';
import { handoffAfter } from './handoff-status.ts';
import type { HandoffStatus } from './handoff-status.ts';
import { saidIn } from './said-by.ts';
import type { NoticeEvent, Speaker, TimelineItem } from './timeline-item.ts';

/** Everything a view shows of a conversation, but who is typing just now. */
export interface Timeline {
  items: readonly TimelineItem[];
  /** Replies offered for one tap; empty once the user has said something. */
  suggestions: readonly Suggestion[];
  handoff: HandoffStatus;
  /** Whether anybody asked the automatic agent to join. */
  agentRequested: boolean;
  /** The automatic agent, from when it first joined. */
  agent?: Speaker;
  /** What the server said it can do. */
  capabilities?: Capabilities;
  /** BCP 47, after the first change of language. */
  languageCode?: string;
  /** Set when the conversation is over. */
  end?: EndReason;
}

/** A conversation in which nothing has happened. */
export const emptyTimeline: Timeline = {
  items: [],
  suggestions: [],
  handoff: { at: 'none' },
  agentRequested: false,
};

/** The timeline after one more event. Events must come in the order of the journal. */
export function applyEvent(before: Timeline, envelope: Envelope): Timeline {
  const { event } = envelope;
  const timeline = { ...before, handoff: handoffAfter(before.handoff, event) };
  switch (event.type) {
    case 'session-start':
      return { ...timeline, capabilities: event.capabilities };
    case 'session-end':
      return { ...timeline, items: finishMessages(timeline.items), suggestions: [], end: event.reason };
    case 'request-poly-agent-join':
      return { ...timeline, agentRequested: true };
    case 'user-message':
      return { ...withItem(timeline, userMessage(envelope, event, timeline)), suggestions: [] };
    case 'poly-agent-joined': {
      const agent: Speaker = { kind: 'agent', name: event.agentName, avatarUrl: event.agentAvatarUrl };
      return { ...withNotice(timeline, envelope, event), agent, agentRequested: true };
    }
    case 'poly-agent-message':
      return answered(timeline, addMessage(timeline.items, envelope, event, agentSpeaker(timeline, event)), event);
    case 'poly-agent-message-chunk':
      return answered(timeline, addChunk(timeline.items, envelope, event, agentSpeaker(timeline, {})), event);
    case 'live-agent-message':
      return answered(timeline, addMessage(timeline.items, envelope, event, personSpeaker(timeline, event)), event);
    case 'live-agent-left':
      return withNotice(timeline, envelope, event, leaver(before, event));
    case 'language-changed':
      if (event.languageCode === timeline.languageCode) return timeline;
      return { ...withNotice(timeline, envelope, event), languageCode: event.languageCode };
    case 'poly-agent-triggered-handoff':
    case 'client-handoff-required':
    case 'handoff-failed':
    case 'handoff-timeout':
    case 'live-agent-joined':
      return withNotice(timeline, envelope, event);
    case 'system-message':
      return withItem(timeline, {
        kind: 'system-notice',
        key: envelope.id,
        timestamp: envelope.timestamp,
        text: event.message,
        level: event.level,
      });
    case 'user-end-session':
    case 'poly-agent-left':
    case 'handoff-accepted':
    case 'handoff-queue-status':
    case 'heartbeat':
    case 'poly-agent-thinking':
    case 'live-agent-typing':
    case 'session-idle-warning':
      return timeline;
  }
}

/** The id its writer gave a message, which its echo brings back. */
export function localIdOf(custom: Custom | undefined): string | undefined {
  const id = custom?.['client_event_id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function withItem(timeline: Timeline, item: TimelineItem): Timeline {
  return { ...timeline, items: [...timeline.items, item] };
}

function withNotice(timeline: Timeline, envelope: Envelope, event: NoticeEvent, speaker?: Speaker): Timeline {
  const { id: key, timestamp } = envelope;
  return withItem(timeline, { kind: 'notice', key, timestamp, event, speaker });
}

function userMessage(envelope: Envelope, event: EventOf<'user-message'>, timeline: Timeline): TimelineItem {
  const localId = localIdOf(envelope.custom);
  const isFree = localId !== undefined && !timeline.items.some((item) => item.key === localId);
  const { text, messageId } = event;
  const key = isFree ? localId : envelope.id;
  const said = saidIn(envelope.custom);
  return { kind: 'user-message', key, timestamp: envelope.timestamp, text, messageId, ...said };
}

function answered(
  timeline: Timeline,
  items: readonly TimelineItem[],
  event: { responseSuggestions: readonly Suggestion[] },
): Timeline {
  const offered = event.responseSuggestions;
  return { ...timeline, items, suggestions: offered.length > 0 ? offered : timeline.suggestions };
}

function agentSpeaker(
  timeline: Timeline,
  event: { agentName?: string | undefined; avatarUrl?: string | undefined },
): Speaker {
  return {
    kind: 'agent',
    name: event.agentName ?? timeline.agent?.name,
    avatarUrl: event.avatarUrl ?? timeline.agent?.avatarUrl,
  };
}

function personSpeaker(timeline: Timeline, event: EventOf<'live-agent-message'>): Speaker {
  const { handoff } = timeline;
  const known = handoff.at === 'live' && handoff.person.id === event.agentId ? handoff.person : undefined;
  return {
    kind: 'person',
    id: event.agentId,
    name: event.agentName ?? known?.name,
    avatarUrl: event.avatarUrl ?? known?.avatarUrl,
  };
}

function leaver(before: Timeline, event: EventOf<'live-agent-left'>): Speaker | undefined {
  if (event.agentName !== undefined) return { kind: 'person', id: event.agentId, name: event.agentName };
  return before.handoff.at === 'live' ? before.handoff.person : undefined;
}
