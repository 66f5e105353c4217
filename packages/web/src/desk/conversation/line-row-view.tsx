// A message in the transcript: of the visitor, the agent, or somebody at the desk.
import type { DeskLine } from '@parley/protocol';
import type { JSX } from 'preact';
import { AttachmentCards } from '../../chat/attachment-cards.tsx';
import { Icon } from '../../chat/icons.tsx';
import { RichText } from '../../chat/rich-text.tsx';
import { timeText } from '../../chat/time-text.ts';
import type { LineRow, TranscriptRow } from '../model/transcript-rows.ts';

interface LineRowViewProps {
  row: LineRow & TranscriptRow;
  meId: string;
}

/** What visitors write is text and nothing else; agents and people may format, as the visitor sees it. */
export function LineRowView({ row: { line, startsGroup, endsGroup }, meId }: LineRowViewProps): JSX.Element {
  const { speaker, text, attachments, suggestions, atMs, saidBy } = line;
  const name = speakerName(line, meId);
  const time = timeText(atMs);
  const side = speaker === 'user' ? 'line-visitor' : `line-ours line-${speaker}`;
  return (
    <article class={`line ${side}${startsGroup ? ' starts-group' : ''}`} aria-label={`${name}, ${time}`}>
      {startsGroup && speaker !== 'user' && (
        <header class="line-head">
          {speaker === 'agent' && <Icon name="agent" />}
          <bdi>{name}</bdi>
        </header>
      )}
      {text !== '' &&
        (speaker === 'user' ? (
          <p class="bubble line-text" dir="auto">
            {text}
          </p>
        ) : (
          <div class="bubble">
            <RichText markdown={text} isStreaming={false} />
          </div>
        ))}
      <AttachmentCards attachments={attachments} />
      {suggestions.length > 0 && (
        <ul class="tags line-suggestions" aria-label="Suggested replies">
          {suggestions.map(({ messageText }) => (
            <li key={messageText} class="tag tag-plain" dir="auto">
              {messageText}
            </li>
          ))}
        </ul>
      )}
      {endsGroup && (
        <footer class="line-foot">
          <time dateTime={new Date(atMs).toISOString()}>{time}</time>
          {saidBy !== undefined && (
            <>
              <Icon name={saidBy === 'voice' ? 'phone' : 'keys'} />
              <span>{saidBy === 'voice' ? 'Spoken' : 'Keys pressed'}</span>
            </>
          )}
          {speaker === 'human' && saidBy === undefined && (
            <>
              <Icon name="check" />
              <span>Sent</span>
            </>
          )}
        </footer>
      )}
    </article>
  );
}

function speakerName({ speaker, by }: DeskLine, meId: string): string {
  switch (speaker) {
    case 'user':
      return 'Visitor';
    case 'agent':
      return 'Agent';
    case 'human':
      return by?.id === meId ? 'You' : (by?.name ?? 'Desk');
  }
}
