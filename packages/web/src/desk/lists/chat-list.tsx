// Chats, one row each.
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { timeText } from '../../chat/time-text.ts';
import { VisitorFace } from '../face.tsx';
import type { ChatItem } from '../model/chat-items.ts';

interface ChatListProps {
  title: string;
  items: readonly ChatItem[];
  selected: string | null;
  emptyText: string;
  onSelect: (sessionId: string) => void;
  /** Whose chats they are. */
  showsPeople?: boolean;
}

/** A titled list; a sentence when it is empty. */
export function ChatList({ title, items, selected, emptyText, onSelect, showsPeople }: ChatListProps): JSX.Element {
  return (
    <section class="list" aria-label={title}>
      <div class="list-head">
        <h2 class="list-title">{title}</h2>
        <span class="count">{items.length}</span>
      </div>
      {items.length === 0 ? (
        <p class="list-empty">{emptyText}</p>
      ) : (
        <ul class="rows-list">
          {items.map((item) => (
            <ChatRow
              key={item.sessionId}
              item={item}
              isSelected={item.sessionId === selected}
              showsPeople={showsPeople === true}
              onSelect={() => onSelect(item.sessionId)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface ChatRowProps {
  item: ChatItem;
  isSelected: boolean;
  showsPeople: boolean;
  onSelect: () => void;
}

function ChatRow({ item, isSelected, showsPeople, onSelect }: ChatRowProps): JSX.Element {
  const { unreadCount } = item;
  const classes = ['list-row', isSelected && 'is-selected', unreadCount > 0 && 'is-unread', item.isOver && 'is-over'];
  return (
    <li class={classes.filter(Boolean).join(' ')}>
      <button type="button" class="list-row-button" aria-current={isSelected} onClick={onSelect}>
        <VisitorFace sessionId={item.sessionId} name={item.givenName} connected={item.connected} />
        <span class="list-row-text">
          <span class="list-row-line">
            <bdi class="list-row-name">{item.name}</bdi>
            {item.onCall && (
              <span class="on-call">
                <Icon name="phone" />
                <span class="visually-hidden">On a call</span>
              </span>
            )}
            {item.lastMs !== null && <time class="list-row-time">{timeText(item.lastMs)}</time>}
          </span>
          <span class="list-row-line">
            <span class="list-row-preview" dir="auto">
              {item.isOver ? 'Over' : item.visitorTyping ? <em class="is-typing">is typing…</em> : item.preview}
            </span>
            {unreadCount > 0 && (
              <span class="unread">
                {unreadCount}
                <span class="visually-hidden"> unread</span>
              </span>
            )}
          </span>
          {showsPeople && (
            <span class="list-row-people">
              <Icon name="people" />
              {item.people.map(({ name }) => name).join(', ')}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
