// Who the user is talking with, and the way out.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
import type { Calls } from '../call/use-calls.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';

interface ChatHeaderProps {
  client: ParleyClient;
  snapshot: ParleySnapshot;
  /** The agent's name until it has joined. */
  agentName: string;
  calls?: Calls | undefined;
}

/** Face, name, what they are doing; buttons that end the conversation and begin a call, unless the panel of a call has its own. */
export function ChatHeader({ client, snapshot, agentName, calls }: ChatHeaderProps): JSX.Element {
  const speaker = snapshot.agent ?? { kind: 'agent' as const, name: agentName };
  const isCalling = calls?.isUnderWay === true;
  return (
    <header class="chat-header">
      <Avatar speaker={speaker} />
      <div class="chat-header-text">
        <h2 class="chat-title">
          <bdi>{speaker.name ?? agentName}</bdi>
        </h2>
        <p class="chat-subtitle">{doing(snapshot)}</p>
      </div>
      {snapshot.status === 'active' && !isCalling && (
        <button type="button" class="quiet-button" onClick={() => client.end()}>
          <Icon name="end" />
          <span class="button-label">End conversation</span>
        </button>
      )}
      {calls && calls.call === undefined && (
        <button type="button" class="main-button call-start" onClick={calls.start}>
          <Icon name="phone" />
          <span class="button-label">Call</span>
        </button>
      )}
    </header>
  );
}

function doing({ status, activity, agent, connection, timeline }: ParleySnapshot): string {
  if (status === 'ended') return 'Conversation ended';
  if (activity) return activity.kind === 'typing' ? 'is typing…' : 'is thinking…';
  if (status !== 'active') return connection.at === 'gave-up' ? 'Not connected' : 'Connecting…';
  if (timeline.handoff.at === 'requested' || timeline.handoff.at === 'queued') return 'Waiting for a person';
  return agent?.kind === 'person' ? 'Person' : 'AI agent';
}
