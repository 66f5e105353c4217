// The first column: who waits, one's own chats, and for supervisors everything.
import type { DeskSnapshot } from '@parley/client';
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DeskHands } from '../desk-hands.ts';
import { otherChatItems } from '../model/chat-items.ts';
import type { ChatItem } from '../model/chat-items.ts';
import type { PageAction, PageState } from '../model/page-state.ts';
import { ChatList } from './chat-list.tsx';
import { PeopleList } from './people-list.tsx';
import { QueueTable } from './queue-table.tsx';
import { ScopeSwitch } from './scope-switch.tsx';
import { WaitingList } from './waiting-list.tsx';

interface ListsPaneProps {
  overview: DeskOverview;
  snapshot: DeskSnapshot;
  page: PageState;
  /** One's own chats. */
  items: readonly ChatItem[];
  hands: DeskHands;
  dispatch: (action: PageAction) => void;
}

/** The lists of the scope that was chosen. */
export function ListsPane({ overview, snapshot, page, items, hands, dispatch }: ListsPaneProps): JSX.Element {
  const isAll = page.scope === 'all';
  return (
    <nav class="desk-lists" aria-label="Queue and chats">
      {overview.me.role === 'supervisor' && (
        <ScopeSwitch scope={page.scope} onChoose={(scope) => dispatch({ do: 'scope', scope })} />
      )}
      {isAll && <QueueTable queues={overview.queues} />}
      <WaitingList overview={overview} selected={page.selected} hands={hands} />
      <ChatList title="My chats" items={items} selected={page.selected} onSelect={hands.select} emptyText={noChats} />
      {isAll && (
        <>
          <ChatList
            title="Chats of others"
            items={otherChatItems({ snapshot })}
            selected={page.selected}
            onSelect={hands.select}
            emptyText="Nobody else has a chat."
            showsPeople
          />
          <PeopleList people={overview.people} meId={overview.me.id} />
        </>
      )}
    </nav>
  );
}

const noChats = 'Chats you accept appear here.';
