// The second column: the conversation that is looked at, somebody who waits, or nothing yet.
import type { DeskClient } from '@parley/client';
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DeskHands } from '../desk-hands.ts';
import type { PageAction, PageState, Shown } from '../model/page-state.ts';
import { nothingWritten } from '../model/page-state.ts';
import { visitorName } from '../model/visitor-text.ts';
import type { Line } from '../use-line.ts';
import { CallBar } from './call-bar.tsx';
import { ChatHead } from './chat-head.tsx';
import { Composer } from './composer.tsx';
import { LineControls } from './line-controls.tsx';
import { ListeningBar } from './listening-bar.tsx';
import { NothingShown } from './nothing-shown.tsx';
import { OverBar } from './over-bar.tsx';
import { Transcript } from './transcript.tsx';
import { WaitingCard } from './waiting-card.tsx';

interface ChatPaneProps {
  client: DeskClient;
  overview: DeskOverview;
  page: PageState;
  shown: Shown;
  hands: DeskHands;
  line: Line;
  dispatch: (action: PageAction) => void;
}

/** A landmark whatever it shows; it takes the keyboard when there is no field for it. */
export function ChatPane(props: ChatPaneProps): JSX.Element {
  return (
    <main class="desk-chat" id="desk-chat" tabIndex={-1} aria-label="Conversation">
      <Content {...props} />
    </main>
  );
}

function Content({ client, overview, page, shown, hands, line, dispatch }: ChatPaneProps): JSX.Element {
  switch (shown.at) {
    case 'nothing':
      return <NothingShown overview={overview} hands={hands} />;
    case 'waiting':
      return (
        <>
          <ChatHead overview={overview} shown={shown} dispatch={dispatch} />
          <WaitingCard overview={overview} waiting={shown.waiting} hands={hands} dispatch={dispatch} />
          {shown.log && overview.me.role === 'supervisor' && (
            <Transcript client={client} log={shown.log} joinedMs={null} meId={overview.me.id} />
          )}
        </>
      );
    case 'chat':
    case 'over': {
      const { chat, log } = shown;
      const { sessionId } = chat;
      const isOver = shown.at === 'over';
      const writing = page.writing.get(sessionId) ?? nothingWritten;
      return (
        <>
          <ChatHead overview={overview} shown={shown} dispatch={dispatch} />
          {!isOver && chat.call && (
            <CallBar call={chat.call} meId={overview.me.id}>
              {chat.mine === 'in' && (
                <LineControls
                  sessionId={sessionId}
                  call={chat.call}
                  meId={overview.me.id}
                  name={visitorName(chat)}
                  line={line}
                  hands={hands}
                />
              )}
            </CallBar>
          )}
          <Transcript client={client} log={log} joinedMs={chat.joinedMs} meId={overview.me.id} />
          {isOver && <OverBar end={log?.over ?? null} onPutAway={() => hands.putAway(sessionId)} />}
          {!isOver && chat.mine !== 'in' && (
            <ListeningBar
              chat={chat}
              onJoin={() => void hands.join(sessionId)}
              onStop={() => hands.putAway(sessionId)}
            />
          )}
          {!isOver && chat.mine === 'in' && (
            <Composer
              client={client}
              chat={chat}
              cannedReplies={overview.cannedReplies}
              writing={writing}
              dispatch={dispatch}
            />
          )}
        </>
      );
    }
  }
}
