// Somebody who waits: who, for how long, and what they said last.
import type { DeskWaiting } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import type { DeskHands } from '../desk-hands.ts';
import { VisitorFace } from '../face.tsx';
import { languageText, visitorName } from '../model/visitor-text.ts';
import { WaitingTime } from './waiting-time.tsx';

interface WaitingRowProps {
  waiting: DeskWaiting;
  queueName: string;
  isSelected: boolean;
  hands: DeskHands;
}

/** The row opens a closer look; its button takes the visitor at once. */
export function WaitingRow({ waiting, queueName, isSelected, hands }: WaitingRowProps): JSX.Element {
  const { sessionId, visitor, position, preview } = waiting;
  const name = visitorName(waiting);
  return (
    <li class={`list-row waiting-row${isSelected ? ' is-selected' : ''}`}>
      <button type="button" class="list-row-button" aria-current={isSelected} onClick={() => hands.select(sessionId)}>
        <VisitorFace sessionId={sessionId} name={visitor.name} connected={visitor.connected} />
        <span class="list-row-text">
          <span class="list-row-line">
            <span class="place">
              <span class="visually-hidden">Place </span>
              {position}
            </span>
            <bdi class="list-row-name">{name}</bdi>
          </span>
          <span class="list-row-preview" dir="auto">
            {preview === '' ? <span class="is-faint">Has not written yet</span> : preview}
          </span>
          <WaitingTags waiting={waiting} />
          <span class="visually-hidden">, {queueName}</span>
        </span>
      </button>
      <div class="waiting-side">
        <WaitingTime sinceMs={waiting.sinceMs} />
        <button
          type="button"
          class="quiet-button accept-button"
          aria-label={`Accept ${name}`}
          onClick={() => void hands.accept(sessionId)}
        >
          Accept
        </button>
      </div>
    </li>
  );
}

/** What is special about somebody who waits; nothing when nothing is. */
export function WaitingTags({ waiting }: { waiting: DeskWaiting }): JSX.Element | null {
  const { visitor, priority, returned, call } = waiting;
  const language = languageText(visitor);
  if (language === undefined && priority <= 0 && !returned && !call && visitor.connected) return null;
  return (
    <span class="tags">
      {call && (
        <span class="tag tag-call">
          <Icon name="phone" />
          On a call
        </span>
      )}
      {priority > 0 && <span class="tag tag-urgent">Priority {priority}</span>}
      {returned && <span class="tag">Back in line</span>}
      {language !== undefined && <span class="tag tag-plain">{language}</span>}
      {!visitor.connected && <span class="tag tag-plain">Gone for a moment</span>}
    </span>
  );
}
