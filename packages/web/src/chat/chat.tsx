// The whole chat: who, the conversation, what is offered, and where to write. Knows no page around it.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { CallInvitation } from '../call/call-invitation.tsx';
import { CallPanel } from '../call/call-panel.tsx';
import type { Calls } from '../call/use-calls.ts';
import { Announcer } from './announcer.tsx';
import { ChatHeader } from './chat-header.tsx';
import { Composer } from './composer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ConversationLog } from './conversation-log.tsx';
import { EndedBar } from './ended-bar.tsx';
import { HandoffBannerView } from './handoff-banner.tsx';
import { Suggestions } from './suggestions.tsx';
import { useNetworkHints } from './use-network-hints.ts';

interface ChatProps {
  client: ParleyClient;
  snapshot: ParleySnapshot;
  /** The agent's name until it has joined. */
  agentName: string;
  /** Absent where nobody can be called. */
  calls?: Calls | undefined;
}

/** One chat over one client; what is said in a call appears in it. */
export function Chat({ client, snapshot, agentName, calls }: ChatProps): JSX.Element {
  useNetworkHints(client);
  const { status, timeline } = snapshot;
  const hasEnded = status === 'ended';
  const name = snapshot.agent?.name ?? agentName;
  return (
    <section class="chat" id="chat" aria-label="Chat" tabIndex={-1}>
      <ChatHeader client={client} snapshot={snapshot} agentName={agentName} calls={calls} />
      {calls && <CallPanel calls={calls} name={name} />}
      <ConnectionBanner client={client} snapshot={snapshot} />
      <HandoffBannerView status={timeline.handoff} />
      <ConversationLog client={client} snapshot={snapshot}>
        {calls && isFresh(snapshot, calls) && <CallInvitation name={name} onCall={calls.start} />}
      </ConversationLog>
      <div class="chat-foot">
        {hasEnded ? (
          <EndedBar reason={timeline.end} onStartOver={() => client.startOver()} />
        ) : (
          <Suggestions suggestions={timeline.suggestions} onChoose={(text) => client.sendText(text)} />
        )}
        <Composer
          isDisabled={hasEnded}
          placeholder={hasEnded ? 'Closed' : `Write to ${name}`}
          onSend={(text) => client.sendText(text)}
          onTyping={() => client.sendTyping()}
        />
      </div>
      <Announcer snapshot={snapshot} />
    </section>
  );
}

/** Somebody is there, and nobody has said or written anything to them yet. */
function isFresh({ status, timeline, pending }: ParleySnapshot, { call }: Calls): boolean {
  const hasWritten = pending.length > 0 || timeline.items.some((item) => item.kind === 'user-message');
  return status === 'active' && !hasWritten && call === undefined;
}
