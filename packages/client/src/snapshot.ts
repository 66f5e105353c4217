// What a view shows: one immutable picture of a client.
import type { Connection } from './connection.machine.ts';
import type { Conversation } from './conversation.ts';
import type { Outbox } from './outbox.ts';
import type { Activity } from './timeline/activity.ts';
import type { Speaker } from './timeline/timeline-item.ts';
import type { Timeline } from './timeline/timeline.ts';

/** `starting` until somebody has joined; `ended` is for good, only a new conversation follows. */
export type ChatStatus = 'idle' | 'starting' | 'active' | 'ended';

/** A client at one moment. Never changes; a change makes a new one. */
export interface ParleySnapshot {
  status: ChatStatus;
  connection: Connection;
  timeline: Timeline;
  /** Messages of the user's the server hasn't acknowledged, oldest first; they belong under the timeline. */
  pending: Outbox;
  /** Who speaks for the other side now: the person who took over, else the automatic agent. */
  agent?: Speaker;
  /** Who is busy with an answer. */
  activity?: Activity;
  /** The conversation before this one could not be reached any more. */
  lostSession: boolean;
}

/** The picture of a conversation on a connection. */
export function takeSnapshot(conversation: Conversation, connection: Connection, lostSession: boolean): ParleySnapshot {
  const { journal, outbox, activity } = conversation;
  const { timeline } = journal;
  const agent = timeline.handoff.at === 'live' ? timeline.handoff.person : timeline.agent;
  return {
    status: statusOf(timeline, connection),
    connection,
    timeline,
    pending: outbox,
    ...(agent && { agent }),
    ...(activity && { activity }),
    lostSession,
  };
}

function statusOf(timeline: Timeline, connection: Connection): ChatStatus {
  if (timeline.end !== undefined || connection.at === 'ended') return 'ended';
  if (connection.at === 'idle') return 'idle';
  return timeline.agent ? 'active' : 'starting';
}
