// The top of a conversation: with whom, from where, and what can be done with it.
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { VisitorFace } from '../face.tsx';
import type { PageAction, Shown } from '../model/page-state.ts';
import { languageText, visitorName } from '../model/visitor-text.ts';
import { queueName } from '../model/waiting-groups.ts';
import { ChatActions } from './chat-actions.tsx';

interface ChatHeadProps {
  overview: DeskOverview;
  shown: Exclude<Shown, { at: 'nothing' }>;
  dispatch: (action: PageAction) => void;
}

/** Back and details are for small screens. */
export function ChatHead({ overview, shown, dispatch }: ChatHeadProps): JSX.Element {
  const about = shown.at === 'waiting' ? shown.waiting : shown.chat;
  const { visitor, sessionId, queueId } = about;
  const isOnCall = shown.at !== 'over' && about.call !== null;
  return (
    <header class="chat-head">
      <button
        type="button"
        class="icon-button back-button"
        aria-label="Back to the lists"
        onClick={() => dispatch({ do: 'show', pane: 'lists' })}
      >
        <Icon name="back" />
      </button>
      <VisitorFace sessionId={sessionId} name={visitor.name} connected={shown.at !== 'over' && visitor.connected} />
      <div class="chat-head-text">
        <h2 class="chat-title">
          <bdi>{visitorName(about)}</bdi>
          {isOnCall && (
            <span class="tag tag-call">
              <Icon name="phone" />
              On a call
            </span>
          )}
        </h2>
        <p class="chat-subtitle">{subtitle(shown, queueName(overview.queues, queueId))}</p>
      </div>
      {shown.at === 'chat' && shown.chat.mine === 'in' && (
        <div class="chat-head-actions">
          <ChatActions chat={shown.chat} onOpen={(dialog) => dispatch({ do: 'open', dialog })} />
        </div>
      )}
      <button
        type="button"
        class="icon-button details-button"
        aria-label="Visitor and notes"
        title="Visitor and notes (I)"
        onClick={() => dispatch({ do: 'show', pane: 'details' })}
      >
        <Icon name="info" />
      </button>
    </header>
  );
}

function subtitle(shown: Exclude<Shown, { at: 'nothing' }>, queue: string): string {
  const { visitor } = shown.at === 'waiting' ? shown.waiting : shown.chat;
  if (shown.at === 'over') return 'This chat is over';
  if (shown.at === 'chat' && shown.chat.visitorTyping) return 'is typing…';
  const presence = visitor.connected ? undefined : 'not there at the moment';
  return [queue, languageText(visitor), presence].filter((part) => part !== undefined).join(' · ');
}
