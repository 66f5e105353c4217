// The whole chat: who, the conversation, what is offered, and where to write. Knows no page around it.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
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
}

/** One chat over one client. */
export function Chat({ client, snapshot, agentName }: ChatProps): JSX.Element {
  useNetworkHints(client);
  const { status, timeline } = snapshot;
  const hasEnded = status === 'ended';
  const name = snapshot.agent?.name ?? agentName;
  return (
    <section class="chat" id="chat" aria-label="Chat" tabIndex={-1}>
      <ChatHeader client={client} snapshot={snapshot} agentName={agentName} />
      <ConnectionBanner client={client} snapshot={snapshot} />
      <HandoffBannerView status={timeline.handoff} />
      <ConversationLog client={client} snapshot={snapshot} />
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
